import { leaveProfile } from '#app/domain/leave/preset.ts'
import { seedId } from './ids.ts'
import type { DemoLeave } from './leaves.ts'
import { at } from './story.ts'
import { idsOf, instant, type Row, type Table } from './tables.ts'

/** The last number given of each year; a request takes the next one when it is submitted 编号. */
export type Numbers = ReadonlyMap<number, number>

const submittedAt = (leave: DemoLeave): string | null => {
  const first = leave.decisions[0]
  return first ? instant(first.day, first.second) : null
}

/** Requests and what was decided on them; their numbers begin after those already given. */
export function leaveTables(seed: string, leaves: readonly DemoLeave[], given: Numbers = new Map()): Table[] {
  const last = new Map(given)
  const inOrder = [...leaves].sort((a, b) => ((submittedAt(a) ?? '') < (submittedAt(b) ?? '') ? -1 : 1))
  const requests = inOrder.map((leave) => requestRow(seed, leave, numberOf(leave, last)))
  return [
    { name: 'leave_request', rows: requests },
    { name: 'leave_decision', rows: inOrder.flatMap((leave) => decisionRows(seed, leave)) },
  ]
}

function numberOf(leave: DemoLeave, last: Map<number, number>): string | null {
  const at = submittedAt(leave)
  if (at === null) return null
  const year = Number(at.slice(0, 4))
  const next = (last.get(year) ?? 0) + 1
  last.set(year, next)
  return `QJ-${year}-${String(next).padStart(4, '0')}`
}

function requestRow(seed: string, leave: DemoLeave, number: string | null): Row {
  const { period, person, decisions } = leave
  const final = decisions.at(-1)
  const over = !['draft', 'submitted', 'returned'].includes(leave.state)
  return {
    centre_id: idsOf(seed).centre,
    id: leave.id,
    number,
    person_id: person.id,
    kind: leave.kind,
    first_day: period.firstDay,
    first_half: period.firstHalf,
    last_day: period.lastDay,
    last_half: period.lastHalf,
    working_halves: leave.workingHalves,
    calendar_halves: leave.calendarHalves,
    reason: leave.reason,
    leaves_town: false,
    stand_in_id: leave.standIn?.id ?? null,
    state: leave.state,
    route: leave.route,
    rule_version: number === null ? null : leaveProfile.version,
    round: number === null ? 0 : 1,
    step: leave.step,
    created_at: submittedAt(leave) ?? instant(period.firstDay, -10 * 86_400),
    submitted_at: submittedAt(leave),
    decided_at: over && final ? instant(final.day, final.second) : null,
    revision: decisions.length,
  }
}

function decisionRows(seed: string, leave: DemoLeave): Row[] {
  const ids = idsOf(seed)
  return leave.decisions.map((one, index) => ({
    centre_id: ids.centre,
    id: seedId(seed, 'leave-decision', leave.id, index),
    request_id: leave.id,
    round: 1,
    step: one.step,
    party: one.party,
    act: one.act,
    actor_id: ids.account(one.signIn),
    note: one.note,
    at: instant(one.day, one.second),
  }))
}

/** The absences of approved requests that no absence stands behind yet: those still to come. */
export function comingTables(seed: string, leaves: readonly DemoLeave[], known: ReadonlySet<string>): Table[] {
  const rows = leaves
    .filter((leave) => leave.state === 'approved' && !known.has(leave.id))
    .map(
      ({ id, person, kind, period, reason, standIn }): Row => ({
        centre_id: idsOf(seed).centre,
        id: seedId(seed, 'coverage', id),
        person_id: person.id,
        kind,
        starts_at: instant(period.firstDay, period.firstHalf === 'am' ? 0 : at('13:30')),
        ends_at: instant(period.lastDay, period.lastHalf === 'am' ? at('12:00') : at('24:00')),
        note: reason,
        stand_in_id: standIn?.id ?? null,
        leave_id: id,
      }),
    )
  return [{ name: 'coverage', rows }]
}
