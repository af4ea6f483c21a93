import { type KioskGreeting, plainGreeting } from '#app/domain/devices/greeting.ts'
import { civilOf, instantOf } from '#app/domain/time/zone.ts'
import { punchKey } from './day-facts.server.ts'
import { kioskPerson, personCards } from './enrolments.server.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type NewClaim = {
  readonly centreId: string
  readonly sourceId: string
  readonly kioskId: string
  readonly wayId: string
  readonly subject: string
  readonly atMs: number
}

/** Stores a claim: a punch that waits for a person's word, and where and how it was made. Answers the punch's key. */
export async function addClaim(tx: Tx, claim: NewClaim): Promise<string> {
  const { centreId, sourceId, kioskId, wayId, subject, atMs } = claim
  const at = new Date(atMs)
  // The kiosk has no spool; numbers without holes under the source's lock keep its ledger in order all the same.
  const rows = await tx.$queryRaw<{ seq: bigint }[]>`
    SELECT coalesce(max(seq), 0) + 1 AS seq FROM punch
     WHERE centre_id = ${centreId}::uuid AND source_id = ${sourceId}::uuid AND spool_epoch = ${sourceId}::uuid`
  const seq = rows[0]?.seq ?? 1n
  const key = { centreId, sourceId, spoolEpoch: sourceId, seq, at }
  await tx.punch.create({ data: { ...key, subject, receivedAt: at, offsetMs: 0, quarantine: 'unconfirmed' } })
  await tx.kioskClaim.create({ data: { ...key, kioskId, wayId } })
  return punchKey({ sourceId, spoolEpoch: sourceId, seq, atMs })
}

export type ClaimRow = {
  readonly sourceId: string
  readonly spoolEpoch: string
  readonly seq: bigint
  readonly at: Date
  readonly subject: string
  readonly personId: string
  readonly decision: 'release' | 'reject' | null
}

/** A person's newest claim since an instant, at whatever kiosk. */
export async function lastClaim(
  db: Db,
  centreId: string,
  personId: string,
  sinceMs: number,
): Promise<ClaimRow | undefined> {
  const rows = await db.$queryRaw<ClaimRow[]>`
    SELECT p.source_id AS "sourceId", p.spool_epoch AS "spoolEpoch", p.seq, p.at, p.subject, w.person_id AS "personId",
           NULL AS decision
      FROM alternate_way w
      JOIN kiosk_claim c ON c.centre_id = w.centre_id AND c.way_id = w.id AND c.at > ${new Date(sinceMs)}
      JOIN punch p ON p.centre_id = c.centre_id AND p.source_id = c.source_id AND p.spool_epoch = c.spool_epoch
                  AND p.seq = c.seq AND p.at = c.at
     WHERE w.centre_id = ${centreId}::uuid AND w.person_id = ${personId}::uuid
     ORDER BY p.at DESC, p.seq DESC LIMIT 1`
  return rows[0]
}

/** Claims since an instant with what was decided of them, newest first; of one kiosk or of all. */
async function claimsSince(db: Db, centreId: string, kioskId: string | null, sinceMs: number): Promise<ClaimRow[]> {
  return db.$queryRaw<ClaimRow[]>`
    SELECT p.source_id AS "sourceId", p.spool_epoch AS "spoolEpoch", p.seq, p.at, p.subject, w.person_id AS "personId",
           r.decision
      FROM kiosk_claim c
      JOIN alternate_way w ON w.centre_id = c.centre_id AND w.id = c.way_id
      JOIN punch p ON p.centre_id = c.centre_id AND p.source_id = c.source_id AND p.spool_epoch = c.spool_epoch
                  AND p.seq = c.seq AND p.at = c.at
      LEFT JOIN punch_ruling r ON r.centre_id = p.centre_id AND r.source_id = p.source_id
                              AND r.spool_epoch = p.spool_epoch AND r.seq = p.seq AND r.at = p.at
     WHERE c.centre_id = ${centreId}::uuid AND (${kioskId}::uuid IS NULL OR c.kiosk_id = ${kioskId}::uuid)
       AND c.at >= ${new Date(sinceMs)}
     ORDER BY p.at DESC, p.seq DESC LIMIT 20`
}

type Centre = { readonly id: string; readonly zone: string }
const codes = { release: 'claim_confirmed', reject: 'claim_refused' } as const

/** Claims as the screens show them. */
export async function greetClaims(db: Db, centre: Centre, rows: readonly ClaimRow[]): Promise<KioskGreeting[]> {
  const first = rows[0]
  if (first === undefined) return []
  const { day } = civilOf(first.at.getTime(), centre.zone)
  const cards = await personCards(db, centre.id, [...new Set(rows.map((row) => row.personId))], day, null)
  return rows.map((row) => {
    const atMs = row.at.getTime()
    return plainGreeting(row.decision === null ? 'claimed' : codes[row.decision], {
      key: punchKey({ ...row, atMs }),
      subject: row.subject,
      second: civilOf(atMs, centre.zone).second,
      person: kioskPerson(cards.get(row.personId)),
    })
  })
}

/** Today's claims of one kiosk, or of all for a screen that shows every reader, newest first. */
export async function claimsOfKiosk(
  db: Db,
  centre: Centre,
  kioskId: string | null,
  nowMs: number,
): Promise<KioskGreeting[]> {
  const { day } = civilOf(nowMs, centre.zone)
  return greetClaims(db, centre, await claimsSince(db, centre.id, kioskId, instantOf(day, 0, centre.zone)))
}
