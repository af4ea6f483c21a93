import type { CivilDay } from '#app/domain/attendance/day.ts'
import { greet } from '#app/domain/attendance/greeting.ts'
import { judgeDay } from '#app/domain/attendance/judge.ts'
import { judgedGreeting, type KioskGreeting, plainGreeting } from '#app/domain/devices/greeting.ts'
import { attendanceDayOf } from '#app/domain/time/attendance-day.ts'
import { civilOf, instantOf } from '#app/domain/time/zone.ts'
import { boundaryOf, loadDayFacts, punchKey } from './day-facts.server.ts'
import type { LivePunch } from './deliveries.server.ts'
import { kioskPerson, type PersonCard, personCards } from './enrolments.server.ts'
import type { PrismaClient } from './generated/client.ts'
import { punchByKey, type RecentPunch } from './punches.server.ts'
import { type RuleLine, ruleLinesOf, rulesOnDays } from './rule-sets.server.ts'
import type { JudgedDay } from './stale-days.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
export type CentreZone = { readonly id: string; readonly zone: string }

type OwnedPunch = {
  readonly key: string
  readonly subject: string
  readonly atMs: number
  readonly personId: string
  /** The attendance day that the punch belongs to. */
  readonly day: CivilDay
}

/** The attendance day of instants: what comes before the rule set's day boundary belongs to yesterday (rules.md §1). */
export async function attendanceDays(
  db: Db,
  centre: CentreZone,
  instants: readonly number[],
  lines?: readonly RuleLine[],
): Promise<(atMs: number) => CivilDay> {
  const days = new Set(instants.map((atMs) => civilOf(atMs, centre.zone).day))
  const rules = await rulesOnDays(db, centre.id, lines ?? (await ruleLinesOf(db, centre.id)), days)
  const boundaries = new Map([...rules].map(([day, inForce]) => [day, boundaryOf(inForce)]))
  return (atMs) => {
    const civil = civilOf(atMs, centre.zone)
    return attendanceDayOf(civil.day, civil.second, boundaries.get(civil.day) ?? 0).day
  }
}

/** Judges one day of some people from what is stored now. People whose day cannot be judged are absent. */
async function judgePeople(
  db: Db,
  centre: CentreZone,
  personIds: readonly string[],
  day: CivilDay,
  asOfMs: number,
): Promise<Map<string, JudgedDay>> {
  const loaded = await loadDayFacts(db, centre, personIds, day, asOfMs)
  return new Map([...loaded].map(([id, { facts, rules }]) => [id, { facts, result: judgeDay(facts, rules) }]))
}

/** What a punch says before it is judged: that it is received, and of whom; for nobody's slot or a doubtful time that is all. */
function unjudged(zone: string, epoch: string, punch: LivePunch): KioskGreeting {
  const { second } = civilOf(punch.atMs, zone)
  const said = { key: punchKey({ ...punch, spoolEpoch: epoch }), subject: punch.subject, second, person: punch.person }
  if (punch.quarantine !== null) return plainGreeting('quarantined', said)
  return plainGreeting(punch.personId === null ? 'parked' : 'received', said)
}

/** Punches that this process is storing. Their event may be heard a moment before their statement answers, and waits for it. */
const awaited = new Map<string, Promise<KioskGreeting | null>>()

/**
 * Announces punches that are about to be stored, so that their event need not ask the database. The answer is called with
 * what was stored; what is not among it, or was no live punch, is asked for after all.
 */
export function expectLive(
  centre: CentreZone,
  epoch: string,
  punches: readonly { readonly seq: number; readonly atMs: number }[],
): (stored: readonly LivePunch[]) => void {
  const waiting = new Map<number, (greeting: KioskGreeting | null) => void>()
  for (const { seq, atMs } of punches) {
    const said = new Promise<KioskGreeting | null>((resolve) => waiting.set(seq, resolve))
    keep(awaited, `${centre.id} ${epoch}:${seq}:${atMs}`, said)
  }
  return (stored) => {
    for (const punch of stored) {
      const greeting = unjudged(centre.zone, epoch, punch)
      waiting.get(punch.seq)?.(greeting)
      for (const listener of storedHere) listener(centre.id, punch.sourceId, greeting)
    }
    for (const resolve of waiting.values()) resolve(null)
  }
}

type StoredListener = (centreId: string, sourceId: string, greeting: KioskGreeting) => void
const storedHere = new Set<StoredListener>()

/** Tells of live punches as soon as this process has stored them; their event comes a little later through the database. */
export function onStoredHere(listener: StoredListener): () => void {
  storedHere.add(listener)
  return () => storedHere.delete(listener)
}

type Kept = { readonly punch: OwnedPunch; readonly day: JudgedDay | undefined; readonly untilMs: number }

/**
 * Days that a delivery of this process has just judged, by the punch's key: its event comes back within milliseconds, and the
 * screens need not judge the same facts again. An event of another process finds nothing here and asks the database.
 */
const justJudged = new Map<string, Kept>()
const keptMs = 5_000
const keptMost = 200

/** Keeps for the screens what a delivery has judged. It is asked for by the event only, which nobody hears before the commit. */
export function keepJudged(centreId: string, punch: OwnedPunch, day: JudgedDay | undefined, nowMs: number): void {
  keep(justJudged, `${centreId} ${punch.key}`, { punch, day, untilMs: nowMs + keptMs })
}

/** The latest ones only. */
function keep<Value>(kept: Map<string, Value>, key: string, value: Value): void {
  kept.delete(key)
  kept.set(key, value)
  const [oldest] = kept.keys()
  if (kept.size > keptMost && oldest !== undefined) kept.delete(oldest)
}

