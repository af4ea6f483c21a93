import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { fourPunchProfile } from '#app/domain/attendance/presets.ts'
import { explain } from '../../scripts/explain.ts'

const person = {
  id: 'p1',
  postings: [{ from: '2026-01-01', to: null }],
  punches: [
    { at: '2026-10-15T09:12:08', source: 'east', seq: 1 },
    { at: '2026-10-15T12:03:00', source: 'east', seq: 2 },
    { at: '2026-10-15T05:28:00Z', source: 'east', seq: 3 },
    { at: '2026-10-15T17:01:00', source: 'east', seq: 4 },
    { at: '2026-10-16T01:30:00', source: 'east', seq: 5 },
  ],
}

const input = {
  version: 1,
  zone: 'Asia/Shanghai',
  rule_sets: [fourPunchProfile],
  calendar: [],
  people: [person],
  days: { from: '2026-10-15', to: '2026-10-15' },
}

type Answer = {
  people: {
    id: string
    days: {
      date: string
      halves: { mark: string; minutes_late: number; reasons: { code: string; rule: string }[] }[]
      unused: { at: string }[]
    }[]
    totals: Record<string, unknown>
    counters: unknown[]
  }[]
}

function answer(more: object = {}): Answer {
  const result = explain(JSON.stringify({ ...input, ...more }))
  if (!result.ok) throw new Error(JSON.stringify(result.complaints))
  return JSON.parse(result.output) as Answer
}

const complaints = (more: object): string[] => {
  const result = explain(JSON.stringify({ ...input, ...more }))
  return result.ok ? [] : result.complaints.map((one) => one.path)
}

test('a day is explained with its rule and reasons', () => {
  const [day] = answer().people[0]?.days ?? []
  expect(day?.halves.map((half) => [half.mark, half.minutes_late])).toEqual([
    ['late', 12],
    ['present', 0],
  ])
  expect(day?.halves[0]?.reasons).toContainEqual(expect.objectContaining({ code: 'late', rule: 'late.tiers[1]' }))
})

test('a punch after midnight and before the day boundary belongs to the day before', () => {
  expect(answer().people[0]?.days[0]?.unused.map((punch) => punch.at)).toEqual(['25:30:00'])
})

test('totals and counters stand beside the days', () => {
  const month = answer({ days: { from: '2026-10-01', to: '2026-10-31' } }).people[0]
  expect(month?.days).toHaveLength(31)
  expect(month?.totals).toMatchObject({ due: 36, not_due: 26, late: 1, late_minutes: 12, absent: 34 })
  expect(month?.counters).toEqual([])
})

test('the counters of the document are counted with their events', () => {
  const counter = { id: 'late', counts: [{ mark: 'late' }], unit: 'minutes', period: 'month', each: { points: -1 } }
  const counted = answer({ rule_sets: [{ ...fourPunchProfile, counters: [counter] }] }).people[0]?.counters
  expect(counted).toEqual([
    {
      id: 'late',
      from: '2026-10-15',
      to: '2026-10-15',
      value: 12,
      events: [{ date: '2026-10-15', half: 'am', rule: 'counters[0].counts[0]', counted: 12 }],
      reached: [],
      points: -12,
      score_absent_halves: 0,
      short: 0,
      not_counted: [],
    },
  ])
})

test('a night past the day boundary keeps its punches, and the next day has none of them', () => {
  const night = {
    id: 'night',
    halves: { am: { start: '22:00', end: '02:00' }, pm: { start: '02:00', end: '06:00' } },
    slots: [
      { id: 'on', kind: 'in', serves: ['am'], open: '20:00', close: '01:00' },
      { id: 'off', kind: 'out', serves: ['pm'], open: '05:00', close: '08:00' },
    ],
  }
  const punches = ['2026-10-15T22:00:59', '2026-10-16T05:58:00'].map((at, seq) => ({ at, source: 'east', seq }))
  const days = answer({
    rule_sets: [{ ...fourPunchProfile, plans: [...fourPunchProfile.plans, night] }],
    people: [{ id: 'p1', roster: [{ date: '2026-10-15', plan: 'night' }], punches }],
    days: { from: '2026-10-15', to: '2026-10-16' },
  }).people[0]?.days
  expect(days?.map((day) => [day.halves.map((half) => half.mark), day.unused])).toEqual([
    [['present', 'early'], []],
    [['absent', 'absent'], []],
  ])
})

