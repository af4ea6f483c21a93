import { describe, expect, it } from 'vitest'
import type { CoverageFact, DayFacts, PunchFact } from '#app/domain/attendance/day.ts'
import { judgeDay } from '#app/domain/attendance/judge.ts'
import type { CoverageKind } from '#app/domain/attendance/marks.ts'
import { fourPunchProfile } from '#app/domain/attendance/presets.ts'
import { parseAttendanceRules } from '#app/domain/attendance/rules.ts'
import { hoursOf } from '#app/domain/duty/hours.ts'
import { type Presence, presenceOf } from '#app/domain/duty/presence.ts'
import { minuteOfTime } from '#app/domain/time/clock-time.ts'

const parsed = parseAttendanceRules(fourPunchProfile)
if (!parsed.ok) throw new Error('the profile does not parse')
const rules = parsed.value

function at(text: string): number {
  return minuteOfTime(text) * 60 + Number(text.slice(6) || 0)
}

type Day = {
  now: string
  punches?: string[]
  coverage?: [CoverageKind, string, string][]
  outage?: [string, string]
  silent?: boolean
  day?: Partial<DayFacts>
}

/** Friday 20 November 2026, 09:00–12:00 and 13:30–17:00. */
function where({ now, punches = [], coverage = [], outage, silent = false, day = {} }: Day): Presence {
  const away: CoverageFact[] = coverage.map(([kind, from, to], key) => ({
    kind,
    from: at(from),
    to: at(to),
    key: `${key}`,
  }))
  const facts: DayFacts = {
    day: '2026-11-20',
    inService: true,
    calendar: { am: 'work', pm: 'work' },
    provisional: false,
    groups: [],
    punches: punches.map((text): PunchFact => ({ second: at(text), source: 'one', key: text })),
    coverage: away,
    outages: outage ? [{ source: 'one', from: at(outage[0]), to: at(outage[1]), key: 'o' }] : [],
    asOf: at(now),
    ...day,
  }
  const result = judgeDay(facts, rules)
  const hours = hoursOf(rules, result.plan)
  return presenceOf({
    result,
    hours,
    coverage: facts.coverage,
    outages: facts.outages,
    readersSilent: silent,
    now: at(now),
  })
}

describe('where a person is', () => {
  it('is waiting until the boundary and its whole minute have passed, then missing', () => {
    expect(where({ now: '08:40' }).state).toBe('waiting')
    expect(where({ now: '09:00:59' }).state).toBe('waiting')
    expect(where({ now: '09:01' })).toMatchObject({ state: 'missing', since: at('09:00') })
  })

  it('is here from the first finger, late or not', () => {
    expect(where({ now: '09:30', punches: ['08:21:02'] })).toMatchObject({ state: 'here', since: at('08:21:02') })
    expect(where({ now: '09:30', punches: ['09:06:11'] })).toMatchObject({ state: 'here', minutesLate: 6 })
  })

  it('is away while approved, and its kind says how', () => {
    const away: Day = { now: '10:00', coverage: [['duty_out', '09:20', '11:20']], punches: ['08:27:12'] }
    expect(where(away)).toMatchObject({ state: 'out', until: at('11:20'), kind: 'duty_out' })
    expect(where({ ...away, now: '11:20' }).state).toBe('here')
    expect(where({ now: '10:00', coverage: [['annual', '00:00', '24:00']] }).state).toBe('leave')
  })

  it('is due again when the time away ends, and only a finger proves the return', () => {
    const away: Day = { now: '10:30', coverage: [['private', '00:00', '10:00']] }
    expect(where(away)).toMatchObject({ state: 'missing', since: at('10:00') })
    expect(where({ ...away, punches: ['09:58:00'] })).toMatchObject({ state: 'here', since: at('09:58:00') })
  })

  it('is unknown and never missing when the reader could not hear it', () => {
    expect(where({ now: '09:30', outage: ['08:50', '09:31'] }).state).toBe('unknown')
    expect(where({ now: '09:30', silent: true }).state).toBe('unknown')
  })

  it('is missing again when a short outage of later is over and still nobody came', () => {
    const blip: Day = { now: '09:40', outage: ['09:35', '09:37'] }
    expect(where(blip).state).toBe('unknown')
    expect(where({ ...blip, now: '09:50' })).toMatchObject({ state: 'missing', since: at('09:00') })
  })

  it('is asked for again in the afternoon, and gone after the last boundary', () => {
    expect(where({ now: '13:00', punches: ['08:21:00', '12:03:00'] }).state).toBe('waiting')
    expect(where({ now: '13:45', punches: ['08:21:00', '12:03:00'] }).state).toBe('missing')
    expect(where({ now: '17:10', punches: ['08:21:00', '12:03:00', '13:20:00'] }).state).toBe('gone')
  })

  it('is not due on a rest day, on a holiday and outside the posting', () => {
    expect(where({ now: '10:00', day: { calendar: { am: 'rest', pm: 'rest' } } }).state).toBe('not_due')
    expect(where({ now: '10:00', day: { calendar: { am: 'holiday', pm: 'holiday' } } }).state).toBe('not_due')
    expect(where({ now: '10:00', day: { inService: false } }).state).toBe('not_due')
  })
})
