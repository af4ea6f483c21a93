import { addClaim, type ClaimRow, lastClaim } from '#app/db/alternate-claims.server.ts'
import { lockKioskSource, subjectAt } from '#app/db/alternate-source.server.ts'
import { type ClaimingWay, saveTries, wayOfCard, wayOfNumber } from '#app/db/alternate-ways.server.ts'
import { audit } from '#app/db/audit.server.ts'
import { prisma } from '#app/db/client.server.ts'
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
  const proof = await prove(request, nowMs)
  return inTransaction(async (tx) => {
    const { alternate: rules } = await deviceRulesOn(tx, centreId, civilOf(nowMs, zone).day)
    const way = await provedWay(tx, request, proof, { rules, nowMs })
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

/** The PIN's hash that was typed right, before anything is locked; null for a card, and for a PIN that is nobody's. */
type Proof = string | null

/**
 * A PIN takes long to check, on purpose, and nobody waits for it with a lock in hand: many guesses at once would hold up
 * everybody's work. Nobody's number takes as long as any other.
 */
async function prove({ centreId, by }: ClaimRequest, nowMs: number): Promise<Proof> {
  if ('card' in by) return null
  const hash = (await wayOfNumber(prisma, centreId, numberOf(by), nowMs))?.pinHash ?? null
  return (await verifyPassword(by.pin.normalize('NFKC').trim(), hash)) ? hash : null
}

const numberOf = (by: { readonly staffNumber: string }) => by.staffNumber.normalize('NFKC').trim()

type Moment = { readonly rules: DeviceRules['alternate']; readonly nowMs: number }

/** The way that is claimed by, locked, so that guesses at the same moment are counted one after the other. */
async function provedWay(tx: Tx, request: ClaimRequest, proof: Proof, moment: Moment): Promise<ClaimingWay | null> {
  const { centreId, by } = request
  const { rules, nowMs } = moment
  if ('card' in by) {
    const card = cardNumber(by.card)
    return card === null ? null : wayOfCard(tx, centreId, card, nowMs)
  }
  const way = await wayOfNumber(tx, centreId, numberOf(by), nowMs)
  if (way === null || lockedUntil(way, rules, nowMs) !== null) return null
  const right = proof !== null && proof === way.pinHash
  return right ? proved(tx, centreId, way) : wrong(tx, request, way, moment)
}

async function proved(tx: Tx, centreId: string, way: ClaimingWay): Promise<ClaimingWay> {
  if (way.failed > 0) await saveTries(tx, centreId, way.id, { failed: 0, failedMs: null })
  return way
}

async function wrong(tx: Tx, request: ClaimRequest, way: ClaimingWay, { rules, nowMs }: Moment): Promise<null> {
  const { centreId, kioskId, address } = request
  const tries = afterWrong(way, rules, nowMs)
  await saveTries(tx, centreId, way.id, tries)
  if (lockedUntil(tries, rules, nowMs) !== null) {
    const detail = { failed: tries.failed, minutes: rules.lock_minutes }
    const actor = `kiosk:${kioskId}`
    await audit(tx, { centreId, actor, action: 'alternate.locked', subject: way.personId, detail, address })
  }
  return null
}
