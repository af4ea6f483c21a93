import { addClaim, type ClaimRow, lastClaim } from '#app/db/alternate-claims.server.ts'
import { lockKioskSource, subjectAt } from '#app/db/alternate-source.server.ts'
import { type ClaimingWay, saveTries, wayOfCard, wayOfNumber } from '#app/db/alternate-ways.server.ts'
import { audit } from '#app/db/audit.server.ts'
import { punchKey } from '#app/db/day-facts.server.ts'
import { deviceRulesOn } from '#app/db/device-rules.server.ts'
import { markDoubtful } from '#app/db/doubtful-days.server.ts'
import { publish } from '#app/db/events.server.ts'
import { verifyPassword } from '#app/db/password-hash.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { afterWrong, cardNumber, lockedUntil, sameClaimMs } from '#app/domain/devices/alternate.ts'
import type { DeviceRules } from '#app/domain/devices/device-rules.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { civilOf } from '#app/domain/time/zone.ts'

export type ClaimRequest = {
  readonly centreId: string
  readonly kioskId: string
  readonly zone: string
  readonly address: string | null
  /** A card, or a staff number with its PIN. */
  readonly by: { readonly card: string } | { readonly staffNumber: string; readonly pin: string }
}

export type Claimed = {
  readonly key: string
  readonly personId: string
  readonly atMs: number
  /** It is the claim of a moment ago again. */
  readonly already: boolean
}

/**
 * Registers somebody at a kiosk without a finger 刷卡或工号登记: a punch that waits for the duty officer. A wrong number, a wrong
 * PIN and a lock have one answer, so that a kiosk tells nobody which numbers exist; only the right PIN ever counts as right.
 */
export async function claimByKiosk(request: ClaimRequest, nowMs: number): Promise<Result<Claimed, 'not_accepted'>> {
  const { centreId, zone, kioskId } = request
  return inTransaction(async (tx) => {
    const { alternate: rules } = await deviceRulesOn(tx, centreId, civilOf(nowMs, zone).day)
    const way = await provedWay(tx, request, rules, nowMs)
    if (way === null) return refuse('not_accepted', { attempts: rules.attempts, minutes: rules.lock_minutes })
    const { personId } = way
    const sourceId = await lockKioskSource(tx, centreId)
    const before = await lastClaim(tx, centreId, personId, nowMs - sameClaimMs)
    if (before !== undefined) return ok(again(before))
    const subject = await subjectAt(tx, { centreId, sourceId, personId }, nowMs)
    if (subject === null) throw new Error(`way ${way.id} is in force and nobody stands for it at the kiosk`)
    const key = await addClaim(tx, { centreId, sourceId, kioskId, wayId: way.id, subject, atMs: nowMs })
    await markDoubtful(tx, { id: centreId, zone }, nowMs)
    await publish(
      tx,
      { topic: 'punch', centreId, id: key, sourceId, greet: 0 },
      { topic: 'source', centreId, kind: 'claim' },
    )
    return ok({ key, personId, atMs: nowMs, already: false })
  })
}

function again(row: ClaimRow): Claimed {
  const atMs = row.at.getTime()
  return { key: punchKey({ ...row, atMs }), personId: row.personId, atMs, already: true }
}

type TryRules = DeviceRules['alternate']

async function provedWay(tx: Tx, request: ClaimRequest, rules: TryRules, nowMs: number): Promise<ClaimingWay | null> {
  const { centreId, by } = request
  if ('card' in by) {
    const card = cardNumber(by.card)
    return card === null ? null : wayOfCard(tx, centreId, card, nowMs)
  }
  const way = await wayOfNumber(tx, centreId, by.staffNumber.normalize('NFKC').trim(), nowMs)
  // Nobody's number and a locked one take as long as any other.
  const right = await verifyPassword(by.pin.normalize('NFKC').trim(), way?.pinHash ?? null)
  if (way === null || lockedUntil(way, rules, nowMs) !== null) return null
  return right ? proved(tx, centreId, way) : wrong(tx, request, way, rules, nowMs)
}

async function proved(tx: Tx, centreId: string, way: ClaimingWay): Promise<ClaimingWay> {
  if (way.failed > 0) await saveTries(tx, centreId, way.id, { failed: 0, failedMs: null })
  return way
}

async function wrong(
  tx: Tx,
  { centreId, kioskId, address }: ClaimRequest,
  way: ClaimingWay,
  rules: TryRules,
  nowMs: number,
): Promise<null> {
  const tries = afterWrong(way, rules, nowMs)
  await saveTries(tx, centreId, way.id, tries)
  if (lockedUntil(tries, rules, nowMs) !== null) {
    const detail = { failed: tries.failed, minutes: rules.lock_minutes }
    const actor = `kiosk:${kioskId}`
    await audit(tx, { centreId, actor, action: 'alternate.locked', subject: way.personId, detail, address })
  }
  return null
}
