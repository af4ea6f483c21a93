import './leave.css'
import './waiting.css'
import type { ReactNode } from 'react'
import type { LeaveView, LeaveWarning, Staffing } from '#app/domain/leave/view.ts'
import { formatInstant, formatNames, formatNumber } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Consequence } from '#app/ui/alert.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { Mark } from '#app/ui/mark.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { Effects, warningText } from './answer.tsx'
import { Chain } from './chain.tsx'
import { DayStrip } from './day-strip.tsx'
import { StaffingTables } from './staffing-table.tsx'
import { nameText, periodText, sizeText, stateBadge } from './texts.ts'

export type DetailModel = {
  readonly view: LeaveView
  readonly staffing: Staffing | null
  readonly warnings: readonly LeaveWarning[]
  readonly today: string
  readonly zone: string
  /** The party the reader would decide for now; null when none. */
  readonly mine: string | null
  /** The whole telephone number once it was asked for; that it was stands in the audit trail. */
  readonly phone: string | null
  readonly mayPhone: boolean
}

/** One request with everything a decision needs 05: who is there, why, what follows, what happened so far. */
export function LeaveDetail({ model, children }: { model: DetailModel; children?: ReactNode }) {
  const t = useT()
  const { view, staffing, zone, mine } = model
  const fits = staffing?.groups.every((group) => group.columns.every(({ short }) => !short)) ?? false
  return (
    <section className="card lvd" aria-labelledby="leave-of">
      <Head model={model} />
      <div className="cols">
        <div>
          {staffing ? <StaffingTables staffing={staffing} personId={view.person.id} /> : null}
          <Why model={model} />
          {view.count ? <DayStrip days={view.count.days} counts={view.counts} /> : null}
        </div>
        <div>
          {view.state === 'submitted' ? (
            <>
              <h3>
                <Bilingual k="leave.waiting.if_approved" />
              </h3>
              <ul className="cons">
                <Effects kind={view.kind} period={view.period} />
                {staffing && staffing.groups.length > 0 && fits ? (
                  <Consequence tone="ok">{t('leave.effect.enough')}</Consequence>
                ) : null}
                {model.warnings.map((one) => (
                  <Consequence key={warningText(t, one)} tone="warn">
                    {warningText(t, one)}
                  </Consequence>
                ))}
              </ul>
            </>
          ) : null}
          <Chain steps={view.steps} decisions={view.decisions} zone={zone} mine={mine} />
        </div>
      </div>
      {children}
    </section>
  )
}

function Head({ model: { view, today, zone } }: { model: DetailModel }) {
  const t = useT()
  const badge = stateBadge(t, view, today)
  const name = nameText(t, view.person)
  return (
    <div className="dh">
      <Mark id={view.kind} large />
      <div>
        <h2 id="leave-of">
          <PersonName name={name} /> {t(`attendance.mark.${view.kind}`)}
        </h2>
        <p className="sub sm">{whereText(t, view, zone)}</p>
        <p className="row">
          <b>{periodText(t, view.period, 'day', today)}</b> <Badge tone={badge.tone}>{badge.text}</Badge>
          {view.onBehalf ? <Badge tone="plain">{t('leave.on_behalf')}</Badge> : null}
        </p>
      </div>
      <div className="fig">
        <div>
          <b>{formatNumber(view.workingHalves / 2, t.locale)}</b>
          <span>{t('leave.working')}</span>
        </div>
        <div>
          <b>{formatNumber(view.calendarHalves / 2, t.locale)}</b>
          <span>{t('leave.calendar_days')}</span>
        </div>
      </div>
    </div>
  )
}

/** A03 B岗 · 市场监督管理局 · 2026-11-20 09:58 提交 */
function whereText(t: T, view: LeaveView, zone: string): string {
  const { person } = view
  const unit = person.unit ? [nameText(t, person.unit)] : []
  const at =
    view.submittedAtMs === null
      ? t('leave.slip.drafted_at', { time: formatInstant(view.createdAtMs, zone, t.locale) })
      : t('leave.slip.submitted_at', { time: formatInstant(view.submittedAtMs, zone, t.locale) })
  const number = view.number ? [view.number] : []
  return [postsText(t, view), ...unit, ...number, at].filter(Boolean).join(' · ')
}

export function postsText(t: T, { person }: Pick<LeaveView, 'person'>): string {
  const posts = person.posts.map(({ post, window }) => {
    const key = `attendance.post.${post}`
    return [window, t.has(key) ? t(key) : post].filter(Boolean).join(' ')
  })
  return formatNames(posts, t.locale)
}

function Why({ model }: { model: DetailModel }) {
  const t = useT()
  const { view } = model
  const { destination, leavesTown, phoneMasked, handover, standIn, paper } = view
  const rows: [string, ReactNode][] = [
    [t('leave.slip.reason'), view.reason || t('leave.slip.none')],
    [
      t('leave.slip.destination'),
      [destination, t(leavesTown ? 'leave.slip.leaves_town' : 'leave.slip.stays')].filter(Boolean).join(' · '),
    ],
    ...(phoneMasked ? [[t('leave.slip.phone'), <Phone key="phone" model={model} />] as [string, ReactNode]] : []),
    [t('leave.slip.stand_in'), standIn ? nameText(t, standIn) : t('leave.slip.no_stand_in')],
    [t('leave.slip.handover'), handover || t('leave.slip.none')],
  ]
  if (paper) {
    rows.push([
      t('leave.slip.paper'),
      <a key="paper" href={`/leave/${view.id}/paper`}>
        {t('leave.slip.paper_open', { name: paper.name, size: sizeText(paper.size) })}
      </a>,
    ])
  }
  return (
    <>
      <h3>
        <Bilingual k="leave.slip.reason_handover" />
      </h3>
      <dl className="kv sm">
        {rows.map(([label, value]) => (
          <Row key={label} label={label} value={value} />
        ))}
      </dl>
      {view.provisional ? <p className="sub sm">{t('leave.slip.provisional')}</p> : null}
    </>
  )
}

/** Masked until a decider asks for it; the form stays beside what is being written. */
function Phone({ model: { view, phone, mayPhone } }: { model: DetailModel }) {
  const t = useT()
  if (phone) return <b aria-live="polite">{phone}</b>
  if (!mayPhone) return <>{view.phoneMasked}</>
  return (
    <Form document={false}>
      <input type="hidden" name="id" value={view.id} />
      {view.phoneMasked}{' '}
      <Button small name="act" value="phone">
        {t('leave.slip.phone_show')}
      </Button>{' '}
      <span className="mut">{t('leave.slip.phone_noted')}</span>
    </Form>
  )
}

function Row({ label, value }: { label: string; value: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className="said">{value}</dd>
    </>
  )
}
