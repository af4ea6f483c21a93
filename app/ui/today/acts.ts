import type { EmptyAct, SilentAct, ThinAct } from '#app/domain/duty/act.ts'
import type { WindowLine } from '#app/domain/duty/hall.ts'
import { formatDuration, formatNames } from '#app/i18n/format.ts'
import { inLocale, kindOf, nameOf, postOf, type TextSource, time } from './texts.ts'

export type ActView = {
  readonly key: string
  readonly tone: 'bad' | 'warn'
  readonly label: string
  readonly subject: string
  readonly rest: string
  readonly facts: string
  readonly links: readonly { readonly to: string; readonly text: string }[]
  readonly personId: string | null
}

/** What has to be done now, in words, each with the next step that exists. */
export function actViews(source: TextSource, readers: boolean): ActView[] {
  return source.hall.hall.acts.map((act) => {
    if (act.kind === 'silent') return silentView(source, act, readers)
    return act.kind === 'thin' ? thinView(source, act) : emptyView(source, act)
  })
}

function emptyView(source: TextSource, act: EmptyAct): ActView {
  const { t } = source
  const window = windowById(source, act.windowId)
  const phone = window?.phone
  const gap = act.kind === 'void'
  return {
    key: `${act.kind}${act.windowId}`,
    tone: gap ? 'bad' : 'warn',
    label: t(gap ? 'attendance.today.act.void' : 'attendance.today.act.uncovered'),
    subject: window ? `${window.number} ${inLocale(t, window)}` : '',
    rest: gap ? t('attendance.today.act.void_for', { length: formatDuration(act.minutes, t.locale) }) : '',
    facts: [emptyFacts(source, act), standInText(source, act, window)].join(joint(source)),
    links: phone ? [{ to: `tel:${phone}`, text: t('attendance.today.act.call', { phone }) }] : [],
    personId: act.personId,
  }
}

function emptyFacts(source: TextSource, act: EmptyAct): string {
  const { t } = source
  const name = nameOf(source, act.personId)
  const presence = source.hall.hall.people.get(act.personId)
  if (act.kind === 'uncovered') {
    const kind = kindOf(source, presence?.kind ?? null, true)
    return t('attendance.today.act.uncovered_facts', { name, kind, time: endOf(presence?.until ?? null) })
  }
  return t(presence?.leftAt ? 'attendance.today.act.void_left' : 'attendance.today.act.void_facts', { name })
}

function endOf(until: number | null): string {
  return until !== null && until >= 86_400 ? '24:00' : time(until)
}

function standInText(source: TextSource, act: EmptyAct, window: WindowLine | undefined): string {
  const { t } = source
  if (!act.standIn || !window) return t('attendance.today.act.no_stand_in')
  const { personId, atWindowId } = act.standIn
  const post = source.hall.posts.find((one) => one.windowId === act.windowId && one.personId === personId)?.post ?? 'b'
  const facts = { post: postOf(source, personId, window, post), name: nameOf(source, personId) }
  const at = atWindowId ? windowById(source, atWindowId) : undefined
  if (!at) return t('attendance.today.act.stand_in', facts)
  return t('attendance.today.act.stand_in_at', { ...facts, window: at.number })
}

function silentView(source: TextSource, act: SilentAct, readers: boolean): ActView {
  const { t } = source
  const reader = source.hall.readers.find((one) => one.id === act.silence.readerId)
  const windows = formatNames(numbers(source, act.windowIds), t.locale)
  const length = act.minutes === null ? null : formatDuration(act.minutes, t.locale)
  const every = act.silence.usualEvery
  const why = every === null ? t('attendance.today.act.silent_down') : t('attendance.today.act.silent_usual', { every })
  const held = windows ? t('attendance.today.act.silent_held', { windows }) : t('attendance.today.act.silent_none')
  return {
    key: `silent${act.silence.readerId}`,
    tone: 'warn',
    label: t(every === null ? 'attendance.today.act.offline' : 'attendance.today.act.silent'),
    subject: reader ? inLocale(t, reader) : '',
    rest: length === null ? t('attendance.today.act.silent_long') : t('attendance.today.act.silent_for', { length }),
    facts: [why, held].join(joint(source)),
    links: readers ? [{ to: '/readers', text: t('attendance.today.act.reader') }] : [],
    personId: null,
  }
}

function thinView(source: TextSource, act: ThinAct): ActView {
  const { t } = source
  const { minStaff, windowIds } = act.group
  const away = act.away.map((id) => awayText(source, id))
  return {
    key: `thin${act.group.id}`,
    tone: 'warn',
    label: t('attendance.today.act.thin', { short: minStaff - act.present }),
    subject: formatNames(numbers(source, windowIds), t.locale),
    rest: t('attendance.today.act.thin_facts', { min: minStaff }),
    facts: away.length > 0 ? t('attendance.today.act.thin_away', { names: formatNames(away, t.locale) }) : '',
    links: [],
    personId: null,
  }
}

function awayText(source: TextSource, personId: string): string {
  const presence = source.hall.hall.people.get(personId)
  const name = nameOf(source, personId)
  if (!presence?.kind) return name
  const until = presence.until !== null && presence.until < 86_400 ? ` ${time(presence.until)}` : ''
  return `${name} ${kindOf(source, presence.kind, presence.state === 'leave')}${until}`
}

function numbers(source: TextSource, windowIds: readonly string[]): string[] {
  const wanted = new Set(windowIds)
  return source.hall.windows.filter((window) => wanted.has(window.id)).map((window) => window.number)
}

function windowById(source: TextSource, id: string): WindowLine | undefined {
  return source.hall.windows.find((window) => window.id === id)
}

function joint({ t }: TextSource): string {
  return t.locale === 'en' ? ' ' : ''
}
