import type { CivilDay, CoverageFact, DayFacts, DayResult, Second, SlotResult } from '#app/domain/attendance/day.ts'
import type { CoverageKind } from '#app/domain/attendance/marks.ts'
import { type Act, actNow } from './act.ts'
import { type Hours, type Presence, presenceOf } from './presence.ts'
import { type ReaderFacts, silentReaders } from './silence.ts'
import { type GroupFacts, type HallBoard, hallBoard, type PostFacts, type WindowFacts } from './window.ts'

/** What is known of one person's day. */
export type PersonDay = { readonly facts: DayFacts; readonly result: DayResult; readonly hours: Hours | null }

export type CoverageOfDay = {
  readonly personId: string
  readonly kind: CoverageKind
  readonly from: Second
  readonly to: Second
  readonly note: string | null
  readonly standInId: string | null
}

export type HallSource = {
  readonly day: CivilDay
  readonly now: Second
  readonly windows: readonly WindowFacts[]
  readonly posts: readonly PostFacts[]
  readonly groups: readonly GroupFacts[]
  readonly days: ReadonlyMap<string, PersonDay>
  readonly coverage: readonly CoverageOfDay[]
  readonly readers: readonly ReaderFacts[]
  readonly readersOf: ReadonlyMap<string, readonly string[]>
}

/** One recent punch with the slot that received it, or none. */
export type FeedLine = { readonly personId: string; readonly second: Second; readonly slot: SlotResult | null }

export type HallDay = {
  readonly day: CivilDay
  readonly now: Second
  readonly board: HallBoard
  readonly acts: readonly Act[]
  readonly people: ReadonlyMap<string, Presence>
  /** Who is away for a part of today and due back, by the time of return 外出与返回. */
  readonly out: readonly CoverageOfDay[]
  readonly feed: readonly FeedLine[]
}

/** The whole board of one moment 今日在岗 from the facts of that day; nothing else enters. */
export function hallDay(source: HallSource): HallDay {
  const silences = silentReaders(source.readers)
  const silent = new Set(silences.map((silence) => silence.readerId))
  const people = presences(source, silent)
  const standIns = new Map(source.coverage.filter((one) => isNow(one, source.now)).flatMap((one) => nameStandIn(one)))
  const facts = { ...source, people, standIns }
  const board = hallBoard(facts)
  return {
    day: source.day,
    now: source.now,
    board,
    acts: actNow(facts, board, silences),
    people,
    out: outToday(source),
    feed: feedOf(source.days, 8),
  }
}

function presences(source: HallSource, silent: ReadonlySet<string>): Map<string, Presence> {
  return new Map(
    [...source.days].map(([id, { facts, result, hours }]) => {
      const own = source.readersOf.get(id) ?? []
      const readersSilent = own.length > 0 && own.every((reader) => silent.has(reader))
      return [
        id,
        presenceOf({ result, hours, coverage: facts.coverage, outages: facts.outages, readersSilent, now: source.now }),
      ]
    }),
  )
}

function nameStandIn(coverage: CoverageOfDay): [string, string][] {
  return coverage.standInId ? [[coverage.personId, coverage.standInId]] : []
}

function isNow(coverage: Pick<CoverageFact, 'from' | 'to'>, now: Second): boolean {
  return coverage.from <= now && now < coverage.to
}

/** Away now, back before the day's last boundary. */
function outToday(source: HallSource): CoverageOfDay[] {
  return source.coverage
    .filter((one) => isNow(one, source.now) && one.to < lastBoundary(source.days.get(one.personId)?.hours))
    .sort((a, b) => a.to - b.to)
}

function lastBoundary(hours: Hours | null | undefined): Second {
  return hours?.pm?.end ?? hours?.am?.end ?? 0
}

/** The last punches of the day, newest first 刚到的签到; a repeat within a slot is not told twice. */
export function feedOf(days: ReadonlyMap<string, PersonDay>, count: number): FeedLine[] {
  const lines = [...days].flatMap(([personId, { result }]) => [
    ...result.slots.flatMap((slot) => (slot.punch ? [{ personId, second: slot.punch.second, slot }] : [])),
    ...result.unused.map((punch) => ({ personId, second: punch.second, slot: null })),
  ])
  return lines.sort((a, b) => b.second - a.second || compare(a.personId, b.personId)).slice(0, count)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
