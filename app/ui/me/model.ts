import type { CoverageFact, DayFacts, Second, SlotResult } from '#app/domain/attendance/day.ts'
import type { Mark } from '#app/domain/attendance/marks.ts'
import { slotLabel } from '#app/domain/devices/greeting.ts'
import { formatDuration, formatTime } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { reasonText, type WhySource } from '#app/ui/today/why-model.ts'

export type SlotView = {
  readonly id: string
  readonly time: string
  readonly label: string
  readonly mark: Mark | null
  /** done: judged; next: the one to do now or next; later: not open yet. */
  readonly mood: 'done' | 'next' | 'later'
  readonly text: string
  readonly sub: string
  readonly why: SlotWhy | null
}

export type SlotWhy = {
  readonly title: string
  readonly due: string
  readonly actual: readonly string[]
  readonly rule: string
}

export type MyDay = {
  readonly plan: string
  readonly slots: readonly SlotView[]
  /** Why nothing is due today; empty when something is. */
  readonly idle: string
}

export type MyDaySource = WhySource & {
  readonly now: Second
  /** Minutes from which a person is late; more than 1 where the rules forgive some. */
  readonly lateFrom: number
}

/** Today's slots as their owner reads them: what was done, what comes next, until when. */
export function myDay(source: MyDaySource): MyDay {
  const { t, result } = source
  const due = result.slots.filter((slot) => slot.state !== 'not_due')
  const next = due.find((slot) => slot.state === 'open') ?? due.find((slot) => slot.state === 'waiting')
  return {
    plan: due.length > 0 ? t('attendance.me.plan', { count: due.length }) : '',
    slots: due.map((slot) => slotView(source, slot, slot === next)),
    idle: due.length > 0 ? '' : idleText(source),
  }
}

function idleText(source: MyDaySource): string {
  const said = source.result.halves.am.reasons.filter((reason) => !['plan', 'punch_unused'].includes(reason.code))
  const last = said.at(-1)
  return last ? reasonText(source, last) : ''
}

function slotView(source: MyDaySource, slot: SlotResult, next: boolean): SlotView {
  const waits = slot.punch === null && (slot.state === 'open' || slot.state === 'waiting')
  const mark = markOf(slot, source.facts)
  const common = { id: slot.id, time: formatTime(slot.punch?.second ?? slot.due), mark }
  const text = slot.state === 'waiting' && !next ? '' : slotText(source, slot, mark)
  return waits
    ? { ...common, text, ...comingSlot(source, slot, next) }
    : { ...common, text, ...doneSlot(source, slot, mark) }
}

function comingSlot(source: MyDaySource, slot: SlotResult, next: boolean) {
  const label = source.t(slot.kind === 'out' ? 'attendance.me.after_out' : 'attendance.me.before_in')
  return { label, mood: next ? ('next' as const) : ('later' as const), sub: windowText(source, slot), why: null }
}

function doneSlot(source: MyDaySource, slot: SlotResult, mark: Mark | null) {
  const label = source.t(`attendance.slot.${slotLabel(slot)}`)
  const sub = slot.punch ? source.reader(slot.punch.source) : ''
  return { label, mood: 'done' as const, sub, why: slotWhy(source, slot, mark) }
}

function markOf(slot: SlotResult, facts: DayFacts): Mark | null {
  if (slot.state === 'covered') return coverageAt(facts, slot)?.kind ?? null
  if (slot.state === 'on_time') return slot.punch ? 'present' : 'manual'
  if (slot.state === 'late' || slot.state === 'early' || slot.state === 'missing') return slot.state
  return slot.state === 'pending' ? 'pending' : null
}

function coverageAt(facts: DayFacts, slot: SlotResult): CoverageFact | undefined {
  return facts.coverage.find((one) => one.from <= slot.due && slot.due <= one.to) ?? facts.coverage[0]
}

function slotText(source: MyDaySource, slot: SlotResult, mark: Mark | null): string {
  const { t } = source
  const length = formatDuration(slot.minutes, t.locale)
  switch (slot.state) {
    case 'on_time':
      return onTimeText(t, slot)
    case 'late':
      return t('attendance.me.slot.late', { length })
    case 'early':
      return t('attendance.me.slot.early', { length })
    case 'missing':
      return t('attendance.me.slot.missing')
    case 'pending':
      return t('attendance.me.slot.pending')
    case 'covered':
      return mark
        ? t('attendance.me.slot.covered', { kind: t(`attendance.mark.${mark}`) })
        : t('attendance.me.slot.covered_plain')
    case 'open':
      return openText(source, slot)
    case 'waiting':
      return t('attendance.me.slot.opens', { time: formatTime(slot.open) })
    case 'not_due':
      return t('attendance.me.slot.not_due')
  }
}

function onTimeText(t: T, slot: SlotResult): string {
  const before = slot.punch ? Math.floor((slot.due - slot.punch.second) / 60) : 0
  if (slot.kind === 'out' || before < 1) return t('attendance.me.slot.on_time')
  return t('attendance.me.slot.early_by', { length: formatDuration(before, t.locale) })
}

function openText({ t, now }: MyDaySource, slot: SlotResult): string {
  if (slot.kind === 'out')
    return t(now >= slot.due ? 'attendance.me.slot.open_out' : 'attendance.me.slot.open_out_early')
  const minutes = Math.floor(Math.abs(slot.due - now) / 60)
  const key = now <= slot.due ? 'attendance.me.slot.open_in' : 'attendance.me.slot.open_in_over'
  return t(key, { length: formatDuration(minutes, t.locale) })
}

function windowText({ t, lateFrom }: MyDaySource, slot: SlotResult): string {
  const facts = { open: formatTime(slot.open), close: formatTime(slot.close) }
  if (slot.kind !== 'in' || slot.state !== 'open') return t('attendance.me.slot.window', facts)
  return t('attendance.me.slot.late_from', { ...facts, time: formatTime(slot.due + lateFrom * 60) })
}

function slotWhy(source: MyDaySource, slot: SlotResult, mark: Mark | null): SlotWhy {
  const { t, result } = source
  const facts = { time: formatTime(slot.due), open: formatTime(slot.open), close: formatTime(slot.close) }
  const reasons = slot.serves.flatMap((half) => result.halves[half].reasons)
  const about = reasons.filter((reason) => reason.facts.slot === slot.id)
  // Leave and outings cover the half-day and no slot of their own: they are why nothing is due.
  const told = about.length > 0 ? about : reasons.filter((reason) => reason.facts.slot === undefined)
  const own = told.map((reason) => reasonText(source, reason))
  return {
    title: t('attendance.me.why', { mark: mark ? t(`attendance.mark.${mark}`) : '' }),
    due: t(slot.kind === 'out' ? 'attendance.why.due_out' : 'attendance.why.due', facts),
    actual: [...new Set(own)],
    rule: t('attendance.why.rule', { name: source.ruleName, version: result.ruleVersion }),
  }
}

/** The words of the greeting by the time of day. */
export function greetingKey(now: Second) {
  if (now < 11.5 * 3600) return 'attendance.me.morning' as const
  if (now < 13 * 3600) return 'attendance.me.noon' as const
  return now < 18 * 3600 ? ('attendance.me.afternoon' as const) : ('attendance.me.evening' as const)
}
