import { DateTime, IANAZone } from 'luxon'

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

/** Civil day and wall-clock second of an instant in a zone; milliseconds are cut. */
export function civilOf(instantMs: number, zone: string): Civil {
  const local = DateTime.fromMillis(instantMs, { zone: zoneOf(zone) })
  return { day: local.toISODate() ?? '', second: local.hour * 3600 + local.minute * 60 + local.second }
}

/**
 * Instant of a wall-clock second of a civil day; seconds from 86,400 on are the following day's wall clock.
 * A wall time that a clock change skips is moved on by the change, as luxon does.
 */
export function instantOf(day: string, second: number, zone: string): number {
  const days = Math.floor(second / 86_400)
  const rest = second - days * 86_400
  return DateTime.fromISO(day, { zone: zoneOf(zone) })
    .plus({ days })
    .set({ hour: Math.floor(rest / 3600), minute: Math.floor(rest / 60) % 60, second: rest % 60, millisecond: 0 })
    .toMillis()
}
