import type { CoverageKind } from '#app/domain/attendance/marks.ts'
import type { Hall, PersonLine, WindowLine } from '#app/domain/duty/hall.ts'
import type { CoverageOfDay } from '#app/domain/duty/hall-day.ts'
import type { Presence } from '#app/domain/duty/presence.ts'
import type { WindowNow } from '#app/domain/duty/window.ts'
import { formatDuration, formatTime } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'

/** What the texts of the board are made from. `tactful`: leave is called leave, whatever its kind (design principle 9). */
export type TextSource = {
  readonly t: T
  readonly hall: Hall
  readonly tactful: boolean
  readonly people: ReadonlyMap<string, PersonLine>
}

export function textSource(hall: Hall, t: T, tactful: boolean): TextSource {
  return { t, hall, tactful, people: new Map(hall.people.map((person) => [person.id, person])) }
}

/** A name as the reader of the language knows it from the badge: names are written in Chinese in both languages. */
export function nameOf(source: TextSource, personId: string | null): string {
  return (personId && source.people.get(personId)?.name) || '—'
}

export function inLocale(t: T, line: { readonly name: string; readonly nameEn: string }): string {
  return t.locale === 'en' && line.nameEn ? line.nameEn : line.name
}

/** The kind of an approved absence in one word. */
export function kindOf({ t, tactful }: TextSource, kind: CoverageKind | null, leave: boolean): string {
  if (!kind || (tactful && leave)) return t('attendance.today.tile.leave')
  return t(`attendance.mark_short.${kind}`)
}

/** The word beside a name: chief representative, the kind of firm, or the post. */
export function postOf(source: TextSource, personId: string | null, window: WindowLine, post: string | null): string {
  const { t, hall } = source
  if (personId && hall.chiefs.get(window.id) === personId && post === 'a') return t('attendance.post.chief')
  const person = personId ? source.people.get(personId) : undefined
  if (post === 'a' && person?.identityKind === 'enterprise') return t('attendance.post.enterprise')
  const key = `attendance.post.${post}`
  return t.has(key) ? t(key) : ''
}

export function lengthSince(source: TextSource, since: number | null): string {
  const minutes = Math.max(0, Math.floor((source.hall.now - (since ?? source.hall.now)) / 60))
  return formatDuration(minutes, source.t.locale)
}

/** The line under the name on a tile: why the window is in this state, and until when. */
export function noteOf(source: TextSource, window: WindowLine, now: WindowNow): string {
  const { t } = source
  const { presence, staff } = now
  if (!presence) return t('attendance.today.tile.no_post')
  switch (now.state) {
    case 'here':
      return hereNote(t, presence)
    case 'cover':
      return coverNote(source, now)
    case 'thin':
      return staff ? t('attendance.today.tile.thin', { ...staff, short: staff.min - staff.present }) : ''
    case 'out':
      return awayNote(source, presence)
    case 'leave':
      return t('attendance.today.tile.leave_alone', { kind: kindOf(source, presence.kind, true) })
    case 'void':
      return voidNote(source, window, now)
    case 'unknown':
      return unknownNote(source, now)
    case 'waiting':
      return t('attendance.today.tile.waiting', { time: time(presence.since) })
    case 'not_due':
      return t('attendance.today.tile.not_due')
    case 'closed':
      return closedNote(source, now.personId, presence)
  }
}

function hereNote(t: T, presence: Presence): string {
  const facts = { time: time(presence.since), minutes: presence.minutesLate }
  return t(presence.minutesLate > 0 ? 'attendance.today.tile.here_late' : 'attendance.today.tile.here', facts)
}

function coverNote(source: TextSource, now: WindowNow): string {
  const away = now.insteadOf ? source.hall.hall.people.get(now.insteadOf) : undefined
  const name = nameOf(source, now.insteadOf)
  if (!away?.kind || source.tactful) return source.t('attendance.today.tile.cover_plain', { name })
  const until = away.until !== null && away.until < lastSecond(source, now.insteadOf) ? ` ${time(away.until)}` : ''
  return source.t('attendance.today.tile.cover', { name, kind: kindOf(source, away.kind, true) + until })
}

function lastSecond({ hall }: TextSource, personId: string | null): number {
  const hours = personId ? hall.days.get(personId)?.hours : null
  return hours?.pm?.end ?? hours?.am?.end ?? 86_400
}

function awayNote(source: TextSource, presence: Presence): string {
  const kind = kindOf(source, presence.kind, false)
  const { until } = presence
  if (until === null || until >= 86_400 || until >= hallEnd(source)) {
    return source.t('attendance.today.tile.away_all', { kind })
  }
  return source.t('attendance.today.tile.away_until', { kind, time: time(until) })
}

function hallEnd({ hall }: TextSource): number {
  return Math.max(0, ...[...hall.days.values()].map((day) => day.hours?.pm?.end ?? day.hours?.am?.end ?? 0))
}

function voidNote(source: TextSource, window: WindowLine, now: WindowNow): string {
  const name = nameOf(source, now.personId)
  if (now.presence?.leftAt) return source.t('attendance.today.tile.left', { name, time: time(now.presence.leftAt) })
  return source.t('attendance.today.tile.due', { name, post: postOf(source, now.personId, window, now.post) })
}

function unknownNote(source: TextSource, now: WindowNow): string {
  const silent = source.hall.hall.acts.find((act) => act.kind === 'silent')
  const reader = source.hall.readers.find((one) => silent?.kind === 'silent' && one.id === silent.silence.readerId)
  if (reader) return source.t('attendance.today.tile.unknown_reader', { reader: inLocale(source.t, reader) })
  const back = source.hall.days.get(now.personId ?? '')?.facts.coverage.some((one) => one.to <= source.hall.now)
  return source.t(back ? 'attendance.today.tile.unknown_back' : 'attendance.today.tile.unknown')
}

function closedNote({ hall, t }: TextSource, personId: string | null, presence: Presence): string {
  if (presence.since !== null) return t('attendance.today.tile.closed_at', { time: time(presence.since) })
  const excused = hall.days.get(personId ?? '')?.facts.coverage.length !== 0
  return t(excused ? 'attendance.today.tile.closed' : 'attendance.today.tile.closed_none')
}

export function time(second: number | null): string {
  return second === null ? '—' : formatTime(second)
}

/** What is written of an absence in the list of who is out: the note where it may be read, else the word. */
export function reasonOfAbsence(source: TextSource, coverage: CoverageOfDay, official: boolean): string {
  if (official) return coverage.note && source.t.locale !== 'en' ? coverage.note : kindOf(source, coverage.kind, false)
  return kindOf(source, coverage.kind, true)
}
