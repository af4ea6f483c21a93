import type { Half } from '#app/domain/attendance/day.ts'
import { marks } from '#app/domain/attendance/marks.ts'
import type { LeaveKind, LeavePeriod, LeavePreview, LeaveWarning, Overlap } from '#app/domain/leave/view.ts'
import { type DayStyle, formatDay, formatNumber } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Consequence } from '#app/ui/alert.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { RoutePreview } from './chain.tsx'
import { DayStrip } from './day-strip.tsx'
import { daysText, endText, partyText, periodText } from './texts.ts'
import type { Problem } from './typed.ts'

/** Worked out, refused with its reason, or not asked yet. */
export type Outcome = { readonly preview: LeavePreview | null; readonly problem: Problem | null }

type AnswerProps = {
  readonly outcome: Outcome
  readonly kind: LeaveKind | null
  readonly period: LeavePeriod | null
  readonly busy: boolean
}

/** What the machine has worked out 系统已算好的结果: both counts, the days, what follows, who decides. */
export function Answer({ outcome, kind, period, busy }: AnswerProps) {
  const t = useT()
  const { preview, problem } = outcome
  return (
    <aside className="card ans" aria-live="polite" aria-busy={busy}>
      {preview && kind && period ? (
        <Worked preview={preview} kind={kind} period={period} />
      ) : (
        <div className="wait">
          <b>{t(problem ? 'leave.form.wait_refused' : 'leave.form.wait_title')}</b>
          <p>{problem ? refusalText(t, problem) : t('leave.form.wait_more')}</p>
        </div>
      )}
    </aside>
  )
}

function Worked({ preview, kind, period }: { preview: LeavePreview; kind: LeaveKind; period: LeavePeriod }) {
  const t = useT()
  const { count, counts } = preview
  const basis = t(counts === 'working' ? 'leave.working' : 'leave.calendar_days')
  const charged = counts === 'working' ? count.workingHalves : count.calendarHalves
  return (
    <>
      <div className="lv-big">
        <Figure halves={count.workingHalves} label="leave.working" />
        <Figure halves={count.calendarHalves} label="leave.calendar_days" />
      </div>
      <div className="blk">
        <h2 className="lv-h3">
          {t('leave.form.charged', { kind: t(`attendance.mark.${kind}`), basis, days: daysText(t, charged) })}
        </h2>
        <DayStrip days={count.days} counts={counts} />
        <details className="sm">
          <summary className="mut">{t('leave.form.why')}</summary>
          <p>{t('leave.form.why_rule', { version: preview.ruleVersion, path: preview.path })}</p>
        </details>
      </div>
      <div className="blk">
        <h2 className="lv-h3">
          <Bilingual k="leave.form.consequences" />
        </h2>
        <ul className="cons">
          {preview.overlaps.map((one) => (
            <Consequence key={one.id} tone={one.blocks ? 'bad' : 'warn'}>
              {overlapText(t, one)}
            </Consequence>
          ))}
          <Effects kind={kind} period={period} />
          {isEnough(preview) ? <Consequence tone="ok">{t('leave.effect.enough')}</Consequence> : null}
          {preview.warnings.map((one) => (
            <Consequence key={warningText(t, one)} tone="warn">
              {warningText(t, one)}
            </Consequence>
          ))}
        </ul>
      </div>
      <div className="blk">
        <h2 className="lv-h3">
          <Bilingual k="leave.form.decides" />
        </h2>
        <RoutePreview steps={preview.steps} />
      </div>
    </>
  )
}

/** Every window group of the person keeps its minimum on these days. */
function isEnough({ staffing }: LeavePreview): boolean {
  const columns = staffing.groups.flatMap((group) => group.columns)
  return columns.length > 0 && columns.every(({ short }) => !short)
}

