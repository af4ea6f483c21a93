import type { PageSlot, PageSlots } from '#app/domain/devices/reader-page.ts'
import type { Named } from '#app/domain/devices/readers-view.ts'
import { rangesOfSlots } from '#app/domain/devices/slots-compare.ts'
import type { PrismaClient } from './generated/client.ts'
import { type HeldSlot, type ReaderSlots, slotsOfReader } from './slots-compare.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** The comparison of a module with the enrolments as its page shows it; names only for roles that may know whose finger it is. */
export async function pageSlots(db: Db, centreId: string, sourceId: string, names: boolean): Promise<PageSlots> {
  const slots = await slotsOfReader(db, centreId, sourceId)
  const { table, comparison, held, enrolled, people } = slots
  const wrong = [...(comparison?.missing ?? []), ...(comparison?.left ?? [])]
  const owners = names ? await peopleOf(db, centreId, held, wrong) : new Map<string, Named>()
  const sources = names ? await otherHolders(db, centreId, sourceId) : new Map<string, Named>()
  const punches = await ownerlessPunches(db, centreId, sourceId)
  const known = { held, owners, sources, punches }
  return {
    readMs: table?.readMs ?? null,
    enrolled,
    people,
    taken: rangesOfSlots(table?.taken ?? []),
    takenCount: table?.taken.length ?? 0,
    unknown: (comparison?.unknown ?? []).map((slot) => bare(slot, punches)),
    missing: (comparison?.missing ?? []).map((slot) => ownedSlot(slot, known, true)),
    left: (comparison?.left ?? []).map((slot) => ownedSlot(slot, known, false)),
  }
}

type Known = {
  readonly held: ReaderSlots['held']
  readonly owners: ReadonlyMap<string, Named>
  readonly sources: ReadonlyMap<string, Named>
  readonly punches: ReadonlyMap<number, number>
}

function bare(slot: number, punches: ReadonlyMap<number, number>): PageSlot {
  return { slot, person: null, finger: null, enrolmentId: null, punches: punches.get(slot) ?? 0, copyFrom: null }
}

function ownedSlot(slot: number, known: Known, inForce: boolean): PageSlot {
  const of = known.held.filter((one) => one.slot === slot && (one.endsMs === null) === inForce)
  const last: HeldSlot | undefined = of.at(-1)
  const owner = last === undefined ? undefined : known.owners.get(last.personId)
  if (last === undefined || owner === undefined) return bare(slot, known.punches)
  const copyFrom = known.sources.get(`${last.personId} ${last.finger}`) ?? null
  const { enrolmentId, finger, personId } = last
  return { ...bare(slot, known.punches), person: { ...owner, id: personId }, finger, enrolmentId, copyFrom }
}

async function peopleOf(db: Db, centreId: string, held: readonly HeldSlot[], slots: readonly number[]) {
  const ids = held.filter((one) => slots.includes(one.slot)).map((one) => one.personId)
  const rows = await db.person.findMany({
    where: { centreId, id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, nameEn: true },
  })
  return new Map<string, Named>(rows.map(({ id, name, nameEn }) => [id, { name, nameEn }]))
}

/** Which person's finger lies in another reader of the same agent and kind, by person and finger. */
async function otherHolders(db: Db, centreId: string, sourceId: string): Promise<Map<string, Named>> {
  const rows = await db.$queryRaw<{ personId: string; finger: number; name: string; nameEn: string }[]>`
    SELECT e.person_id AS "personId", e.finger, s.name, s.name_en AS "nameEn"
      FROM source here
      JOIN source s ON s.centre_id = here.centre_id AND s.agent_id = here.agent_id AND s.id <> here.id
                   AND s.kind = 'reader' AND s.retired_at IS NULL AND coalesce(s.dialect = here.dialect, true)
      JOIN enrolment e ON e.centre_id = s.centre_id AND e.source_id = s.id AND e.ends_at IS NULL
     WHERE here.centre_id = ${centreId}::uuid AND here.id = ${sourceId}::uuid AND e.finger IS NOT NULL`
  return new Map(rows.map(({ personId, finger, name, nameEn }) => [`${personId} ${finger}`, { name, nameEn }]))
}

/** Punches that belong to nobody, by slot. */
async function ownerlessPunches(db: Db, centreId: string, sourceId: string): Promise<Map<number, number>> {
  const rows = await db.$queryRaw<{ subject: string; count: bigint }[]>`
    SELECT p.subject, count(*) AS count FROM counted_punch p
     WHERE p.centre_id = ${centreId}::uuid AND p.source_id = ${sourceId}::uuid
       AND NOT EXISTS (SELECT 1 FROM enrolment e
                        WHERE e.centre_id = p.centre_id AND e.source_id = p.source_id AND e.subject = p.subject
                          AND p.at >= e.starts_at AND (e.ends_at IS NULL OR p.at < e.ends_at))
     GROUP BY p.subject`
  return new Map(rows.map(({ subject, count }) => [Number(subject), Number(count)]))
}

/** The enrolment of the same finger in another reader of the same agent and kind, from which a lost template can be copied back. */
export async function sameFingerElsewhere(
  db: Db,
  centreId: string,
  lost: { readonly sourceId: string; readonly personId: string; readonly finger: number | null },
): Promise<{ readonly enrolmentId: string; readonly sourceId: string } | null> {
  const rows = await db.$queryRaw<{ enrolmentId: string; sourceId: string }[]>`
    SELECT e.id AS "enrolmentId", e.source_id AS "sourceId" FROM source here
      JOIN source s ON s.centre_id = here.centre_id AND s.agent_id = here.agent_id AND s.id <> here.id
                   AND s.kind = 'reader' AND s.retired_at IS NULL AND coalesce(s.dialect = here.dialect, true)
      JOIN enrolment e ON e.centre_id = s.centre_id AND e.source_id = s.id AND e.ends_at IS NULL
     WHERE here.centre_id = ${centreId}::uuid AND here.id = ${lost.sourceId}::uuid
       AND e.person_id = ${lost.personId}::uuid AND e.finger = ${lost.finger}
     ORDER BY s.seen_at DESC NULLS LAST LIMIT 1`
  return rows[0] ?? null
}
