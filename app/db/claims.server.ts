import type { ClaimLine } from '#app/domain/devices/doubtful-view.ts'
import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** Sources whose numbers a person may be given by claim; a kiosk's come and go with the way without a finger. */
const claimable = ['reader', 'terminal', 'file']

/** Locks a source until the transaction ends, as enrolment does: its numbers are given one after the other. */
export async function lockClaimable(tx: Tx, centreId: string, sourceId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM source WHERE centre_id = ${centreId}::uuid AND id = ${sourceId}::uuid AND kind = ANY(${claimable}) FOR UPDATE`
  return rows.length === 1
}

export type SubjectSpan = {
  readonly centreId: string
  readonly sourceId: string
  readonly subject: string
  readonly from: Date
  /** Null: from then on. */
  readonly to: Date | null
}

/** The first punch of a number that counts and that nobody holds; null when all are held. */
export async function firstParked(db: Db, centreId: string, sourceId: string, subject: string): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`
    SELECT min(p.at) AS at FROM counted_punch p
     WHERE p.centre_id = ${centreId}::uuid AND p.source_id = ${sourceId}::uuid AND p.subject = ${subject}
       AND NOT EXISTS (SELECT 1 FROM enrolment e
                        WHERE e.centre_id = p.centre_id AND e.source_id = p.source_id AND e.subject = p.subject
                          AND p.at >= e.starts_at AND (e.ends_at IS NULL OR p.at < e.ends_at))`
  return row?.at ?? null
}

export type Holder = { readonly name: string; readonly nameEn: string; readonly from: Date; readonly to: Date | null }

/** Who holds a number in any part of a time, the earliest first; null when nobody does. */
export async function holderWithin(db: Db, span: SubjectSpan): Promise<Holder | null> {
  const { centreId, sourceId, subject, from, to } = span
  const row = await db.enrolment.findFirst({
    where: {
      centreId,
      sourceId,
      subject,
      ...(to === null ? {} : { startsAt: { lt: to } }),
      OR: [{ endsAt: null }, { endsAt: { gt: from } }],
    },
    orderBy: { startsAt: 'asc' },
    select: { startsAt: true, endsAt: true, person: { select: { name: true, nameEn: true } } },
  })
  return row && { ...row.person, from: row.startsAt, to: row.endsAt }
}

/** Maps a number to a person: an enrolment without a finger, which is how a claim is known later. */
export async function addClaim(tx: Tx, span: SubjectSpan, personId: string): Promise<string> {
  const { centreId, sourceId, subject, from, to } = span
  const id = newId()
  await tx.enrolment.create({ data: { centreId, id, sourceId, subject, personId, startsAt: from, endsAt: to } })
  return id
}

export type Claim = SubjectSpan & { readonly id: string; readonly personId: string }

const made = { finger: null, storedBy: null, source: { kind: { in: claimable } } }

/** A mapping that was made by claim; null for an enrolled finger or a way without one. */
export async function claimById(db: Db, centreId: string, id: string): Promise<Claim | null> {
  const row = await db.enrolment.findFirst({ where: { centreId, id, ...made } })
  if (row === null) return null
  const { sourceId, subject, personId, startsAt, endsAt } = row
  return { centreId, id, sourceId, subject, personId, from: startsAt, to: endsAt }
}

/** Ends a claim, or moves it whole to where nothing is. */
export async function setClaimTime(tx: Tx, centreId: string, id: string, from: Date, to: Date): Promise<void> {
  await tx.enrolment.update({ where: { centreId_id: { centreId, id } }, data: { startsAt: from, endsAt: to } })
}

/** Mappings made by claim, the latest first; those that were withdrawn whole are left out. */
export async function claimsMade(db: Db, centreId: string): Promise<ClaimLine[]> {
  const names = { select: { name: true, nameEn: true } }
  const rows = await db.enrolment.findMany({
    where: { centreId, ...made },
    orderBy: [{ id: 'desc' }],
    take: 100,
    select: { id: true, subject: true, startsAt: true, endsAt: true, source: names, person: names },
  })
  return rows.flatMap(({ startsAt, endsAt, ...row }) => {
    const [fromMs, toMs] = [startsAt.getTime(), endsAt?.getTime() ?? null]
    return toMs !== null && toMs - fromMs <= 1 ? [] : [{ ...row, fromMs, toMs }]
  })
}
