import { randomInt } from 'node:crypto'
import { isEasyPin, type NewWay, type Tries, type WayKind } from '#app/domain/devices/alternate.ts'
import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import { hashPassword } from './password-hash.server.ts'
import { blindIndex } from './personal-data.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** A six-digit PIN made here by chance: shown once on a slip, stored as a hash only. */
export async function freshPin(): Promise<{ readonly pin: string; readonly hash: string }> {
  let pin = '000000'
  while (isEasyPin(pin)) pin = String(randomInt(1_000_000)).padStart(6, '0')
  return { pin, hash: await hashPassword(pin) }
}

/** Stores a way. Of a card only its blind index is kept, of a PIN only its hash. */
export async function addWay(
  tx: Tx,
  way: NewWay & {
    readonly centreId: string
    readonly personId: string
    readonly givenBy: string
    readonly hash: string | null
  },
): Promise<string> {
  const { centreId, personId, kind, card, hash, reason, startsMs, endsMs, givenBy } = way
  const id = newId()
  await tx.alternateWay.create({
    data: {
      centreId,
      id,
      personId,
      kind,
      cardIndex: card === null ? null : blindIndex(card),
      pinHash: hash,
      reason,
      startsAt: new Date(startsMs),
      endsAt: endsMs === null ? null : new Date(endsMs),
      givenBy,
    },
  })
  return id
}

/** All ways a person has or had, the newest first, with who gave them. */
export async function waysOfPerson(db: Db, centreId: string, personId: string) {
  const rows = await db.alternateWay.findMany({
    where: { centreId, personId },
    orderBy: [{ startsAt: 'desc' }, { id: 'desc' }],
  })
  const accounts = await db.account.findMany({
    where: { centreId, id: { in: rows.map((row) => row.givenBy) } },
    select: { id: true, displayName: true },
  })
  const names = new Map(accounts.map((one) => [one.id, one.displayName]))
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as WayKind,
    reason: row.reason,
    startsMs: row.startsAt.getTime(),
    endsMs: row.endsAt?.getTime() ?? null,
    givenBy: names.get(row.givenBy) ?? '—',
    failed: row.failed,
    failedMs: row.failedAt?.getTime() ?? null,
  }))
}

/** The way of this kind that would overlap a new one: a person has one card and one PIN at a time. */
export async function overlappingWay(
  db: Db,
  centreId: string,
  personId: string,
  { kind, startsMs, endsMs }: Pick<NewWay, 'kind' | 'startsMs' | 'endsMs'>,
): Promise<string | null> {
  const row = await db.alternateWay.findFirst({
    where: { centreId, personId, kind, ...during(startsMs, endsMs) },
    select: { id: true },
  })
  return row?.id ?? null
}

/** Who has this card in that time, for who may know; a card belongs to one person at a time. */
export async function holderOfCard(
  db: Db,
  centreId: string,
  { card, startsMs, endsMs }: Pick<NewWay, 'card' | 'startsMs' | 'endsMs'>,
): Promise<string | null> {
  if (card === null) return null
  const row = await db.alternateWay.findFirst({
    where: { centreId, cardIndex: blindIndex(card), ...during(startsMs, endsMs) },
    select: { personId: true },
  })
  return row?.personId ?? null
}

function during(startsMs: number, endsMs: number | null) {
  return {
    OR: [{ endsAt: null }, { endsAt: { gt: new Date(startsMs) } }],
    ...(endsMs === null ? {} : { startsAt: { lt: new Date(endsMs) } }),
  }
}

/** Of which kind one of a person's ways is; null when it is not his. */
export async function kindOfWay(db: Db, centreId: string, personId: string, id: string): Promise<string | null> {
  const row = await db.alternateWay.findFirst({ where: { centreId, id, personId }, select: { kind: true } })
  return row?.kind ?? null
}

/** Ends a way now; one that has not begun is over as it begins. False when it has ended already. */
export async function endWay(tx: Tx, centreId: string, id: string, atMs: number): Promise<boolean> {
  const row = await tx.alternateWay.findUnique({ where: { centreId_id: { centreId, id } } })
  if (row === null || (row.endsAt !== null && row.endsAt.getTime() <= atMs)) return false
  const endsAt = new Date(Math.max(atMs, row.startsAt.getTime() + 1))
  await tx.alternateWay.update({ where: { centreId_id: { centreId, id } }, data: { endsAt } })
  return true
}

export type ClaimingWay = Tries & { readonly id: string; readonly personId: string; readonly pinHash: string | null }

type WayRow = Omit<ClaimingWay, 'failedMs'> & { readonly failedAt: Date | null }

function claiming(rows: readonly WayRow[]): ClaimingWay | null {
  const row = rows[0]
  return row === undefined ? null : { ...row, failedMs: row.failedAt?.getTime() ?? null }
}

/** The way of a card that is in force, locked until the transaction ends. */
export async function wayOfCard(tx: Tx, centreId: string, card: string, atMs: number): Promise<ClaimingWay | null> {
  const at = new Date(atMs)
  return claiming(
    await tx.$queryRaw<WayRow[]>`
      SELECT id, person_id AS "personId", pin_hash AS "pinHash", failed, failed_at AS "failedAt" FROM alternate_way
       WHERE centre_id = ${centreId}::uuid AND kind = 'card' AND card_index = ${blindIndex(card)}
         AND starts_at <= ${at} AND (ends_at IS NULL OR ends_at > ${at}) FOR UPDATE`,
  )
}

/** The PIN in force of who has this staff number; in a transaction locked, so that two guesses at once both count. */
export async function wayOfNumber(
  db: Db,
  centreId: string,
  staffNumber: string,
  atMs: number,
): Promise<ClaimingWay | null> {
  const at = new Date(atMs)
  return claiming(
    await db.$queryRaw<WayRow[]>`
      SELECT w.id, w.person_id AS "personId", w.pin_hash AS "pinHash", w.failed, w.failed_at AS "failedAt"
        FROM alternate_way w
        JOIN person n ON n.centre_id = w.centre_id AND n.id = w.person_id AND n.staff_number = ${staffNumber}
       WHERE w.centre_id = ${centreId}::uuid AND w.kind = 'pin'
         AND w.starts_at <= ${at} AND (w.ends_at IS NULL OR w.ends_at > ${at}) FOR UPDATE OF w`,
  )
}

/** Notes how often in a row a wrong PIN was typed. */
export async function saveTries(tx: Tx, centreId: string, id: string, { failed, failedMs }: Tries): Promise<void> {
  await tx.alternateWay.update({
    where: { centreId_id: { centreId, id } },
    data: { failed, failedAt: failedMs === null ? null : new Date(failedMs) },
  })
}
