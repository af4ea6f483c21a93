import { codePointText } from '#app/domain/people/characters/code-point.ts'
import { isRareOnScreen } from '#app/domain/people/characters/rare.ts'
import { posts } from '#app/domain/people/person.ts'
import type { PersonRecord, PostingLine } from '#app/domain/people/record.ts'
import { daysBetween } from '#app/domain/time/day.ts'
import type { T } from '#app/i18n/translator.ts'
import { pick, postText, unitText } from './words.ts'

export const actNames = [
  'start_posting',
  'edit_posting',
  'end_posting',
  'start_post',
  'end_post',
  'appoint_chief',
  'end_chief',
  'start_group',
  'end_group',
] as const
export type ActName = (typeof actNames)[number]

export type Moment = {
  readonly key: string
  readonly state: 'done' | 'now' | 'later' | 'warn'
  readonly time: string
  readonly title: string
  readonly lines: readonly string[]
  readonly acts: readonly { readonly act: ActName; readonly id: string }[]
}

/** So many days before a term ends, a successor is to be found: the page says so. */
export const dueSoonDays = 90

type Span = { readonly startsOn: string; readonly endsOn: string | null }

function stateOf(span: Span, day: string): Moment['state'] {
  if (span.startsOn > day) return 'later'
  return span.endsOn === null || span.endsOn >= day ? 'now' : 'done'
}

function timeOf(t: T, { startsOn, endsOn }: Span): string {
  if (endsOn === null) return t('people.page.until_now', { day: startsOn })
  return t('people.page.from_to', { from: startsOn, to: endsOn })
}

/** The posting that holds the day, else the next to come; null for who has left or never came. */
export function currentPosting(record: PersonRecord, day: string): PostingLine | null {
  const holding = record.postings.find((one) => stateOf(one, day) === 'now')
  return holding ?? [...record.postings].reverse().find((one) => one.startsOn > day) ?? null
}

/** Postings, posts, appointments and groups as one line of time, newest first; what is due stands on top. */
export function timelineOf(t: T, record: PersonRecord, day: string): Moment[] {
  const moments = [
    ...record.chiefs.map((one) => ({ span: one, moment: chiefMoment(t, one, day) })),
    ...record.posts.map((one) => ({ span: one, moment: postMoment(t, one, day) })),
    ...record.groups.map((one) => ({ span: one, moment: groupMoment(t, one, day) })),
    ...record.postings.map((one) => ({ span: one, moment: postingMoment(t, one, day) })),
  ]
  const sorted = moments.sort((a, b) =>
    a.span.startsOn < b.span.startsOn ? 1 : a.span.startsOn > b.span.startsOn ? -1 : 0,
  )
  return [...dueMoment(t, record, day), ...sorted.map(({ moment }) => moment)]
}

function dueMoment(t: T, record: PersonRecord, day: string): Moment[] {
  const posting = currentPosting(record, day)
  if (!posting?.dueOn || posting.endsOn !== null) return []
  const left = daysBetween(day, posting.dueOn)
  const time = left >= 0 ? `${posting.dueOn}　${t('people.page.due_left', { count: left })}` : posting.dueOn
  return [{ key: 'due', state: 'warn', time, title: t('people.page.due_title'), lines: [], acts: [] }]
}

function postingMoment(t: T, one: PostingLine, day: string): Moment {
  const state = stateOf(one, day)
  const document = one.documentNumber ? [t('people.page.document', { number: one.documentNumber })] : []
  const dated = one.documentOn ? [t('people.page.document_on', { day: one.documentOn })] : []
  const why = `people.end_reason.${one.endReason}`
  const lines = [
    [...document, ...dated].join('　'),
    one.assessmentMode ? t('people.page.mode', { mode: t(`people.mode.${one.assessmentMode}`) }) : '',
    one.endReason ? t('people.page.ended_for', { reason: t.has(why) ? t(why) : one.endReason }) : '',
    one.note ?? '',
  ].filter((line) => line !== '')
  const title = t('people.page.posted_by', { unit: pick(t, one.unit.name, one.unit.nameEn) })
  const acts = [{ act: 'edit_posting' as const, id: one.id }]
  const ending = one.endsOn === null || one.endsOn >= day ? [{ act: 'end_posting' as const, id: one.id }] : []
  return { key: one.id, state, time: timeOf(t, one), title, lines, acts: [...acts, ...ending] }
}

function postMoment(t: T, one: PersonRecord['posts'][number], day: string): Moment {
  const state = stateOf(one, day)
  const acts = state === 'done' ? [] : [{ act: 'end_post' as const, id: one.id }]
  return { key: one.id, state, time: timeOf(t, one), title: postText(t, one), lines: [], acts }
}

function chiefMoment(t: T, one: PersonRecord['chiefs'][number], day: string): Moment {
  const state = stateOf(one, day)
  const window = `${one.window.number} ${pick(t, one.window.name, one.window.nameEn)}`
  const acts = state === 'done' ? [] : [{ act: 'end_chief' as const, id: one.id }]
  return { key: one.id, state, time: timeOf(t, one), title: t('people.page.chief_of', { window }), lines: [], acts }
}

function groupMoment(t: T, one: PersonRecord['groups'][number], day: string): Moment {
  const state = stateOf(one, day)
  const acts = state === 'done' ? [] : [{ act: 'end_group' as const, id: one.id }]
  return {
    key: one.id,
    state,
    time: timeOf(t, one),
    title: t('people.page.group', { group: groupText(t, one.group) }),
    lines: [],
    acts,
  }
}

/** A rule group by its name, where the programme knows it. */
function groupText(t: T, group: string): string {
  const key = `people.page.group_name.${group}`
  return t.has(key) ? t(key) : group
}

/** The posts held on a day, the own one (A post) before those that are only filled in. */
export function heldOn(record: PersonRecord, day: string): PersonRecord['posts'][number][] {
  const order: readonly string[] = posts
  const rank = (post: string) => order.indexOf(post)
  return record.posts
    .filter((one) => one.startsOn <= day && (one.endsOn === null || one.endsOn >= day))
    .sort((a, b) => rank(a.post) - rank(b.post))
}

/** What an act is about, in words for its title. */
export function subjectOf(t: T, record: PersonRecord, id: string): string {
  const posting = record.postings.find((one) => one.id === id)
  if (posting) return unitText(t, posting.unit)
  const post = record.posts.find((one) => one.id === id)
  if (post) return postText(t, post)
  return (
    record.chiefs.find((one) => one.id === id)?.window.number ?? record.groups.find((one) => one.id === id)?.group ?? ''
  )
}

/** How long somebody has been here: "1 年 10 个月". */
export function lengthText(t: T, from: string, day: string): string {
  const [y = 0, m = 0, d = 0] = from.split('-').map(Number)
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const whole = (year - y) * 12 + (month - m) - (date < d ? 1 : 0)
  if (whole < 1) return t('people.page.days_new')
  const [years, months] = [Math.floor(whole / 12), whole % 12]
  if (years === 0) return t('people.page.months', { months })
  return months === 0
    ? t('people.page.years', { years, count: years })
    : t('people.page.years_months', { years, months })
}

export type RareShape = { readonly character: string; readonly code: string }

/** The characters of a name that need explaining: “㛃” U+36C3. */
export function rareShapes(name: string): RareShape[] {
  return [...new Set([...name].filter(isRareOnScreen))].map((character) => ({
    character,
    code: codePointText(character),
  }))
}
