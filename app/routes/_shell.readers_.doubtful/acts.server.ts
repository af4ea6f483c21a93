import { data } from '@remix-run/node'
import type { Visitor } from '#app/auth/guard.server.ts'
import { now } from '#app/clock.server.ts'
import type { CountsAt } from '#app/domain/devices/doubtful.ts'
import { type Refusal, refuse } from '#app/domain/result.ts'
import { isCivilDay } from '#app/domain/time/day.ts'
import { instantOf } from '#app/domain/time/zone.ts'
import { claimSubject, endClaim } from '#app/services/devices/claim-subject.server.ts'
import { rulePunches } from '#app/services/devices/rule-punches.server.ts'
import { uuid } from './model.server.ts'

/** What was done, for the address, or why it was not. */
export type Done = { readonly ok: true; readonly done: string; readonly count: number } | Refusal

const clock = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/u

/** What a field for day and time holds, in the centre's zone; null when empty, undefined when it is no time. */
export function typedInstant(text: string, zone: string): number | null | undefined {
  if (text.trim() === '') return null
  const [, day = '', hour, minute, second = '0'] = clock.exec(text.trim()) ?? []
  if (!isCivilDay(day)) return undefined
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second)
  return seconds < 86_400 ? instantOf(day, seconds, zone) : undefined
}

const textOf = (form: FormData, name: string) => String(form.get(name) ?? '')
const byOf = ({ centreId, accountId, role, address }: Visitor) => ({ centreId, accountId, role, address })

/** Confirms or refuses a claim made at a kiosk, at the time it was made. */
async function answerClaim(visitor: Visitor, form: FormData, decision: 'release' | 'reject'): Promise<Done> {
  const keys = [textOf(form, 'key')]
  const reason = textOf(form, 'reason')
  const done = await rulePunches({ ...byOf(visitor), keys, decision, countsAt: 'recorded', reason }, now())
  return done.ok ? { ok: true, done: decision === 'release' ? 'confirmed' : 'refused', count: 1 } : done
}

async function rule(visitor: Visitor, form: FormData): Promise<Done> {
  const decision = textOf(form, 'decision') === 'reject' ? 'reject' : 'release'
  const countsAt = decision === 'reject' ? 'recorded' : countsAtOf(visitor, form)
  if (countsAt === null) return refuse('time_missing')
  const keys = form.getAll('key').map(String)
  const done = await rulePunches({ ...byOf(visitor), keys, decision, countsAt, reason: textOf(form, 'reason') }, now())
  if (!done.ok) return done
  return { ok: true, done: decision === 'release' ? 'released' : 'rejected', count: done.value.count }
}

function countsAtOf(visitor: Visitor, form: FormData): CountsAt | null {
  const counts = textOf(form, 'counts')
  if (counts === 'stated') return typedInstant(textOf(form, 'at'), visitor.centre.zone) ?? null
  return counts === 'recorded' ? 'recorded' : 'corrected'
}

async function claim(visitor: Visitor, form: FormData): Promise<Done> {
  const [sourceId, personId] = [textOf(form, 'source'), textOf(form, 'person')]
  if (!uuid.test(sourceId)) return refuse('source_unknown')
  if (!uuid.test(personId)) return refuse('person_unknown')
  const { zone } = visitor.centre
  const [fromMs, toMs] = [typedInstant(textOf(form, 'from'), zone), typedInstant(textOf(form, 'to'), zone)]
  if (fromMs === undefined || toMs === undefined) return refuse('time_missing')
  const claimed = { sourceId, personId, subject: textOf(form, 'subject'), fromMs, toMs }
  const done = await claimSubject({ ...byOf(visitor), ...claimed }, now())
  return done.ok ? { ok: true, done: 'claimed', count: done.value.days } : done
}

async function end(visitor: Visitor, form: FormData, whole: boolean): Promise<Done> {
  const enrolmentId = textOf(form, 'claim')
  if (!uuid.test(enrolmentId)) return refuse('claim_unknown')
  const at = whole ? null : typedInstant(textOf(form, 'at'), visitor.centre.zone)
  if (!whole && (at === null || at === undefined)) return refuse('time_missing')
  const done = await endClaim({ ...byOf(visitor), enrolmentId, endsAtMs: at ?? null }, now())
  return done.ok ? { ok: true, done: whole ? 'withdrawn' : 'ended', count: done.value.days } : done
}

type Act = (visitor: Visitor, form: FormData) => Promise<Done>

const rulings: Readonly<Record<string, Act>> = {
  confirm: (visitor, form) => answerClaim(visitor, form, 'release'),
  refuse: (visitor, form) => answerClaim(visitor, form, 'reject'),
  rule,
}

const claims: Readonly<Record<string, Act>> = {
  claim,
  end_claim: (visitor, form) => end(visitor, form, false),
  withdraw_claim: (visitor, form) => end(visitor, form, true),
}

/** The act that a form names; saying whose a number is needs its own right. */
export function actOf(visitor: Visitor, intent: string): Act {
  if (Object.hasOwn(rulings, intent) && rulings[intent]) return rulings[intent]
  if (!Object.hasOwn(claims, intent) || !claims[intent]) throw data({ code: 'bad_request' }, { status: 400 })
  if (!visitor.can('subjects.claim')) {
    throw data({ code: 'forbidden', action: 'subjects.claim', role: visitor.role }, { status: 403 })
  }
  return claims[intent]
}
