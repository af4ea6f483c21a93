import { type AlarmLine, type AlarmZone, alarmWords } from '#app/domain/devices/alarm-view.ts'
import type { Key } from '#app/i18n/catalogue.ts'
import { formatInstant, formatNames, type InstantStyle } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { pick } from '#app/ui/devices/both.tsx'
import { useT } from '#app/ui/locale.tsx'
import { useRootData } from '#app/ui/root-data.tsx'

/** Instants on the centre's own clock. */
export function useInstant(): (ms: number, style?: InstantStyle) => string {
  const t = useT()
  const zone = useRootData()?.centre?.zone ?? 'UTC'
  return (ms, style = 'day_time') => formatInstant(ms, zone, t.locale, style)
}

function words(t: T, alarm: AlarmLine, part: 'title' | 'means' | 'next'): string {
  const key = `alarms.kind.${alarmWords(alarm)}.${part}`
  return t.has(key) ? t(key, { ...alarm.facts }) : alarm.kind
}

export const titleOf = (t: T, alarm: AlarmLine): string => words(t, alarm, 'title')
export const meansOf = (t: T, alarm: AlarmLine): string => words(t, alarm, 'means')
export const nextOf = (t: T, alarm: AlarmLine): string => words(t, alarm, 'next')

/** The reader's name, or the computer whose agent it is. */
export function whereOf(t: T, { source, agent }: Pick<AlarmLine, 'source' | 'agent'>): string {
  return source === null ? t('alarms.agent', { name: agent ?? '' }) : pick(t, source.name, source.nameEn)
}

export function zonesOf(t: T, zones: readonly AlarmZone[]): string {
  const names = zones.map((zone) => t('alarms.zone', { code: zone.code, name: pick(t, zone.name, zone.nameEn) }))
  return formatNames([...new Set(names)], t.locale)
}

const fields = ['serial', 'firmware', 'model'] as const

/** What the connected module says of itself beside what is on record. */
export function identityLines(t: T, { kind, facts }: AlarmLine): string[] {
  if (kind !== 'identity_changed') return []
  return fields.flatMap((field) => {
    const is = facts[field]
    const was = facts[`${field}_was`]
    if (is === undefined || was === undefined || is === was) return []
    return [t('alarms.is_was', { what: t(`alarms.field.${field}`), is, was })]
  })
}

/** Why an outage is on record: a code of the machine, or the words of a person. */
export function reasonOf(t: T, reason: string): string {
  const keys = [`alarms.kind.${reason}.title`, `alarms.reason.${reason}`, `devices.readers.detail.${reason}`]
  const key = keys.find((one): one is Key => t.has(one))
  return key === undefined ? reason : t(key)
}
