import type { Scope } from '#app/domain/access/roles.ts'
import type { CivilDay, Second } from '#app/domain/attendance/day.ts'
import { judgeDay } from '#app/domain/attendance/judge.ts'
import type { CoverageKind } from '#app/domain/attendance/marks.ts'
import type { Hall } from '#app/domain/duty/hall.ts'
import { type CoverageOfDay, hallDay, type PersonDay } from '#app/domain/duty/hall-day.ts'
import { hoursOf } from '#app/domain/duty/hours.ts'
import { type ReaderFacts, watch } from '#app/domain/duty/silence.ts'
import { addDays, daysBetween } from '#app/domain/time/day.ts'
import { civilOf, instantOf } from '#app/domain/time/zone.ts'
import {
  chiefsOn,
  groupsOf,
  postsOn,
  punchesPerStretch,
  type ReaderLine,
  readersOf,
  readersOfPeople,
  windowsOn,
  zonesOf,
} from './board.server.ts'
import { type CoverageLine, coveragesBetween } from './coverage.server.ts'
import { loadDayFacts } from './day-facts.server.ts'
import type { PrismaClient } from './generated/client.ts'
import { peopleInService } from './people.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
type Centre = { readonly id: string; readonly zone: string }

/** The board of this moment for a scope: every fact loaded in a fixed number of queries, judged by the domain. */
export async function loadHall(db: Db, centre: Centre, scope: Scope, atMs: number): Promise<Hall> {
  const { day, second: now } = civilOf(atMs, centre.zone)
  const [windows, zones, people] = await Promise.all([
    windowsOn(db, scope, day),
    zonesOf(db, centre.id),
    peopleInService(db, scope, day),
  ])
  const windowIds = windows.map((window) => window.id)
  const personIds = people.map((person) => person.id)
  const [posts, chiefs, groups, readers, counts, enrolled, coverage, judged] = await Promise.all([
    postsOn(db, centre.id, windowIds, day),
    chiefsOn(db, centre.id, windowIds, day),
    groupsOf(db, centre.id, windowIds),
    readersOf(db, centre.id),
    punchesPerStretch(db, centre.id, stretches(centre, day, now)),
    readersOfPeople(db, centre.id, personIds, atMs),
    coveragesBetween(db, centre.id, instantOf(day, 0, centre.zone), instantOf(addDays(day, 1), 0, centre.zone)),
    loadDayFacts(db, centre, personIds, day, atMs),
  ])
  const days = new Map([...judged].map(([id, { facts, rules }]) => [id, personDay(facts, rules)]))
  const seen = new Set(personIds)
  const hall = hallDay({
    day,
    now,
    windows,
    posts,
    groups,
    days,
    coverage: coverage.filter((one) => seen.has(one.personId)).map((one) => coverageOfDay(one, day, centre.zone)),
    readers: readers.map((reader) => readerFacts(reader, counts, day, centre.zone)),
    readersOf: enrolled,
  })
  const rules = new Map([...judged.values()].map((one) => [one.rules.version, one.rules.name]))
  return { day, now, hall, zones, windows, groups, chiefs, people, readers, days, posts, rules }
}

type Loaded = Awaited<ReturnType<typeof loadDayFacts>> extends Map<string, infer One> ? One : never

function personDay(facts: Loaded['facts'], rules: Loaded['rules']): PersonDay {
  const result = judgeDay(facts, rules)
  return { facts, result, hours: hoursOf(rules, result.plan) }
}

function coverageOfDay(line: CoverageLine, day: CivilDay, zone: string): CoverageOfDay {
  const { personId, note, standInId } = line
  const second = (at: Date) => secondOf(at, day, zone)
  return {
    personId,
    note,
    standInId,
    kind: line.kind as CoverageKind,
    from: second(line.startsAt),
    to: second(line.endsAt),
  }
}

function secondOf(at: Date, day: CivilDay, zone: string): Second {
  const civil = civilOf(at.getTime(), zone)
  return daysBetween(day, civil.day) * 86_400 + civil.second
}

/** How many earlier days a reader's silence is compared with. */
const earlier = 14

/** The last stretch of today first, then the same stretch of the days before. */
function stretches(centre: Centre, day: CivilDay, now: Second) {
  return Array.from({ length: earlier + 1 }, (_, back) => {
    const to = instantOf(addDays(day, -back), now, centre.zone)
    return { from: to - watch * 1000, to }
  })
}

function readerFacts(
  reader: ReaderLine,
  counts: readonly { sourceId: string; stretch: number; count: number }[],
  day: CivilDay,
  zone: string,
): ReaderFacts {
  const past = counts.filter((one) => one.stretch > 0)
  const workdays = new Set(past.map((one) => one.stretch)).size
  const total = past.filter((one) => one.sourceId === reader.id).reduce((sum, one) => sum + one.count, 0)
  const today = (at: Date | null) => {
    const second = at ? secondOf(at, day, zone) : null
    return second !== null && second >= 0 ? second : null
  }
  return {
    id: reader.id,
    state: reader.state as ReaderFacts['state'],
    stateSince: today(reader.stateSince),
    lastPunch: today(reader.lastPunchAt),
    recent: counts.find((one) => one.sourceId === reader.id && one.stretch === 0)?.count ?? 0,
    usual: workdays === 0 ? 0 : total / workdays,
  }
}
