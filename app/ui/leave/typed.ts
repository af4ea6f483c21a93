import { firstYearDay } from '#app/domain/leave/count.ts'
import { isPhone, plainPhone, plainText } from '#app/domain/leave/plain-text.ts'
import { type LeaveKind, type LeavePeriod, type LeaveView, leaveKinds } from '#app/domain/leave/view.ts'
import { isCivilDay } from '#app/domain/time/day.ts'

/** What stands in the fields of the leave form, exactly as typed, so that nothing is lost when it comes back. */
export type LeaveTyped = {
  readonly person: string
  readonly kind: string
  readonly from: string
  readonly from_half: string
  readonly to: string
  readonly to_half: string
  readonly reason: string
  readonly destination: string
  readonly leaves_town: boolean
  readonly phone: string
  /** The stored number is to go. */
  readonly phone_clear: boolean
  readonly stand_in: string
  readonly handover: string
  /** Of a paper slip: it goes its way from here, or everybody's word stands on it already. */
  readonly decided: 'by_route' | 'on_paper'
  /** Of the draft being edited; empty for a new request. */
  readonly id: string
  readonly revision: string
}

/** What is wrong with one field, with the facts its sentence needs. */
export type Problem = { readonly code: string; readonly facts: Readonly<Record<string, string | number>> }
export type Problems = Readonly<Record<string, Problem>>

export const limits = { reason: 500, destination: 100, handover: 1000 } as const

export function blankTyped(day: string, person = ''): LeaveTyped {
  return {
    person,
    kind: '',
    from: day,
    from_half: 'am',
    to: day,
    to_half: 'pm',
    reason: '',
    destination: '',
    leaves_town: false,
    phone: '',
    phone_clear: false,
    stand_in: '',
    handover: '',
    decided: 'by_route',
    id: '',
    revision: '0',
  }
}

export function typedOf(form: FormData): LeaveTyped {
  const text = (name: string): string => {
    const value = form.get(name)
    return typeof value === 'string' ? plainText(value) : ''
  }
  return {
    person: text('person'),
    kind: text('kind'),
    from: text('from').trim(),
    from_half: text('from_half') === 'pm' ? 'pm' : 'am',
    to: text('to').trim(),
    to_half: text('to_half') === 'am' ? 'am' : 'pm',
    reason: text('reason'),
    destination: text('destination'),
    leaves_town: form.get('leaves_town') !== null,
    phone: plainPhone(text('phone')),
    phone_clear: form.get('phone_clear') !== null,
    stand_in: text('stand_in'),
    handover: text('handover'),
    decided: text('decided') === 'on_paper' ? 'on_paper' : 'by_route',
    id: text('id'),
    revision: /^\d{1,6}$/.test(text('revision')) ? text('revision') : '0',
  }
}

/** A stored draft in the fields again; the telephone number stays where it is. */
export function typedFrom(view: LeaveView): LeaveTyped {
  return {
    person: view.person.id,
    kind: view.kind,
    from: view.period.firstDay,
    from_half: view.period.firstHalf,
    to: view.period.lastDay,
    to_half: view.period.lastHalf,
    reason: view.reason,
    destination: view.destination ?? '',
    leaves_town: view.leavesTown,
    phone: '',
    phone_clear: false,
    stand_in: view.standIn?.id ?? '',
    handover: view.handover ?? '',
    decided: 'by_route',
    id: view.id,
    revision: String(view.revision),
  }
}

export function kindOf(typed: LeaveTyped): LeaveKind | null {
  return leaveKinds.find((kind) => kind === typed.kind) ?? null
}

const isDay = (text: string): boolean => isCivilDay(text) && text >= firstYearDay

/** The period when both days are days; whether it makes sense the rules say. */
export function periodOf(typed: LeaveTyped): LeavePeriod | null {
  if (!isDay(typed.from) || !isDay(typed.to)) return null
  return {
    firstDay: typed.from,
    firstHalf: typed.from_half === 'pm' ? 'pm' : 'am',
    lastDay: typed.to,
    lastHalf: typed.to_half === 'am' ? 'am' : 'pm',
  }
}

function dayProblem(value: string, example: string): Problem | null {
  if (value === '') return { code: 'day_missing', facts: { example } }
  return isDay(value) ? null : { code: 'day_wrong', facts: { value } }
}

function tooLong(text: string, limit: number): Problem | null {
  const { length } = [...text]
  return length > limit ? { code: 'text_long', facts: { length, limit } } : null
}

function phoneProblem(phone: string): Problem | null {
  if (phone === '') return null
  return isPhone(phone) ? null : { code: 'phone_wrong', facts: { value: phone } }
}

function kindProblem(kind: string): Problem | null {
  if (kind === '') return { code: 'kind_missing', facts: {} }
  return leaveKinds.some((one) => one === kind) ? null : { code: 'kind_unknown', facts: {} }
}

/** What the fields alone show to be missing or unreadable. `complete`: to be sent, not only kept as a draft. */
export function problemsOf(typed: LeaveTyped, today: string, complete: boolean): Problems {
  const found: Record<string, Problem | null> = {
    kind: kindProblem(typed.kind),
    from: dayProblem(typed.from, today),
    to: dayProblem(typed.to, today),
    reason:
      complete && typed.reason.trim() === ''
        ? { code: 'reason_missing', facts: {} }
        : tooLong(typed.reason, limits.reason),
    destination: tooLong(typed.destination, limits.destination),
    phone: phoneProblem(typed.phone),
    handover: tooLong(typed.handover, limits.handover),
  }
  return Object.fromEntries(Object.entries(found).filter((entry): entry is [string, Problem] => entry[1] !== null))
}
