import type { CivilDay, Half, HalfKind } from '#app/domain/attendance/day.ts'
import { type Calendar, dayOf } from '#app/domain/calendar/year.ts'
import { chargedHalves, countLeave, rangeOf } from '#app/domain/leave/count.ts'
import { leaveProfile } from '#app/domain/leave/preset.ts'
import { passOver, routeFor } from '#app/domain/leave/route.ts'
import {
  type Applicant,
  type LeaveKind,
  type LeavePeriod,
  type LeaveState,
  leaveKinds,
  type Party,
  type RouteStep,
} from '#app/domain/leave/view.ts'
import { addDays } from '#app/domain/time/day.ts'
import { addHalfDays, rangesOverlap } from '#app/domain/time/half-day.ts'
import { outsiders, staffRoles } from './accounts.ts'
import { type DemoAbsence, isWorkday } from './days.ts'
import { seedId } from './ids.ts'
import { leaveParts } from './leave-story.ts'
import type { DemoPerson } from './people.ts'
import { randomFor } from './random.ts'
import { chiefs, extraPosts } from './staff.ts'
import { at } from './story.ts'

/** One step taken on a request: by whose account, for which party, and when. */
export type DemoDecision = {
  readonly step: number
  readonly party: string
  readonly act: 'submitted' | 'approved' | 'returned' | 'refused' | 'withdrawn' | 'cancelled' | 'filed'
  readonly signIn: string
  readonly note: string | null
  readonly day: CivilDay
  readonly second: number
}

export type DemoLeave = {
  readonly id: string
  readonly person: DemoPerson
  readonly kind: LeaveKind
  readonly period: LeavePeriod
  readonly workingHalves: number
  readonly calendarHalves: number
  readonly reason: string
  readonly standIn: DemoPerson | null
  readonly state: LeaveState
  readonly route: readonly RouteStep[]
  readonly step: number
  readonly decisions: readonly DemoDecision[]
}

type Hall = { readonly seed: string; readonly calendar: Calendar; readonly byName: ReadonlyMap<string, DemoPerson> }

/** The id of the request behind an absence, or null for what is no leave or does not fill its half-days. */
export function leaveIdOf(seed: string, absence: DemoAbsence): string | null {
  if (periodOf(absence) === null) return null
  return seedId(seed, 'leave', absence.person.staffNumber, absence.kind, absence.first, absence.from)
}

/** The approved requests behind past and coming absences, and those of the story's people in every other state. */
export function demoLeaves(
  seed: string,
  calendar: Calendar,
  people: readonly DemoPerson[],
  absences: readonly DemoAbsence[],
  today: CivilDay | null,
): DemoLeave[] {
  const hall = { seed, calendar, byName: new Map(people.map((person) => [person.name, person])) }
  const approved = absences.flatMap((absence) => {
    const period = periodOf(absence)
    const id = leaveIdOf(seed, absence)
    if (period === null || id === null) return []
    const { person, standIn, note: reason } = absence
    const days = 2 + randomFor(seed, 'asked', id).int(0, 4)
    const asked = {
      id,
      person,
      standIn,
      reason,
      kind: absence.kind as LeaveKind,
      period,
      askedOn: addDays(period.firstDay, -days),
    }
    return leaveOf(hall, asked, { state: 'approved', approvedBy: null, by: null, note: null })
  })
  return withoutOverlaps(today === null ? approved : [...approved, ...partsOf(hall, today)])
}

/** One person's requests never share a half-day; of two that would, the first stands. */
function withoutOverlaps(leaves: readonly DemoLeave[]): DemoLeave[] {
  const taken = new Map<string, LeavePeriod[]>()
  const seen = new Set<string>()
  return leaves.filter((leave) => {
    const others = taken.get(leave.person.id) ?? []
    if (seen.has(leave.id) || others.some((other) => rangesOverlap(rangeOf(other), rangeOf(leave.period)))) return false
    seen.add(leave.id)
    taken.set(leave.person.id, [...others, leave.period])
    return true
  })
}

function partsOf(hall: Hall, today: CivilDay): DemoLeave[] {
  return leaveParts.flatMap((part) => {
    const person = hall.byName.get(part.name)
    if (!person) return []
    const firstDay = workdayFrom(hall.calendar, addDays(today, part.in))
    const last = addHalfDays({ day: firstDay, half: part.from }, part.halves - 1)
    const lastDay = workdayFrom(hall.calendar, last.day)
    const period = { firstDay, firstHalf: part.from, lastDay, lastHalf: last.half }
    const standIn = part.standIn ? (hall.byName.get(part.standIn) ?? null) : null
    const id = seedId(hall.seed, 'leave', part.name, part.state)
    const askedOn = workdayBefore(hall.calendar, addDays(today, -1))
    const { state, approvedBy = [], by = null, note = null, reason, kind } = part
    return leaveOf(hall, { id, person, standIn, reason, kind, period, askedOn }, { state, approvedBy, by, note })
  })
}

function workdayFrom(calendar: Calendar, day: CivilDay): CivilDay {
  return isWorkday(calendar, day) ? day : workdayFrom(calendar, addDays(day, 1))
}

function workdayBefore(calendar: Calendar, day: CivilDay): CivilDay {
  return isWorkday(calendar, day) ? day : workdayBefore(calendar, addDays(day, -1))
}

const leaves: readonly string[] = leaveKinds

