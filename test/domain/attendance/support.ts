import type {
  CoverageFact,
  DayFacts,
  DayResult,
  HalfKind,
  ManualFact,
  OutageFact,
  PunchFact,
} from '#app/domain/attendance/day.ts'
import { judgeDay } from '#app/domain/attendance/judge.ts'
import type { CoverageKind } from '#app/domain/attendance/marks.ts'
import { fourPunchProfile } from '#app/domain/attendance/presets.ts'
import type { AttendanceRules } from '#app/domain/attendance/rules.ts'

/** "09:06" or "09:06:14" in seconds. */
export function at(time: string): number {
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number)
  return hour * 3600 + minute * 60 + second
}

export function punches(...times: string[]): PunchFact[] {
  return times.map((time) => ({ second: at(time), source: 'east', key: time }))
}

export function covered(kind: CoverageKind, from: string, to: string): CoverageFact {
  return { kind, from: at(from), to: at(to), key: `${kind} ${from}` }
}

export function outage(from: string, to: string): OutageFact {
  return { source: 'east', from: at(from), to: at(to), key: `outage ${from}` }
}

export function byHand(slot: string, by: ManualFact['by'], time: string | null, witnessed = false): ManualFact {
  return { slot, by, second: time === null ? null : at(time), witnessed, key: `${by} ${slot}` }
}

export const friday: DayFacts = {
  day: '2026-11-20',
  inService: true,
  calendar: { am: 'work', pm: 'work' },
  provisional: false,
  groups: [],
  punches: [],
  coverage: [],
  outages: [],
  asOf: null,
}

export const free = (kind: HalfKind): Pick<DayFacts, 'calendar'> => ({ calendar: { am: kind, pm: kind } })

/** Judges a day of the four-punch profile, or of the rules given. */
export function judge(facts: Partial<DayFacts>, rules: AttendanceRules = fourPunchProfile): DayResult {
  return judgeDay({ ...friday, ...facts }, rules)
}

/** "am mark, pm mark" with minutes: "late 6 | present". */
export function said(result: DayResult): string {
  return [result.halves.am, result.halves.pm]
    .map((half) =>
      [half.mark ?? 'open', half.minutesLate || '', half.minutesEarly ? `-${half.minutesEarly}` : '']
        .filter((part) => part !== '')
        .join(' '),
    )
    .join(' | ')
}

type Plan = AttendanceRules['plans'][number]

/** A rule set with one plan for all workdays. */
export function ruleSet(
  halves: Plan['halves'],
  slots: Plan['slots'],
  more: Partial<AttendanceRules> = {},
): AttendanceRules {
  return {
    version: 'test-1',
    valid_from: '2020-01-01',
    name: 'test',
    source: { title: 'test', number: null, date: null },
    day_boundary: '04:00',
    plans: [{ id: 'day', when: { workday: true }, halves, slots }],
    missing: { one_boundary: 'missing_punch', all_of_half: 'absent_half' },
    ...more,
  }
}

/** One slot in a line: slot('am_in', 'in', '07:30-10:00', 'am'). */
export function slot(
  id: string,
  kind: 'in' | 'out' | 'either',
  window: string,
  serves: 'am' | 'pm' | 'both',
  onTime?: Plan['slots'][number]['on_time'],
): Plan['slots'][number] {
  const [open = '', close = ''] = window.split('-')
  const base = { id, kind, serves: serves === 'both' ? (['am', 'pm'] as const).slice() : [serves], open, close }
  return onTime === undefined ? base : { ...base, on_time: onTime }
}
