import { audit } from '#app/db/audit.server.ts'
import {
  addClaim,
  type Claim,
  claimById,
  firstParked,
  holderWithin,
  lockClaimable,
  type SubjectSpan,
  setClaimTime,
} from '#app/db/claims.server.ts'
import { publish } from '#app/db/events.server.ts'
import { daysPosted, judgeAgain } from '#app/db/judge-again.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { clockLimits } from '#app/domain/devices/quarantine.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { addDays } from '#app/domain/time/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'

type By = { readonly accountId: string; readonly role: string; readonly address: string | null }

export type SubjectClaim = By & {
  readonly centreId: string
  readonly sourceId: string
  readonly subject: string
  readonly personId: string
  /** From when the number is the person's; null: from its first punch that nobody holds. */
  readonly fromMs: number | null
  /** Until when; null: from then on. */
  readonly toMs: number | null
}

export type ClaimRefusal =
  | 'source_unknown'
  | 'person_unknown'
  | 'nothing_parked'
  | 'times_reversed'
  | 'time_in_future'
  | 'time_before_2020'
  | 'subject_held'
  | 'not_posted'
  | 'end_needed'

type Span = SubjectSpan & { readonly zone: string }

/**
 * Says whose a number of a reader or terminal is that punched and that nobody knew 认领: all its punches of that time become
 * the person's, and every day of his in it is judged again. Refused where somebody else holds the number in any part of the
 * time; somebody who has left can be given a time that has an end.
 */
export async function claimSubject(
  claim: SubjectClaim,
  nowMs: number,
): Promise<Result<{ enrolmentId: string; days: number }, ClaimRefusal>> {
  const { centreId, sourceId, subject, personId } = claim
  return inTransaction(async (tx) => {
    if (!(await lockClaimable(tx, centreId, sourceId))) return refuse('source_unknown')
    const parked = claim.fromMs === null ? await firstParked(tx, centreId, sourceId, subject) : new Date(claim.fromMs)
    if (parked === null) return refuse('nothing_parked')
    const { zone } = await tx.centre.findUniqueOrThrow({ where: { id: centreId }, select: { zone: true } })
    const to = claim.toMs === null ? null : new Date(claim.toMs)
    const span: Span = { centreId, sourceId, subject, from: parked, to, zone }
    const no =
      timeRefusal(span, nowMs) ?? (await personRefusal(tx, span, personId, nowMs)) ?? (await heldRefusal(tx, span))
    if (no) return no
    const enrolmentId = await addClaim(tx, span, personId)
    const days = await judgeSpan(tx, span, personId, nowMs)
    await note(tx, claim, 'subject.claimed', { id: enrolmentId, sourceId, subject, personId }, nowMs)
    return ok({ enrolmentId, days })
  })
}

function timeRefusal({ from, to }: Span, nowMs: number) {
  if (from.getTime() < clockLimits.earliestMs) return refuse('time_before_2020')
  if (from.getTime() > nowMs) return refuse('time_in_future')
  if (to !== null && to.getTime() <= from.getTime()) return refuse('times_reversed')
  return to !== null && to.getTime() > nowMs ? refuse('time_in_future') : null
}

/** Somebody posted here in that time; without an end, somebody posted here now. */
async function personRefusal(tx: Tx, span: Span, personId: string, nowMs: number) {
  const { centreId, from, to, zone } = span
  if ((await tx.person.count({ where: { centreId, id: personId } })) === 0) return refuse('person_unknown')
  const today = civilOf(nowMs, zone).day
  const last = to === null ? today : civilOf(to.getTime(), zone).day
  if ((await daysPosted(tx, centreId, personId, civilOf(from.getTime(), zone).day, last)).length === 0) {
    return refuse('not_posted')
  }
  if (to !== null) return null
  return (await daysPosted(tx, centreId, personId, today, today)).length === 0 ? refuse('end_needed') : null
}

async function heldRefusal(tx: Tx, span: Span) {
  const holder = await holderWithin(tx, span)
  if (holder === null) return null
  const { name, nameEn, from, to } = holder
  return refuse('subject_held', { name, nameEn, fromMs: from.getTime(), toMs: to?.getTime() ?? 0 })
}