test('the order of keys, punches and deliveries does not change a byte', () => {
  const shuffled = {
    days: input.days,
    people: [{ ...person, punches: [...person.punches, ...person.punches].reverse() }],
    calendar: [],
    rule_sets: input.rule_sets,
    zone: input.zone,
    version: 1,
  }
  expect(explain(JSON.stringify(shuffled))).toEqual(explain(JSON.stringify(input)))
})

test('coverage, outages, corrections and roster are read', () => {
  const marks = (more: object): string[] =>
    answer({ people: [{ ...person, punches: [], ...more }] }).people[0]?.days[0]?.halves.map((half) => half.mark) ?? []
  expect(marks({ coverage: [{ kind: 'annual', from: '2026-10-14T00:00', to: '2026-10-15T12:00' }] })).toEqual([
    'annual',
    'absent',
  ])
  expect(marks({ outages: [{ source: 'east', from: '2026-10-15T08:00', to: '2026-10-15T20:00' }] })).toEqual([
    'pending',
    'pending',
  ])
  expect(marks({ roster: [{ date: '2026-10-15', plan: null }] })).toEqual(['rest', 'rest'])
  const corrections = [
    { date: '2026-10-15', slot: 'am_in' },
    { date: '2026-10-15', slot: 'am_out' },
  ]
  expect(marks({ corrections })).toEqual(['manual', 'absent'])
  expect(marks({ postings: [{ from: '2026-10-16' }] })).toEqual(['not_in_service', 'not_in_service'])
})

test('as of a moment, later punches and outages are not known yet', () => {
  const outages = [{ source: 'east', from: '2026-10-15T13:00:00', to: '2026-10-15T20:00:00' }]
  const marks = (as_of: string) =>
    answer({ people: [{ ...person, outages }], as_of }).people[0]?.days[0]?.halves.map((half) => half.mark)
  expect(marks('2026-10-14T23:00:00')).toEqual([null, null])
  expect(marks('2026-10-15T09:12:07')).toEqual([null, null])
  expect(marks('2026-10-15T09:12:08')).toEqual(['late', null])
  expect(marks('2026-10-16T04:00:00')).toEqual(['late', 'present'])
})

test('everything that is wrong is said with its path', () => {
  expect(
    complaints({ zone: 'Moon/Base', rule_sets: [{ ...fourPunchProfile, foo: 1 }], days: { from: '2026-10-15' } }),
  ).toEqual(['zone', 'days.to', 'rule_sets[0].foo'])
  expect(complaints({ rule_sets: [fourPunchProfile, fourPunchProfile] })).toEqual(['rule_sets[1].version'])
  expect(complaints({ people: [person, person] })).toEqual(['people[1].id'])
  expect(complaints({ people: [{ ...person, corrections: [{ date: '2026-10-15', slot: 'noon' }] }] })).toEqual([
    'people[0].corrections[0].slot',
  ])
  const layer = { year: 2026, layer: 'centre', title: 'x', number: null }
  expect(complaints({ calendar: [{ ...layer, days: { '2026-13-01': 'rest', '2026-10-15': 'off' } }] })).toEqual([
    'calendar[0].days.2026-13-01',
    'calendar[0].days.2026-10-15',
  ])
  expect(complaints({ calendar: [{ ...layer, days: { '2027-01-01': 'rest' } }] })).toEqual([
    'calendar[0].days.2027-01-01',
  ])
  expect(complaints({ days: { from: '2024-01-01', to: '2024-01-02' } })).toEqual(['calendar'])
  expect(complaints({ days: { from: '2026-01-02', to: '2026-01-01' } })).toEqual(['days.to'])
  expect(complaints({ rule_sets: [{ ...fourPunchProfile, valid_from: '2026-11-01' }] })).toEqual(['rule_sets'])
  expect(complaints({ people: [{ ...person, roster: [{ date: '2026-10-15', plan: 'x' }] }] })).toEqual([
    'people[0].roster[0].plan',
  ])
})

test('the command answers on standard output with status 0, or on standard error with status 1', () => {
  const script = fileURLToPath(new URL('../../scripts/explain.ts', import.meta.url))
  const run = (text: string, ...options: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', script, ...options], { input: text, encoding: 'utf8' })
  const good = run(JSON.stringify(input))
  expect([good.status, good.stderr]).toEqual([0, ''])
  expect(JSON.parse(good.stdout)).toEqual(answer())
  const bad = run('{')
  expect([bad.status, bad.stdout]).toEqual([1, ''])
  expect(JSON.parse(bad.stderr)).toEqual([{ path: '', value: null, message: expect.stringContaining('not JSON') }])
  expect(run('{', '--lang', 'zh-CN').stderr).toContain('输入不是 JSON')
})
