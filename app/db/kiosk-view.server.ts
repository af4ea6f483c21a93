import type { CivilDay, DayFacts, SlotResult } from '#app/domain/attendance/day.ts'
import { judgeDay } from '#app/domain/attendance/judge.ts'
import { lunarOf, nextSolarTerm } from '#app/domain/calendar/lunar.ts'
import { dayOf } from '#app/domain/calendar/year.ts'
import { currentSlot, type SlotWindow } from '#app/domain/devices/greeting.ts'
import {
  type KioskDayKind,
  type KioskLunar,
  type KioskReader,
  type KioskView,
  recentPunches,
} from '#app/domain/devices/kiosk-view.ts'
import { readerBadge, takesPunches } from '#app/domain/devices/reader-state.ts'
import { addDays } from '#app/domain/time/day.ts'
import { civilOf, instantOf } from '#app/domain/time/zone.ts'
import { calendarOf } from './calendar.server.ts'
import { peopleInService } from './enrolments.server.ts'
import type { PrismaClient } from './generated/client.ts'
import { type CentreZone, greetPunches } from './greetings.server.ts'
import { lastPunches, peoplePunched } from './punches.server.ts'
import { rulesOn } from './rule-sets.server.ts'
import { listSources, type SourceRow } from './sources.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type KioskOf = {
  readonly centreId: string
  readonly sourceId: string | null
  readonly zone: string
  readonly centreName: string
  readonly centreNameEn: string
}

/** What a screen shows now: clock, readers, the slot of the moment, the last punches with their marks. */
export async function kioskView(db: Db, kiosk: KioskOf, nowMs: number): Promise<KioskView> {
  const centre = { id: kiosk.centreId, zone: kiosk.zone }
  const { day, second } = civilOf(nowMs, kiosk.zone)
  const from = instantOf(day, 0, kiosk.zone)
  const to = instantOf(addDays(day, 1), 0, kiosk.zone)
  const sources = (await listSources(db, kiosk.centreId)).filter(
    (one) => one.kind === 'reader' && one.retiredAt === null,
  )
  const readers = sources.map((source) => readerOf(source, kiosk.zone, day, nowMs))
  const own = kiosk.sourceId === null ? readers : readers.filter((reader) => reader.id === kiosk.sourceId)
  const { kind, slot } = await planOf(db, centre, day, second)
  const shown = { centreId: centre.id, sourceId: kiosk.sourceId, from, to, limit: recentPunches }
  return {
    centre: { name: kiosk.centreName, nameEn: kiosk.centreNameEn },
    day,
    second,
    dayKind: kind,
    lunar: lunarLine(day),
    readers: own,
    other: readers.find((reader) => takesPunches(reader.badge) && !own.includes(reader)) ?? null,
    slot,
    present: await peoplePunched(db, kiosk.centreId, from, to),
    inService: await peopleInService(db, kiosk.centreId, day),
    recent: await greetPunches(db, centre, await lastPunches(db, shown), nowMs),
  }
}

function readerOf(source: SourceRow, zone: string, day: CivilDay, nowMs: number): KioskReader {
  const seenAtMs = source.seenAt?.getTime() ?? null
  const retired = source.retiredAt !== null
  const badge = readerBadge({ state: source.state, seenAtMs, clockOffsetMs: source.clockOffsetMs, retired }, nowMs)
  const since = badge === 'silent' ? source.seenAt : source.stateSince
  const secondToday = (date: Date | null) => {
    if (date === null) return null
    const civil = civilOf(date.getTime(), zone)
    return civil.day === day ? civil.second : null
  }
  return {
    id: source.id,
    name: source.name,
    nameEn: source.nameEn,
    place: source.place,
    placeEn: source.placeEn,
    badge,
    since: secondToday(since),
    queue: source.queueLength ?? 0,
    offsetMs: source.clockOffsetMs,
    seen: secondToday(source.seenAt),
  }
}

type Plan = { readonly kind: KioskDayKind; readonly slot: SlotWindow | null }

/** The slots of the day for somebody without groups, leave or punches: judged from empty facts by the same rule. */
async function planOf(db: Db, centre: CentreZone, day: CivilDay, second: number): Promise<Plan> {
  const calendar = dayOf(await calendarOf(db, centre.id, [Number(day.slice(0, 4))]), day)
  if (!calendar.ok) return { kind: 'unknown', slot: null }
  const inForce = await rulesOn(db, centre.id, day)
  if (inForce === null) return { kind: calendar.value.kind, slot: null }
  const { halves, provisional } = calendar.value
  const nothing = { groups: [], punches: [], coverage: [], outages: [] }
  const facts: DayFacts = { ...nothing, day, inService: true, calendar: halves, provisional, asOf: second }
  const slots: readonly SlotResult[] = judgeDay(facts, inForce.rules).slots
  return { kind: calendar.value.kind, slot: currentSlot(slots, second) }
}

function lunarLine(day: CivilDay): KioskLunar | null {
  const lunar = lunarOf(day)
  if (lunar === null) return null
  const next = nextSolarTerm(day)
  const term = next && { name: next.term.zh, nameEn: next.term.en, inDays: next.inDays }
  const { zh, month, day: date } = lunar
  return { zh, month, date, leap: lunar.leap, year: lunar.year, term }
}
