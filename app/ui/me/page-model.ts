import { compileRules } from '#app/domain/attendance/compile.ts'
import type { CivilDay, DayFacts, DayResult, Half, Second } from '#app/domain/attendance/day.ts'
import type { AttendanceRules } from '#app/domain/attendance/rules.ts'
import type { Calendar } from '#app/domain/calendar/year.ts'
import { formatDay, formatTime } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import type { MeModel } from '#app/ui/me/me-page.tsx'
import { greetingKey, type MyDay, myDay } from '#app/ui/me/model.ts'
import { type HalfLine, monthView } from '#app/ui/me/month-model.ts'
import { type WhySource, type WhyView, whyView } from '#app/ui/today/why-model.ts'

export type Card = {
  readonly name: string
  readonly inService: boolean
  readonly startsOn: Date | null
  readonly posts: readonly {
    readonly post: string
    readonly window: { readonly number: string; readonly name: string; readonly nameEn: string } | null
  }[]
  readonly chiefOf: readonly string[]
}

export type Judged = { readonly facts: DayFacts; readonly result: DayResult; readonly rules: AttendanceRules }

export type MeSource = {
  readonly t: T
  readonly card: Card
  readonly judged: Judged | null
  readonly readers: readonly {
    readonly id: string
    readonly name: string
    readonly nameEn: string
    readonly downSince: Second | null
  }[]
  readonly today: { readonly day: CivilDay; readonly second: Second }
}

type Month = { readonly month: string; readonly halves: readonly HalfLine[]; readonly calendar: Calendar }

/** My page in words: the greeting, today, the month; the running day is judged now and not read from the store. */
export function meModel(source: MeSource, month: Month): MeModel {
  const { t, card, today } = source
  return {
    greeting: greetingKey(today.second),
    name: card.name,
    facts: [formatDay(today.day, t.locale), ...postText(source), timeText(source)],
    day: source.judged && card.inService ? dayOf(source, source.judged) : null,
    outages: card.inService ? outageLines(source) : [],
    away: card.inService ? '' : awayText(source),
    month: monthView({ t, today: today.day, ...month, halves: withToday(source, month) }),
  }
}

function timeText({ t, today }: MeSource): string {
  return `${t('attendance.me.now')} ${formatTime(today.second)}`
}

function postText({ t, card }: MeSource): string[] {
  const posts = card.posts.flatMap(({ post, window }) => {
    const key = `attendance.post.${card.chiefOf.includes(window?.number ?? '') && post === 'a' ? 'chief' : post}`
    const word = t.has(key) ? t(key) : post
    if (!window) return [word]
    return [`${window.number} ${t.locale === 'en' ? window.nameEn : window.name} ${word}`]
  })
  return card.inService && posts.length === 0 ? [t('attendance.me.no_post')] : posts.slice(0, 2)
}

function awayText({ t, card, today }: MeSource): string {
  const startsOn = card.startsOn?.toISOString().slice(0, 10)
  if (!startsOn || startsOn <= today.day) return t('attendance.me.not_in_service_more')
  return t('attendance.me.not_in_service_from', { day: formatDay(startsOn, t.locale, 'full') })
}

function whySource(source: MeSource, judged: Judged, title: string, halves: readonly Half[]): WhySource {
  const { t } = source
  const names = new Map(source.readers.map((one) => [one.id, t.locale === 'en' ? one.nameEn : one.name]))
  const { facts, result, rules } = judged
  return { t, facts, result, ruleName: rules.name, reader: (id) => names.get(id) ?? id, title, halves }
}

function dayOf(source: MeSource, judged: Judged): MyDay {
  const lateFrom = compileRules(judged.rules).late.from
  return myDay({ ...whySource(source, judged, '', ['am', 'pm']), now: source.today.second, lateFrom })
}

function outageLines({ t, readers }: MeSource): string[] {
  return readers.flatMap(({ name, nameEn, downSince }) => {
    if (downSince === null) return []
    const reader = t.locale === 'en' ? nameEn : name
    return [t('attendance.me.outage', { reader, time: formatTime(downSince) })]
  })
}

function withToday({ judged, today }: MeSource, { month, halves }: Month): readonly HalfLine[] {
  if (!judged || !today.day.startsWith(month)) return halves
  const { am, pm } = judged.result.halves
  const own = [am, pm].map((half) => ({ ...half, day: today.day }))
  return [...halves.filter((half) => half.day !== today.day), ...own]
}

/** The answer to "why?" for one of my days; in words why there is none when it cannot be judged. */
export function meWhy(
  source: MeSource,
  asked: { readonly day: CivilDay; readonly half: Half | null },
  judged: Judged | null,
): WhyView {
  const { t, card } = source
  const half = asked.half ? t(`attendance.half.${asked.half}`) : ''
  const title = t('attendance.why.title', { name: card.name, day: formatDay(asked.day, t.locale), half }).trim()
  if (judged) return whyView(whySource(source, judged, title, asked.half ? [asked.half] : ['am', 'pm']))
  const none = { due: [], actual: [], rule: '', marks: [], effect: t('attendance.why.unavailable') }
  return { title, ...none, checked: [t('attendance.why.unavailable_more')] }
}