/** Which half-days an absence fills; null when it is no leave, or begins or ends within a half. */
function periodOf(absence: DemoAbsence): LeavePeriod | null {
  const firstHalf: Half | null = absence.from === 0 ? 'am' : absence.from === at('13:30') ? 'pm' : null
  const lastHalf: Half | null = absence.to === at('24:00') ? 'pm' : absence.to === at('12:00') ? 'am' : null
  if (firstHalf === null || lastHalf === null || !leaves.includes(absence.kind)) return null
  return { firstDay: absence.first, firstHalf, lastDay: absence.last, lastHalf }
}

type Asked = Pick<DemoLeave, 'id' | 'person' | 'standIn' | 'reason' | 'kind' | 'period'> & {
  readonly askedOn: CivilDay
}
type Course = {
  readonly state: LeaveState
  /** Null: everybody on the route has approved. */
  readonly approvedBy: readonly Party[] | null
  readonly by: Party | null
  readonly note: string | null
}

function leaveOf(hall: Hall, asked: Asked, course: Course): DemoLeave[] {
  const count = countLeave(asked.period, (day) => halvesOn(hall.calendar, day))
  const halves = chargedHalves(leaveProfile.kinds[asked.kind].count, count)
  const applicant = applicantOf(asked.person)
  const chosen = routeFor(leaveProfile, { kind: asked.kind, halves, applicant })
  if (!chosen.ok) return []
  const passed = passOver(chosen.value, (party) => deciderOf(hall, asked.person, party) !== null)
  if (!passed.ok) return []
  const route = passed.value.steps
  const { workingHalves, calendarHalves } = count
  const { askedOn, ...rest } = asked
  const { decisions, step } = decisionsOf(hall, asked, route, course)
  const kept = course.state === 'draft' ? [] : route
  return [{ ...rest, workingHalves, calendarHalves, state: course.state, route: kept, step, decisions }]
}

function halvesOn(calendar: Calendar, day: CivilDay): Readonly<Record<Half, HalfKind>> {
  const found = dayOf(calendar, day)
  return found.ok ? found.value.halves : { am: 'rest', pm: 'rest' }
}

function applicantOf(person: DemoPerson): Applicant {
  const roles = staffRoles[person.name] ?? []
  if (roles.includes('hr')) return 'hr'
  if (chiefs.some(([name]) => name === person.name)) return 'chief_representative'
  return roles.includes('duty_officer') ? 'duty_officer' : 'staff'
}

/** The account that speaks for a party on somebody's request; null when nobody holds that place. */
function deciderOf(hall: Hall, person: DemoPerson, party: Party): string | null {
  const numberOf = (name: string) => (name === person.name ? null : (hall.byName.get(name)?.staffNumber ?? null))
  if (party === 'chief_representative') {
    const own = [person.window, ...extraPosts.filter(([name]) => name === person.name).map(([, , window]) => window)]
    const chief = chiefs.find(([, over]) => over.some((window) => own.includes(window)))
    return chief ? numberOf(chief[0]) : null
  }
  if (party === 'unit_leader' || party === 'unit_contact') {
    return outsiders.find((one) => one.role === party && one.unit === person.unit)?.signIn ?? null
  }
  const byRole: Readonly<Record<string, readonly string[]>> = {
    hr: ['唐慧', '翟文涛'],
    leader: ['王岱岳'],
    duty_officer: ['刘洋', '陶然'],
  }
  return byRole[party]?.map(numberOf).find((number) => number !== null) ?? null
}

/** What has happened to a request, step by step, a quarter of an hour to an hour apart on the day it was asked for. */
function decisionsOf(hall: Hall, asked: Asked, route: readonly RouteStep[], course: Course) {
  const { state, by, note } = course
  if (state === 'draft') return { decisions: [], step: 0 }
  const random = randomFor(hall.seed, 'decided', asked.id)
  const { given, step } = approvalsOf(hall, asked, route, course.approvedBy)
  const own = asked.person.staffNumber
  const signInOf = (party: Party) => deciderOf(hall, asked.person, party) ?? own
  const said: Omit<DemoDecision, 'day' | 'second'>[] = [
    { step: 0, party: 'applicant', act: 'submitted', signIn: own, note: null },
    ...given.map((one) => ({ ...one, act: 'approved' as const, signIn: signInOf(one.party), note: null })),
  ]
  if (by && (state === 'returned' || state === 'refused'))
    said.push({ step, party: by, act: state, signIn: signInOf(by), note })
  if (state === 'withdrawn' || state === 'cancelled') {
    said.push({ step, party: 'applicant', act: state, signIn: own, note })
  }
  let second = at('09:20') + random.int(0, 5400)
  const decisions = said.map((one) => {
    const when = { day: asked.askedOn, second }
    second += random.int(900, 3600)
    return { ...one, ...when }
  })
  return { decisions, step }
}

/** The approvals given so far, by everybody on the route or by those named, and the step that is due after them. */
function approvalsOf(hall: Hall, asked: Asked, route: readonly RouteStep[], named: readonly Party[] | null) {
  const given: { readonly step: number; readonly party: Party }[] = []
  for (const [step, one] of route.entries()) {
    const needed = one.mode === 'all' ? one.parties : [chosenParty(hall, asked, one, named)]
    const willing = needed.filter((party) => named === null || named.includes(party))
    given.push(...willing.map((party) => ({ step, party })))
    if (willing.length < needed.length) return { given, step }
  }
  return { given, step: route.length }
}

/** Of a step that one of several parties decides: who is named for it, else the first whose place somebody holds. */
function chosenParty(hall: Hall, asked: Asked, step: RouteStep, named: readonly Party[] | null): Party {
  const held = (party: Party) => deciderOf(hall, asked.person, party) !== null
  return step.parties.find((party) => named?.includes(party)) ?? step.parties.find(held) ?? (step.parties[0] as Party)
}
