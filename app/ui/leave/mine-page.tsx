import './leave.css'
import type { LeaveLine } from '#app/domain/leave/view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Badge } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Empty, Heading } from '#app/ui/card.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { Mark } from '#app/ui/mark.tsx'
import { Done, type DoneFacts } from './done.tsx'
import { LeaveTabs } from './leave-tabs.tsx'
import { daysText, endText, partiesText, periodText, standing, stateBadge } from './texts.ts'

/** A request of one's own, with the last word said on it when it came back or was refused. */
export type MyLeave = LeaveLine & { readonly note: string | null }

export type MineModel = {
  readonly leaves: readonly MyLeave[]
  readonly today: string
  readonly zone: string
  readonly done: DoneFacts | null
}

const settled = ['withdrawn', 'refused', 'cancelled', 'over']

/** My requests for leave 我的请假: what is under way with what comes next, and what was. */
export function MinePage({ model }: { model: MineModel }) {
  const t = useT()
  const { leaves, today } = model
  const sorted = [...leaves].sort((a, b) => (a.period.firstDay < b.period.firstDay ? 1 : -1))
  const past = sorted.filter((one) => settled.includes(standing(one, today)))
  const open = sorted.filter((one) => !past.includes(one)).reverse()
  const taken = leaves.filter(
    (one) => one.state === 'approved' && one.period.firstDay.slice(0, 4) === today.slice(0, 4),
  )
  const halves = taken.reduce((sum, one) => sum + one.workingHalves, 0)
  return (
    <>
      <Heading
        title={<Bilingual k="leave.mine.title" />}
        facts={t('leave.mine.facts', { count: taken.length, days: daysText(t, halves) })}
      >
        <LiveRefresh href="/leave/events" />
        <ButtonLink look="primary" to="/leave/new">
          {t('leave.mine.ask')}
        </ButtonLink>
      </Heading>
      <LeaveTabs current="mine" />
      <Done facts={model.done} />
      <div className="lv-stack">
        <Card title={<Bilingual k="leave.mine.open" />} padded={false}>
          {open.length > 0 ? <List leaves={open} model={model} /> : <Nothing any={leaves.length > 0} />}
        </Card>
        {past.length > 0 ? (
          <Card title={<Bilingual k="leave.mine.past" />} extra={past.length} padded={false}>
            <List leaves={past} model={model} />
          </Card>
        ) : null}
      </div>
    </>
  )
}

function Nothing({ any }: { any: boolean }) {
  const t = useT()
  return (
    <Empty
      title={t(any ? 'leave.mine.none_open' : 'leave.mine.empty')}
      action={
        <ButtonLink look="primary" to="/leave/new">
          {t('leave.mine.ask')}
        </ButtonLink>
      }
    >
      {t('leave.mine.empty_more')}
    </Empty>
  )
}

function List({ leaves, model }: { leaves: readonly MyLeave[]; model: MineModel }) {
  return (
    <ul className="lv-list">
      {leaves.map((one) => (
        <Item key={one.id} leave={one} model={model} />
      ))}
    </ul>
  )
}

function Item({ leave, model }: { leave: MyLeave; model: MineModel }) {
  const t = useT()
  const badge = stateBadge(t, leave, model.today)
  const halves = leave.counts === 'working' ? leave.workingHalves : leave.calendarHalves
  return (
    <li>
      <Mark id={leave.kind} large />
      <div>
        <p className="l1">
          <b>{t(`attendance.mark.${leave.kind}`)}</b>
          <span>{periodText(t, leave.period, 'day', model.today)}</span>
          <span className="b">{daysText(t, halves)}</span>
          <Badge tone={badge.tone}>{badge.text}</Badge>
          {leave.onBehalf ? <Badge tone="plain">{t('leave.on_behalf')}</Badge> : null}
        </p>
        <p className="nx">{nextText(t, leave, model)}</p>
      </div>
      <div className="acts">
        <Acts leave={leave} today={model.today} />
      </div>
    </li>
  )
}

function Acts({ leave, today }: { leave: MyLeave; today: string }) {
  const t = useT()
  const at = standing(leave, today)
  return (
    <>
      {at === 'draft' || at === 'returned' ? (
        <ButtonLink small look="primary" to={`/leave/${leave.id}/edit`}>
          {t(at === 'draft' ? 'leave.mine.edit' : 'leave.mine.mend')}
        </ButtonLink>
      ) : null}
      {at === 'submitted' || at === 'draft' || at === 'returned' ? (
        <ButtonLink small to={`/leave/${leave.id}?act=withdraw`}>
          {t('leave.mine.withdraw')}
        </ButtonLink>
      ) : null}
      {at === 'approved' ? (
        <ButtonLink small to={`/leave/${leave.id}?act=cancel`}>
          {t('leave.mine.cancel')}
        </ButtonLink>
      ) : null}
      <ButtonLink small to={`/leave/${leave.id}`}>
        {t('leave.mine.look')}
      </ButtonLink>
    </>
  )
}

/** What happens next with a request, to whom it matters. */
export function nextText(t: T, leave: MyLeave, { today, zone }: Pick<MineModel, 'today' | 'zone'>): string {
  const at = standing(leave, today)
  const { note } = leave
  switch (at) {
    case 'submitted': {
      const time = leave.submittedAtMs === null ? '' : formatInstant(leave.submittedAtMs, zone, t.locale)
      if (leave.awaited.length === 0) return t('leave.next.waits_nobody', { time })
      return t('leave.next.waits', { who: partiesText(t, leave.awaited, leave.awaitedMode), time })
    }
    case 'returned':
    case 'refused':
      return note ? t(`leave.next.${at}`, { note }) : t(`leave.next.${at}_plain`)
    case 'approved':
      return t('leave.next.ahead', { day: endText(t, leave.period) })
    case 'on':
      return t('leave.next.on', { day: endText(t, leave.period) })
    case 'over':
      return t('leave.next.over', { kind: t(`attendance.mark.${leave.kind}`) })
    default:
      return t(`leave.next.${at}`)
  }
}

/** For accounts that are no person of the centre. */
export function NobodyLeave() {
  const t = useT()
  return (
    <>
      <Heading title={<Bilingual k="leave.mine.title" />} />
      <LeaveTabs current="mine" />
      <div className="card">
        <Empty title={t('leave.mine.nobody')}>{t('leave.mine.nobody_more')}</Empty>
      </div>
    </>
  )
}
