import type { CivilDay, DayFacts, DayResult } from '#app/domain/attendance/day.ts'
import { greet } from '#app/domain/attendance/greeting.ts'
import { judgeDay } from '#app/domain/attendance/judge.ts'
import { judgedGreeting, type KioskGreeting, type KioskPerson, plainGreeting } from '#app/domain/devices/greeting.ts'
import { attendanceDayOf } from '#app/domain/time/attendance-day.ts'
import { civilOf, instantOf } from '#app/domain/time/zone.ts'
import { boundaryOf, loadDayFacts, punchKey } from './day-facts.server.ts'
import { type PersonCard, personCards, presentPartner } from './enrolments.server.ts'
import type { PrismaClient } from './generated/client.ts'
import { punchByKey, type RecentPunch } from './punches.server.ts'
import { rulesOn } from './rule-sets.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
export type CentreZone = { readonly id: string; readonly zone: string }

type OwnedPunch = {
  readonly key: string
  readonly sourceId: string
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
): Promise<(atMs: number) => CivilDay> {
  const boundaries = new Map<CivilDay, number>()
  for (const atMs of instants) {
    const { day } = civilOf(atMs, centre.zone)
    if (boundaries.has(day)) continue
    const inForce = await rulesOn(db, centre.id, day)
    boundaries.set(day, inForce === null ? 0 : boundaryOf(inForce.rules))
  }
  return (atMs) => {
    const civil = civilOf(atMs, centre.zone)
    return attendanceDayOf(civil.day, civil.second, boundaries.get(civil.day) ?? 0).day
  }
}

type JudgedDay = { readonly facts: DayFacts; readonly result: DayResult }

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

function personOf(card: PersonCard | undefined): KioskPerson | null {
  if (card === undefined) return null
  const { name, nameEn, window, post } = card
  return { name, nameEn, post, window: window && { number: window.number, name: window.name, nameEn: window.nameEn } }
}

/** What the screen says of punches of one day that are already judged; partners are looked up only where asked for. */
async function greetingsOf(
  db: Db,
  centre: CentreZone,
  punches: readonly OwnedPunch[],
  judged: ReadonlyMap<string, JudgedDay>,
  withPartner: boolean,
): Promise<KioskGreeting[]> {
  const first = punches[0]
  if (first === undefined) return []
  const ids = [...new Set(punches.map((punch) => punch.personId))]
  const cards = await personCards(db, centre.id, ids, first.day)
  const greetings: KioskGreeting[] = []
  for (const punch of punches) {
    const card = cards.get(punch.personId)
    const day = judged.get(punch.personId)
    const partner = withPartner && card && day ? await partnerOf(db, centre, punch, card, day) : null
    greetings.push(greetingOf(centre, punch, personOf(card), day, partner))
  }
  return greetings
}

function greetingOf(
  centre: CentreZone,
  punch: OwnedPunch,
  person: KioskPerson | null,
  day: JudgedDay | undefined,
  partner: KioskGreeting['partner'],
): KioskGreeting {
  const { second } = civilOf(punch.atMs, centre.zone)
  const plain = { key: punch.key, subject: punch.subject, second, person }
  if (person === null || day === undefined) return plainGreeting('received', plain)
  const greeting = greet(day.result, punch.key)
  return judgedGreeting({ ...plain, person, result: day.result, greeting, coverage: day.facts.coverage, partner })
}

/** The partner is worth a word when somebody arrives, not when he leaves. */
async function partnerOf(db: Db, centre: CentreZone, punch: OwnedPunch, card: PersonCard, day: JudgedDay) {
  const greeting = greet(day.result, punch.key)
  const slot = day.result.slots.find((one) => one.id === greeting.slotId)
  const arrives = greeting.code === 'early' || greeting.code === 'on_time' || greeting.code === 'late'
  if (!arrives || slot === undefined || card.window === null) return null
  return presentPartner(db, {
    centreId: centre.id,
    windowId: card.window.id,
    personId: punch.personId,
    day: punch.day,
    from: instantOf(punch.day, slot.open, centre.zone),
    to: punch.atMs + 1,
  })
}

type How = { readonly nowMs: number; readonly withPartner: boolean }

/** Punches as the screens show them, in the order given: judged where somebody owns them, plain where nobody does. */
export async function greetPunches(
  db: Db,
  centre: CentreZone,
  rows: readonly RecentPunch[],
  { nowMs, withPartner }: How,
): Promise<KioskGreeting[]> {
  const times = rows.map((row) => row.at.getTime())
  const dayAt = await attendanceDays(db, centre, times)
  const owned = rows.flatMap((row) => ownedOf(row, dayAt))
  const known = new Map<string, KioskGreeting>()
  for (const day of new Set(owned.map((punch) => punch.day))) {
    const ofDay = owned.filter((punch) => punch.day === day)
    const people = [...new Set(ofDay.map((punch) => punch.personId))]
    const judged = await judgePeople(db, centre, people, day, Math.max(nowMs, ...ofDay.map((punch) => punch.atMs)))
    for (const greeting of await greetingsOf(db, centre, ofDay, judged, withPartner)) known.set(greeting.key, greeting)
  }
  return rows.map((row) => known.get(keyOf(row)) ?? unowned(centre, row))
}

/** The greeting of one punch, by the key that its event carries; null when there is no such punch. */
export async function greetingByKey(
  db: Db,
  centre: CentreZone,
  key: string,
  nowMs: number,
): Promise<KioskGreeting | null> {
  const row = await punchByKey(db, centre.id, key)
  if (row === null) return null
  const [greeting] = await greetPunches(db, centre, [row], { nowMs, withPartner: true })
  return greeting ?? null
}

function keyOf(row: RecentPunch): string {
  return punchKey({ ...row, atMs: row.at.getTime() })
}

function ownedOf(row: RecentPunch, dayAt: (atMs: number) => CivilDay): OwnedPunch[] {
  if (row.personId === null || row.quarantine !== null) return []
  const { sourceId, subject, personId } = row
  const atMs = row.at.getTime()
  return [{ key: keyOf(row), sourceId, subject, personId, atMs, day: dayAt(atMs) }]
}

function unowned(centre: CentreZone, row: RecentPunch): KioskGreeting {
  const { second } = civilOf(row.at.getTime(), centre.zone)
  const code = row.quarantine === null ? 'parked' : 'quarantined'
  return plainGreeting(code, { key: keyOf(row), subject: row.subject, second, person: null })
}

/** A centre as the attendance functions need it. */
export async function centreZone(db: Db, centreId: string): Promise<CentreZone> {
  return db.centre.findUniqueOrThrow({ where: { id: centreId }, select: { id: true, zone: true } })
}
