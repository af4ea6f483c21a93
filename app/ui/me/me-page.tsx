import { Link } from '@remix-run/react'
import { Fragment } from 'react'
import type { Key } from '#app/i18n/catalogue.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Card, Empty } from '#app/ui/card.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { Mark } from '#app/ui/mark.tsx'
import { LeaveCard, type MyLeaves, QuickActs, WaitingCard } from '#app/ui/me/leave-card.tsx'
import type { MyDay, SlotView } from '#app/ui/me/model.ts'
import { MonthCard } from '#app/ui/me/month-card.tsx'
import type { MonthView } from '#app/ui/me/month-model.ts'
import { useTick } from '#app/ui/today/tick.ts'
import { WhyBox } from '#app/ui/today/why-box.tsx'
import type { WhyView } from '#app/ui/today/why-model.ts'
import '#app/ui/leave/leave.css'
import './me.css'

export type MeModel = {
  readonly greeting: Key
  readonly name: string
  /** Day, window and post, time. */
  readonly facts: readonly string[]
  /** Null when the day cannot be judged. */
  readonly day: MyDay | null
  /** Readers that do not answer now, in words; empty when all do. */
  readonly outages: readonly string[]
  /** Why there is no day to show: not posted here now. */
  readonly away: string
  readonly month: MonthView
}

type MePageProps = { readonly model: MeModel; readonly why: WhyView | null; readonly leaves: MyLeaves }

/** My page 我的: what can be done at once, today's slots, what comes next, leave under way, and the month. */
export function MePage({ model, why, leaves }: MePageProps) {
  const t = useT()
  useTick(60_000)
  return (
    <div className="me">
      <div className="hi">
        <h1>{t(model.greeting, { name: model.name })}</h1>
        <p>
          {model.facts.map((fact) => (
            <Fragment key={fact}>
              <span>{fact}</span>{' '}
            </Fragment>
          ))}
        </p>
      </div>
      <QuickActs papers={leaves.papers} />
      <div className="cols">
        <div>
          <Card
            title={<Bilingual k="attendance.me.today" />}
            extra={
              <>
                <span className="mut">{model.day?.plan}</span> <LiveRefresh href="/me/events" />
              </>
            }
            padded={false}
          >
            {model.away ? <Empty title={t('attendance.me.not_in_service')}>{model.away}</Empty> : <Day model={model} />}
          </Card>
          <WaitingCard leaves={leaves} />
          <LeaveCard leaves={leaves} />
        </div>
        <div>
          <MonthCard month={model.month} />
          {why ? <WhyBox why={why} close={`/me?month=${model.month.month}`} /> : null}
        </div>
      </div>
    </div>
  )
}

function Day({ model }: { model: MeModel }) {
  const t = useT()
  if (!model.day) {
    return <Empty title={t('attendance.today.no_rules')}>{t('attendance.today.no_rules_more')}</Empty>
  }
  return (
    <>
      {model.day.slots.length > 0 ? (
        <ol className="day">
          {model.day.slots.map((slot) => (
            <Slot key={slot.id} slot={slot} />
          ))}
        </ol>
      ) : (
        <Empty title={t('attendance.me.no_slots')}>
          {t('attendance.me.no_slots_more', { reason: model.day.idle })}
        </Empty>
      )}
      {model.outages.length > 0 ? (
        <Alert tone="warn" title={t('attendance.me.outage_title')}>
          {model.outages.map((line) => (
            <span className="ln" key={line}>
              {line}
            </span>
          ))}
        </Alert>
      ) : null}
    </>
  )
}

function Slot({ slot }: { slot: SlotView }) {
  const next = slot.mood === 'next'
  return (
    <li {...(next ? { className: 'nx', 'aria-current': 'step' as const } : {})}>
      <span className="wh">
        <b>{slot.time}</b>
        {slot.label}
      </span>
      {slot.mark ? <Mark id={slot.mark} large /> : <span className={next ? 'dot n' : 'dot'} aria-hidden="true" />}
      <p>
        {next ? <b>{slot.text}</b> : slot.text}
        <span className="sub">{slot.sub}</span>
      </p>
      {slot.why ? <SlotWhyBox why={slot.why} open={slot.mark !== 'present'} /> : null}
    </li>
  )
}

function SlotWhyBox({ why, open }: { why: NonNullable<SlotView['why']>; open: boolean }) {
  return (
    <details open={open}>
      <summary>{why.title}</summary>
      <dl className="kv">
        <dt>
          <Bilingual k="common.why.due" />
        </dt>
        <dd>{why.due}</dd>
        <dt>
          <Bilingual k="common.why.actual" />
        </dt>
        <dd>
          {why.actual.map((line) => (
            <span className="ln" key={line}>
              {line}
            </span>
          ))}
        </dd>
        <dt>
          <Bilingual k="common.why.rule" />
        </dt>
        <dd>{why.rule}</dd>
      </dl>
    </details>
  )
}

/** For accounts that are no person of the centre: the administrators keep no attendance. */
export function NobodyPage() {
  const t = useT()
  return (
    <div className="me">
      <div className="hi">
        <h1>{t('attendance.me.title')}</h1>
      </div>
      <div className="card">
        <Empty title={t('attendance.me.no_person')} action={<Link to="/home">{t('attendance.me.go_home')}</Link>}>
          {t('attendance.me.no_person_more')}
        </Empty>
      </div>
    </div>
  )
}
