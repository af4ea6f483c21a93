import type { Hall, PersonLine } from '#app/domain/duty/hall.ts'
import { formatDay, formatTime } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { inLocale, kindOf, postOf, type TextSource, textSource, time } from './texts.ts'

export type RollLine = {
  readonly id: string
  readonly name: string
  readonly staffNumber: string
  readonly window: string
  readonly post: string
  readonly state: string
  readonly arrived: string
}

export type RollModel = {
  readonly day: string
  readonly now: string
  readonly lines: readonly RollLine[]
}

/** The list to call the roll by 点名表: windows in the order of the hall, then everybody without a window. */
export function rollModel(hall: Hall, t: T, tactful: boolean): RollModel {
  const source = textSource(hall, t, tactful)
  const sorted = hall.people
    .map((person) => ({ order: placeOf(hall, person.id), line: lineOf(source, person) }))
    .sort((a, b) => a.order - b.order)
  return {
    day: formatDay(hall.day, t.locale, 'full'),
    now: formatTime(hall.now),
    lines: sorted.map(({ line }) => line),
  }
}

function mainPost(hall: Hall, personId: string) {
  const own = hall.posts.filter((post) => post.personId === personId)
  return own.find((post) => post.post === 'a') ?? own[0]
}

function placeOf(hall: Hall, personId: string): number {
  const windowId = mainPost(hall, personId)?.windowId
  const place = hall.windows.findIndex((window) => window.id === windowId)
  return place < 0 ? hall.windows.length : place
}

function lineOf(source: TextSource, person: PersonLine): RollLine {
  const { hall, t } = source
  const post = mainPost(hall, person.id)
  const window = hall.windows.find((one) => one.id === post?.windowId)
  const presence = hall.hall.people.get(person.id)
  return {
    id: person.id,
    name: person.name,
    staffNumber: person.staffNumber,
    window: window ? `${window.number} ${inLocale(t, window)}` : t('attendance.today.feed.after'),
    post: window ? postOf(source, person.id, window, post?.post ?? null) : '',
    state: stateOf(source, person.id),
    arrived: presence?.state === 'here' ? time(presence.since) : '',
  }
}

function stateOf(source: TextSource, personId: string): string {
  const presence = source.hall.hall.people.get(personId)
  if (!presence) return ''
  const away = presence.state === 'leave' || presence.state === 'out'
  if (away) return kindOf(source, presence.kind, presence.state === 'leave')
  return source.t(`attendance.roll.state_${presence.state}`)
}