/** What the screen says of punches of one day that are already judged. */
async function greetingsOf(
  db: Db,
  centre: CentreZone,
  punches: readonly OwnedPunch[],
  judged: ReadonlyMap<string, JudgedDay>,
): Promise<KioskGreeting[]> {
  const first = punches[0]
  if (first === undefined) return []
  const ids = [...new Set(punches.map((punch) => punch.personId))]
  const cards = await personCards(db, centre.id, ids, first.day, null)
  return punches.map((punch) => greetingOf(centre, punch, cards.get(punch.personId), judged.get(punch.personId)))
}

/** What the screen says to somebody at the reader, with the partner who is there already. */
async function liveGreeting(
  db: Db,
  centre: CentreZone,
  punch: OwnedPunch,
  day: JudgedDay | undefined,
): Promise<KioskGreeting> {
  const cards = await personCards(db, centre.id, [punch.personId], punch.day, day ? arrival(centre, punch, day) : null)
  return greetingOf(centre, punch, cards.get(punch.personId), day)
}

function greetingOf(
  centre: CentreZone,
  punch: OwnedPunch,
  card: PersonCard | undefined,
  day: JudgedDay | undefined,
): KioskGreeting {
  const { second } = civilOf(punch.atMs, centre.zone)
  const person = kioskPerson(card)
  const plain = { key: punch.key, subject: punch.subject, second, person }
  if (card === undefined || person === null || day === undefined) return plainGreeting('received', plain)
  const greeting = greet(day.result, punch.key)
  const { partner } = card
  return judgedGreeting({ ...plain, person, result: day.result, greeting, coverage: day.facts.coverage, partner })
}

/** The time in which a partner's punch counts. He is worth a word when somebody arrives, not when he leaves. */
function arrival(centre: CentreZone, punch: OwnedPunch, day: JudgedDay): { from: number; to: number } | null {
  const greeting = greet(day.result, punch.key)
  const slot = day.result.slots.find((one) => one.id === greeting.slotId)
  const arrives = greeting.code === 'early' || greeting.code === 'on_time' || greeting.code === 'late'
  if (!arrives || slot === undefined) return null
  return { from: instantOf(punch.day, slot.open, centre.zone), to: punch.atMs + 1 }
}

/** Punches as the screens list them, in the order given: judged where somebody owns them, plain where nobody does. */
export async function greetPunches(
  db: Db,
  centre: CentreZone,
  rows: readonly RecentPunch[],
  nowMs: number,
): Promise<KioskGreeting[]> {
  const times = rows.map((row) => row.at.getTime())
  const dayAt = await attendanceDays(db, centre, times)
  const owned = rows.flatMap((row) => ownedOf(row, dayAt))
  const known = new Map<string, KioskGreeting>()
  for (const day of new Set(owned.map((punch) => punch.day))) {
    const ofDay = owned.filter((punch) => punch.day === day)
    const people = [...new Set(ofDay.map((punch) => punch.personId))]
    const judged = await judgePeople(db, centre, people, day, Math.max(nowMs, ...ofDay.map((punch) => punch.atMs)))
    for (const greeting of await greetingsOf(db, centre, ofDay, judged)) known.set(greeting.key, greeting)
  }
  return rows.map((row) => known.get(keyOf(row)) ?? unowned(centre, row))
}

/**
 * What the screen says first of a punch, by the key that its event carries: where this process has stored it, that it is
 * received, without asking the database; else as `greetingByKey`.
 */
export async function firstGreeting(
  db: Db,
  centre: CentreZone,
  key: string,
  nowMs: number,
): Promise<KioskGreeting | null> {
  const stored = await awaited.get(`${centre.id} ${key.slice(key.indexOf(':') + 1)}`)
  return stored ?? greetingByKey(db, centre, key, nowMs)
}

/** The greeting of one punch, by the key that its event carries; null when there is no such punch. */
export async function greetingByKey(
  db: Db,
  centre: CentreZone,
  key: string,
  nowMs: number,
): Promise<KioskGreeting | null> {
  const kept = justJudged.get(`${centre.id} ${key}`)
  if (kept !== undefined && nowMs <= kept.untilMs) return liveGreeting(db, centre, kept.punch, kept.day)
  const row = await punchByKey(db, centre.id, key)
  return row === null ? null : greetPunch(db, centre, row, nowMs)
}

/** One punch as it is said to whoever stands at the reader. */
export async function greetPunch(db: Db, centre: CentreZone, row: RecentPunch, nowMs: number): Promise<KioskGreeting> {
  const [punch] = ownedOf(row, await attendanceDays(db, centre, [row.at.getTime()]))
  if (punch === undefined) return unowned(centre, row)
  const judged = await judgePeople(db, centre, [punch.personId], punch.day, Math.max(nowMs, punch.atMs))
  return liveGreeting(db, centre, punch, judged.get(punch.personId))
}

function keyOf(row: RecentPunch): string {
  return punchKey({ ...row, atMs: row.at.getTime() })
}

function ownedOf(row: RecentPunch, dayAt: (atMs: number) => CivilDay): OwnedPunch[] {
  if (row.personId === null || row.quarantine !== null) return []
  const { subject, personId } = row
  const atMs = row.at.getTime()
  return [{ key: keyOf(row), subject, personId, atMs, day: dayAt(atMs) }]
}

function unowned(centre: CentreZone, row: RecentPunch): KioskGreeting {
  const { second } = civilOf(row.at.getTime(), centre.zone)
  const code = row.quarantine === null ? 'parked' : 'quarantined'
  return plainGreeting(code, { key: keyOf(row), subject: row.subject, second, person: null })
}
