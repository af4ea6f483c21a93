import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { CoverageKind } from '#app/domain/attendance/marks.ts'
import { type Random, randomFor } from './random.ts'
import { at } from './story.ts'

export type Absence = {
  readonly kind: CoverageKind
  /** First and last day; within one day `from` and `to` are its seconds. */
  readonly first: CivilDay
  readonly last: CivilDay
  readonly from: number
  readonly to: number
  readonly note: string
}

type Kind = {
  readonly kind: CoverageKind
  readonly note: string
  readonly chance: number
  readonly days: readonly [number, number]
  readonly spans: readonly (readonly [string, string])[]
}

const whole = ['00:00', '24:00'] as const
const morning = ['00:00', '12:00'] as const
const afternoon = ['13:30', '24:00'] as const

const kinds: readonly Kind[] = [
  { kind: 'annual', note: '年休假', chance: 0.24, days: [1, 3], spans: [whole] },
  { kind: 'sick', note: '病假', chance: 0.06, days: [1, 2], spans: [whole] },
  { kind: 'private', note: '事假', chance: 0.1, days: [1, 1], spans: [morning, afternoon, whole] },
  { kind: 'training', note: '业务培训', chance: 0.12, days: [1, 1], spans: [whole, afternoon] },
  { kind: 'business_trip', note: '出差', chance: 0.03, days: [1, 2], spans: [whole] },
  {
    kind: 'duty_out',
    note: '现场踏勘',
    chance: 0.2,
    days: [1, 1],
    spans: [
      ['09:20', '11:30'],
      ['14:00', '16:20'],
    ],
  },
  {
    kind: 'duty_out',
    note: '送件到局',
    chance: 0.2,
    days: [1, 1],
    spans: [
      ['10:00', '11:10'],
      ['14:10', '15:20'],
    ],
  },
]

function one(random: Random, kind: Kind, workdays: readonly CivilDay[], taken: Set<CivilDay>): Absence | null {
  const length = random.int(...kind.days)
  const start = random.int(0, Math.max(0, workdays.length - length))
  const [from, to] = kind.spans[random.int(0, kind.spans.length - 1)] ?? whole
  const days = workdays.slice(start, start + length)
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last || days.some((day) => taken.has(day))) return null
  for (const day of days) taken.add(day)
  return { kind: kind.kind, first, last, from: at(from), to: at(to), note: kind.note }
}

/** One person's absences of one month, the same however the month is reached. `workdays` are the month's working days. */
export function absencesOf(seed: string, staffNumber: string, month: string, workdays: readonly CivilDay[]): Absence[] {
  const random = randomFor(seed, 'away', staffNumber, month)
  const taken = new Set<CivilDay>()
  return kinds.flatMap((kind) => {
    if (!random.chance(kind.chance)) return []
    const absence = one(random, kind, workdays, taken)
    return absence ? [absence] : []
  })
}
