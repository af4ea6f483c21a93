import type {
  DayFacts,
  DayResult,
  Half,
  HalfResult,
  PunchFact,
  Reason,
  SlotResult,
} from '#app/domain/attendance/day.ts'
import { type Mark, marks } from '#app/domain/attendance/marks.ts'
import { slotLabel } from '#app/domain/devices/greeting.ts'
import { formatTime } from '#app/i18n/format.ts'
import type { Params, T } from '#app/i18n/translator.ts'

export type WhyView = {
  readonly title: string
  readonly due: readonly string[]
  readonly actual: readonly string[]
  readonly rule: string
  readonly marks: readonly { readonly half: Half; readonly mark: Mark | null }[]
  readonly effect: string
  readonly checked: readonly string[]
}

export type WhySource = {
  readonly t: T
  readonly facts: DayFacts
  readonly result: DayResult
  /** The rule set's name. */
  readonly ruleName: string
  readonly reader: (id: string) => string
  readonly title: string
  readonly halves: readonly Half[]
}

/** Why a half-day or a day is what it is: due, actual, rule, effect, what was checked (design guide §4, why popover). */
export function whyView(source: WhySource): WhyView {
  const { t, result, halves } = source
  const slots = result.slots.filter((slot) => slot.serves.some((half) => halves.includes(half)))
  const own = halves.map((half) => result.halves[half])
  const actual = slots.flatMap((slot) => actualLines(source, slot))
  return {
    title: source.title,
    due: slots.length > 0 ? slots.map((slot) => dueLine(t, slot)) : [t('attendance.why.nothing_due')],
    actual: actual.length > 0 ? actual : [t('attendance.why.actual_none')],
    rule: t('attendance.why.rule', { name: source.ruleName, version: result.ruleVersion }),
    marks: own.map(({ half, mark }) => ({ half, mark })),
    effect: effectText(t, own),
    checked: checkedLines(source, own),
  }
}

function dueLine(t: T, slot: SlotResult): string {
  const facts = { time: formatTime(slot.due), open: formatTime(slot.open), close: formatTime(slot.close) }
  const key = slot.kind === 'out' ? 'attendance.why.due_out' : 'attendance.why.due'
  return `${t(`attendance.slot.${slotLabel(slot)}`)} ${t(key, facts)}`
}

function actualLines({ t, reader }: WhySource, slot: SlotResult): string[] {
  const name = t(`attendance.slot.${slotLabel(slot)}`)
  if (!slot.punch) {
    const coming = slot.state === 'waiting' || slot.state === 'open'
    return coming ? [] : [`${name} ${t('attendance.why.actual_none')}`]
  }
  const { punch } = slot
  const first = t('attendance.why.actual', { time: clock(punch), source: reader(punch.source) })
  const others = slot.ignored.map((one) => {
    const seconds = Math.abs(one.punch.second - punch.second)
    return t(`attendance.why.${one.why}`, { time: clock(one.punch), seconds })
  })
  return [`${name} ${first}`, ...others]
}

function clock(punch: PunchFact): string {
  return formatTime(punch.second, 'second')
}

/** One effect for all halves alike, or each half with its own. */
function effectText(t: T, halves: readonly HalfResult[]): string {
  const effects = halves.map((half) => effectOf(t, half))
  if (new Set(effects).size <= 1) return effects[0] ?? ''
  const named = halves.map(({ half }, at) => `${t(`attendance.half.${half}`)} ${effects[at]}`)
  return named.join(t.locale === 'en' ? '; ' : '；')
}

function effectOf(t: T, half: HalfResult): string {
  if (half.mark === null) return t('attendance.why.effect_open')
  const effects = {
    yes: 'counts',
    deduct: 'deduct',
    no: 'no',
    undecided: 'undecided',
    not_due: 'not_due',
    setting: 'setting',
  } as const
  return t(`attendance.why.effect_${effects[marks[half.mark].counts]}`)
}

/** Reasons that the lines above already tell. */
const told = new Set([
  'plan',
  'slot_on_time',
  'slot_waiting',
  'slot_open',
  'punch_repeat',
  'punch_later',
  'punch_earlier',
  'slot_missing',
])

function checkedLines(source: WhySource, halves: readonly HalfResult[]): string[] {
  const { t, facts } = source
  const reasons = halves.flatMap((half) => half.reasons)
  const spoken = reasons.filter((reason) => !told.has(reason.code)).map((reason) => reasonText(source, reason))
  const codes = new Set(reasons.map((reason) => reason.code))
  const judged = reasons.some((reason) => reason.code.startsWith('slot_'))
  const clean = [
    judged && !codes.has('late') ? t('attendance.why.checked_late') : '',
    judged && !codes.has('early') ? t('attendance.why.checked_early') : '',
    facts.coverage.length === 0 ? t('attendance.why.checked_coverage') : '',
    facts.outages.length === 0 ? t('attendance.why.checked_outage') : '',
  ]
  return [...new Set([...spoken, ...clean])].filter(Boolean)
}

/** One reason as a sentence, with the clause of the rule set that produced it; an unknown code shows itself. */
export function reasonText(source: WhySource, reason: Reason): string {
  const key = `attendance.reason.${reason.code}`
  if (!source.t.has(key)) return reason.code
  return source.t(key, paramsOf(source, reason.facts))
}

const instants = new Set(['at', 'used'])
const times = new Set(['due', 'open', 'close', 'from', 'to', 'outage_from', 'outage_to'])

function paramsOf(source: WhySource, facts: Reason['facts']): Params {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, paramOf(source, name, value)]))
}

function paramOf(source: WhySource, name: string, value: string | number): string | number {
  const { t } = source
  if (typeof value === 'number') {
    if (instants.has(name)) return formatTime(value, 'second')
    return times.has(name) ? boundary(value) : value
  }
  if (name === 'slot') return slotName(source, value)
  if (name === 'source' || name === 'reader') return source.reader(value)
  return word(t, name, value)
}

/** The end of the day is 24:00 and not tomorrow's 00:00. */
function boundary(second: number): string {
  return second === 86_400 ? '24:00' : formatTime(second)
}

function slotName({ t, result }: WhySource, id: string): string {
  const slot = result.slots.find((one) => one.id === id)
  return slot ? t(`attendance.slot.${slotLabel(slot)}`) : id
}

function word(t: T, name: string, value: string): string {
  const key = name === 'kind' ? `attendance.mark.${value}` : `attendance.reason.${name}.${value}`
  return t.has(key) ? t(key) : value
}
