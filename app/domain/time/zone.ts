import { DateTime, IANAZone } from 'luxon'
import { dayFromNumber, dayNumber, isCivilDay } from './day.ts'

/**
 * The one place where instants meet civil time. Zones are IANA names; the machine's own zone never takes part.
 */
type Civil = { readonly day: string; readonly second: number }

const zones = new Map<string, IANAZone>()

function zoneOf(name: string): IANAZone {
  const known = zones.get(name)
  if (known) return known
  const zone = IANAZone.create(name)
  if (!zone.isValid) throw new Error(`unknown time zone ${name}`)
  zones.set(name, zone)
  return zone
}

/** True for an IANA zone that this runtime knows. */
export function isZone(name: string): boolean {
  return IANAZone.isValidZone(name)
}

/** A quarter of a day: no zone has ever changed its clocks twice in one. */
const quarterMs = 21_600_000
/** Some ten years of quarters for one zone; then the memory starts again. */
const remembered = 16_000
const quarters = new Map<string, Map<number, number>>()

/** What the zone is ahead of UTC, in ms. Asked once for each quarter of a day in which no clock changes: asking is slow. */
function offsetMs(instantMs: number, zone: string): number {
  const known = quarters.get(zone) ?? new Map<number, number>()
  const quarter = Math.floor(instantMs / quarterMs)
  const found = known.get(quarter)
  if (found !== undefined) return found
  const offset = zoneOf(zone).offset(instantMs) * 60_000
  const ends = [quarter * quarterMs, (quarter + 1) * quarterMs].map((end) => zoneOf(zone).offset(end) * 60_000)
  if (known.size >= remembered) known.clear()
  if (ends.every((end) => end === offset)) quarters.set(zone, known.set(quarter, offset))
  return offset
}

/** Civil day and wall-clock second of an instant in a zone; milliseconds are cut. */
export function civilOf(instantMs: number, zone: string): Civil {
  const local = Math.floor((instantMs + offsetMs(instantMs, zone)) / 1000)
  const days = Math.floor(local / 86_400)
  return { day: dayFromNumber(days), second: local - days * 86_400 }
}

const dayMs = 86_400_000

/** What the zone is ahead of UTC around a wall-clock time, in ms; null when a clock is changed within a day of it. */
function steadyOffsetMs(wallMs: number, zone: string): number | null {
  const offset = offsetMs(wallMs, zone)
  const same = offsetMs(wallMs - dayMs, zone) === offset && offsetMs(wallMs + dayMs, zone) === offset
  return same ? offset : null
}

/**
 * Instant of a wall-clock second of a civil day; seconds from 86,400 on are the following day's wall clock.
 * A wall time that a clock change skips is moved on by the change, as luxon does.
 */
export function instantOf(day: string, second: number, zone: string): number {
  if (isCivilDay(day) && Number.isInteger(second)) {
    const wallMs = dayNumber(day) * dayMs + second * 1000
    const offset = steadyOffsetMs(wallMs, zone)
    if (offset !== null) return wallMs - offset
  }
  const days = Math.floor(second / 86_400)
  const rest = second - days * 86_400
  return DateTime.fromISO(day, { zone: zoneOf(zone) })
    .plus({ days })
    .set({ hour: Math.floor(rest / 3600), minute: Math.floor(rest / 60) % 60, second: rest % 60, millisecond: 0 })
    .toMillis()
}