function Figure({ halves, label }: { halves: number; label: 'leave.working' | 'leave.calendar_days' }) {
  const t = useT()
  return (
    <div>
      <b>
        {formatNumber(halves / 2, t.locale)}
        <small>{t('leave.days_unit')}</small>
      </b>
      <span>
        <Bilingual k={label} />
      </span>
    </div>
  )
}

/** What the leave does to attendance, and when the person is due again. */
export function Effects({ kind, period }: { kind: LeaveKind; period: LeavePeriod }) {
  const t = useT()
  const effect = { yes: 'counts', no: 'counts_not', setting: 'counts_setting' } as const
  const { counts } = marks[kind]
  return (
    <>
      <Consequence tone={counts === 'yes' ? 'ok' : 'info'}>
        {t(`leave.effect.${effect[counts]}`, { kind: t(`attendance.mark.${kind}`) })}
      </Consequence>
      <Consequence tone="info">{t('leave.effect.back', { day: endText(t, period) })}</Consequence>
    </>
  )
}

function overlapText(t: T, one: Overlap): string {
  const { first, last, kind, state } = one
  const period = periodText(t, {
    firstDay: first.day,
    firstHalf: first.half,
    lastDay: last.day,
    lastHalf: last.half,
  })
  const facts = { period, kind: t(`attendance.mark.${kind}`) }
  if (state === null) return t('leave.form.overlap_plain', facts)
  return t('leave.form.overlap', { ...facts, state: t(`leave.state.${state}`) })
}

export function warningText(t: T, { code, facts }: LeaveWarning): string {
  return t(`leave.warn.${code}`, worded(t, facts))
}

/** A refusal as a sentence with its remedy; one without its own sentence says at least what to try. */
export function refusalText(t: T, { code, facts }: Problem): string {
  const key = `leave.refused.${code}`
  return t(t.has(key) ? key : 'leave.refused.other', worded(t, facts, 'full'))
}

/** Facts in the reader's words: days, halves, kinds, states and parties have names; a day of a refusal bears its year. */
export function worded(t: T, facts: Problem['facts'], style: DayStyle = 'day'): Record<string, string | number> {
  const words = Object.entries(facts).map(([name, value]) => [name, word(t, { name, value, style })])
  return { ...Object.fromEntries(words), ...derived(t, facts, style) }
}

/** What follows from several facts together: a period from its ends, days from half-days, a name in the reader's language. */
function derived(t: T, facts: Problem['facts'], style: DayStyle): Record<string, string> {
  const { firstDay, firstHalf, lastDay, lastHalf, halves, max, groupEn, byEn } = facts
  const found: Record<string, string> = {}
  if (isHalf(firstHalf) && isHalf(lastHalf)) {
    const period = { firstDay: String(firstDay), firstHalf, lastDay: String(lastDay), lastHalf }
    found.period = periodText(t, period, style)
  }
  if (typeof halves === 'number' && typeof max === 'number') {
    Object.assign(found, { asked_days: formatNumber(halves / 2, t.locale), max_days: formatNumber(max / 2, t.locale) })
  }
  if (t.locale === 'en' && typeof groupEn === 'string' && groupEn !== '') found.group = groupEn
  if (t.locale === 'en' && typeof byEn === 'string' && byEn !== '') found.by = byEn
  return found
}

const isHalf = (value: unknown): value is Half => value === 'am' || value === 'pm'

type Fact = { readonly name: string; readonly value: string | number; readonly style: DayStyle }

function word(t: T, { name, value, style }: Fact): string | number {
  if (typeof value === 'number') return value
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) && name !== 'example' && name !== 'value') {
    return formatDay(value, t.locale, style)
  }
  const catalogued = {
    half: `leave.half.${value}`,
    kind: `attendance.mark.${value}`,
    state: `leave.state.${value}`,
    act: `leave.slip.acts.${value}`,
  }[name.replace(/^.*_/, '')]
  if (catalogued && t.has(catalogued)) return t(catalogued)
  return name === 'party' ? partyText(t, value) : value
}
