import type { Visitor } from '#app/auth/guard.server.ts'
import { now } from '#app/clock.server.ts'
import { calendarOf, yearsOf } from '#app/db/calendar.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { previewLeave } from '#app/db/leave-preview.server.ts'
import { leaveRulesOn } from '#app/db/leave-rules.server.ts'
import { standInsFor } from '#app/db/stand-ins.server.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import { dayOf } from '#app/domain/calendar/year.ts'
import { leaveKinds, type PersonName } from '#app/domain/leave/view.ts'
import type { Refusal } from '#app/domain/result.ts'
import { addDays } from '#app/domain/time/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import type { FormModel } from '#app/ui/leave/form-page.tsx'
import type { KindChoice } from '#app/ui/leave/kind-cards.tsx'
import { kindOf, type LeaveTyped, type Problem, type Problems, periodOf } from '#app/ui/leave/typed.ts'

export function todayOf(visitor: Visitor): CivilDay {
  return civilOf(now(), visitor.centre.zone).day
}

type Given = {
  readonly mode: FormModel['mode']
  readonly typed: LeaveTyped
  readonly problems: Problems
  /** Whose leave it is; null while HR has not chosen anybody. */
  readonly personId: string | null
  readonly people?: readonly PersonName[]
  readonly phoneMasked?: string | null
  readonly number?: string | null
  readonly opinion?: string | null
  readonly savedAtMs?: number | null
}

/** The form as it is shown: what was typed, who could stand in, and what the machine has worked out so far. */
export async function formModel(visitor: Visitor, given: Given): Promise<FormModel> {
  const today = todayOf(visitor)
  const { typed, personId } = given
  const period = periodOf(typed)
  const [kinds, standIns, outcome] = await Promise.all([
    kindChoices(visitor.centreId, today),
    personId ? standInsFor(prisma, visitor.centreId, personId, period?.firstDay ?? today) : [],
    outcomeOf(visitor, typed, personId),
  ])
  return {
    mode: given.mode,
    kinds,
    standIns,
    people: given.people ?? [],
    typed,
    outcome,
    problems: given.problems,
    phoneMasked: given.phoneMasked ?? null,
    number: given.number ?? null,
    opinion: given.opinion ?? null,
    mayOnPaper: given.mode === 'record' && visitor.role === 'hr',
    savedAtMs: given.savedAtMs ?? null,
    zone: visitor.centre.zone,
  }
}

async function kindChoices(centreId: string, day: CivilDay): Promise<KindChoice[]> {
  const found = await leaveRulesOn(prisma, centreId, day)
  return leaveKinds.flatMap((kind) => {
    const rule = found?.rules.kinds[kind]
    return found && !rule ? [] : [{ kind, counts: rule?.count ?? 'working' }]
  })
}

async function outcomeOf(visitor: Visitor, typed: LeaveTyped, personId: string | null): Promise<FormModel['outcome']> {
  const kind = kindOf(typed)
  const period = periodOf(typed)
  if (!kind || !period || !personId) return { preview: null, problem: null }
  const { centreId: id, centre } = visitor
  const found = await previewLeave(
    prisma,
    { id, zone: centre.zone },
    { personId, kind, period, standInId: uuidOrNull(typed.stand_in), leaveId: uuidOrNull(typed.id) },
    now(),
  )
  return found.ok ? { preview: found.value, problem: null } : { preview: null, problem: plain(found) }
}

export function uuidOrNull(text: string): string | null {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : null
}

function plain({ code, facts }: Refusal): Problem {
  return { code, facts }
}

/** The next day on which work is due, so that the form begins with something that can be asked for. */
export async function nextWorkday(visitor: Visitor): Promise<CivilDay> {
  const today = todayOf(visitor)
  const days = Array.from({ length: 14 }, (_, at) => addDays(today, at + 1))
  const calendar = await calendarOf(prisma, visitor.centreId, yearsOf(days))
  const works = (day: CivilDay) => {
    const said = dayOf(calendar, day)
    return said.ok && said.value.halves.am === 'work'
  }
  return days.find(works) ?? addDays(today, 1)
}

/** The field that a refusal is about; the whole form when it is about none. */
const fieldOf: Readonly<Record<string, string>> = {
  no_route: 'kind',
  no_decider: 'kind',
  not_a_day: 'from',
  overlaps_leave: 'from',
  covered_already: 'from',
  short_notice: 'from',
  not_in_service: 'from',
  whole_days_only: 'from',
  ends_before_start: 'to',
  too_long: 'to',
  leave_too_long: 'to',
  longer_than_allowed: 'to',
  nothing_counted: 'to',
  rest_days_only: 'to',
  calendar_unknown_year: 'to',
  stand_in_missing: 'stand_in',
  stand_in_unknown: 'stand_in',
  stand_in_self: 'stand_in',
  stand_in_away: 'stand_in',
  reason_missing: 'reason',
  paper_missing: 'paper',
  paper_too_large: 'paper',
  paper_type: 'paper',
  no_person: 'person',
  own_record: 'person',
  not_allowed_on_paper: 'decided',
}

export function problemsFrom(refusal: Refusal): Problems {
  return { [fieldOf[refusal.code] ?? '']: plain(refusal) }
}