/** All days that the mapping covers: not only those with a punch, for without a number nobody could sign in at all. */
async function judgeSpan(tx: Tx, span: Span, personId: string, nowMs: number): Promise<number> {
  const { centreId, from, to, zone } = span
  const first = addDays(civilOf(from.getTime(), zone).day, -1)
  const last = civilOf(Math.min(to?.getTime() ?? nowMs, nowMs), zone).day
  return judgeAgain(tx, { id: centreId, zone }, await daysPosted(tx, centreId, personId, first, last), nowMs)
}

type Noted = { readonly id: string; readonly sourceId: string; readonly subject: string; readonly personId: string }

async function note(tx: Tx, by: By & { centreId: string }, action: string, claim: Noted, nowMs: number): Promise<void> {
  const { centreId, accountId, role, address } = by
  const { sourceId, subject, personId } = claim
  const detail = { person: personId, source: sourceId, number: subject }
  await audit(tx, { centreId, actor: accountId, role, action, subject: claim.id, detail, address })
  await publish(tx, { topic: 'source', centreId, kind: 'claim', id: sourceId, at: nowMs })
}

export type ClaimEnd = By & {
  readonly centreId: string
  readonly enrolmentId: string
  /** Null takes the whole mapping back: it was a mistake. */
  readonly endsAtMs: number | null
}

export type ClaimEndRefusal = 'claim_unknown' | 'already_ended' | 'times_reversed' | 'time_in_future'

/**
 * Ends a mapping that a claim made, or takes it back 撤销认领. Nothing is deleted: one that is taken back keeps the millisecond
 * before it began, in which the number has no punch of its time. An enrolled finger is not ended here.
 */
export async function endClaim(end: ClaimEnd, nowMs: number): Promise<Result<{ days: number }, ClaimEndRefusal>> {
  const { centreId, enrolmentId, endsAtMs } = end
  return inTransaction(async (tx) => {
    const claim = await lockedClaim(tx, centreId, enrolmentId)
    if (claim === null) return refuse('claim_unknown')
    const no = endRefusal(claim, endsAtMs, nowMs)
    if (no) return no
    if (endsAtMs === null) await takeBack(tx, claim)
    else await setClaimTime(tx, centreId, enrolmentId, claim.from, new Date(endsAtMs))
    const { zone } = await tx.centre.findUniqueOrThrow({ where: { id: centreId }, select: { zone: true } })
    const days = await judgeSpan(tx, { ...claim, zone }, claim.personId, nowMs)
    await note(tx, end, endsAtMs === null ? 'subject.claim_withdrawn' : 'subject.claim_ended', claim, nowMs)
    return ok({ days })
  })
}

/** The claim as it is once nobody else is changing its source's numbers. */
async function lockedClaim(tx: Tx, centreId: string, id: string): Promise<Claim | null> {
  const claim = await claimById(tx, centreId, id)
  if (claim === null) return null
  await lockClaimable(tx, centreId, claim.sourceId)
  return claimById(tx, centreId, id)
}

function endRefusal({ from, to }: Claim, endsAtMs: number | null, nowMs: number) {
  if (to !== null && to.getTime() - from.getTime() <= 1) return refuse('already_ended')
  if (endsAtMs === null) return null
  if (endsAtMs <= from.getTime()) return refuse('times_reversed')
  if (endsAtMs > nowMs) return refuse('time_in_future')
  return to !== null && endsAtMs >= to.getTime() ? refuse('already_ended') : null
}

/** The millisecond before it began; where somebody held the number until then, the first of its own. */
async function takeBack(tx: Tx, claim: Claim): Promise<void> {
  const start = claim.from.getTime()
  const before = { ...claim, from: new Date(start - 1), to: claim.from }
  const held = await holderWithin(tx, before)
  const [from, to] = held === null ? [before.from, claim.from] : [claim.from, new Date(start + 1)]
  await setClaimTime(tx, claim.centreId, claim.id, from, to)
}
