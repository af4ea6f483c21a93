import { Link } from '@remix-run/react'
import { Badge } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { type MyLeave, nextText } from '#app/ui/leave/mine-page.tsx'
import { daysText, periodText, stateBadge } from '#app/ui/leave/texts.ts'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { Mark } from '#app/ui/mark.tsx'

export type MyLeaves = {
  /** What is under way, and approved leave that has not ended. */
  readonly open: readonly MyLeave[]
  /** Requests of others that wait for the reader's decision. */
  readonly waiting: number
  /** Whether the reader writes a yearly summary here. */
  readonly papers: boolean
  readonly today: string
  readonly zone: string
}

/** What the reader may do at once: large enough for a thumb. */
export function QuickActs({ papers }: { papers: boolean }) {
  const t = useT()
  return (
    <nav className="quick" aria-label={t('leave.mine_card.label')}>
      <Link to="/leave/new">
        <span className="mk lv lg" aria-hidden="true">
          {t('leave.calendar.mark')}
        </span>
        {t('leave.mine_card.ask')}
      </Link>
      {papers ? (
        <Link to="/papers/mine">
          <span className="mk lv lg" aria-hidden="true">
            {t('leave.mine_card.papers_mark')}
          </span>
          {t('leave.mine_card.papers')}
        </Link>
      ) : null}
    </nav>
  )
}

/** What waits for the reader 等您办: others' leave to decide, and own requests that came back. */
export function WaitingCard({ leaves }: { leaves: MyLeaves }) {
  const t = useT()
  const returned = leaves.open.filter((one) => one.state === 'returned')
  const count = returned.length + (leaves.waiting > 0 ? 1 : 0)
  if (count === 0) return null
  return (
    <Card
      title={<Bilingual k="leave.mine_card.waiting" />}
      extra={<b>{returned.length + leaves.waiting}</b>}
      padded={false}
    >
      <ul className="lv-list">
        {leaves.waiting > 0 ? (
          <li>
            <span className="mk lv lg" aria-hidden="true">
              {t('leave.calendar.mark')}
            </span>
            <p className="b">{t('leave.mine_card.waits', { count: leaves.waiting })}</p>
            <div className="acts">
              <ButtonLink look="primary" to="/leave/waiting">
                {t('leave.mine_card.waits_go')}
              </ButtonLink>
            </div>
          </li>
        ) : null}
        {returned.map((one) => (
          <li key={one.id}>
            <Mark id={one.kind} large />
            <div>
              <p className="b">{t('leave.mine_card.returned', { kind: t(`attendance.mark.${one.kind}`) })}</p>
              <p className="nx">{nextText(t, one, leaves)}</p>
            </div>
            <div className="acts">
              <ButtonLink look="primary" to={`/leave/${one.id}/edit`}>
                {t('leave.mine.mend')}
              </ButtonLink>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** My leave under way, each with what comes next. */
export function LeaveCard({ leaves }: { leaves: MyLeaves }) {
  const t = useT()
  const open = leaves.open.filter((one) => one.state !== 'returned')
  return (
    <Card
      title={<Bilingual k="leave.mine_card.title" />}
      extra={<Link to="/leave">{t('leave.mine_card.all')}</Link>}
      padded={false}
    >
      {open.length === 0 ? (
        <p className="cb sub">{t('leave.mine_card.none')}</p>
      ) : (
        <ul className="lv-list">
          {open.map((one) => (
            <Row key={one.id} leave={one} leaves={leaves} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function Row({ leave, leaves }: { leave: MyLeave; leaves: MyLeaves }) {
  const t = useT()
  const badge = stateBadge(t, leave, leaves.today)
  const halves = leave.counts === 'working' ? leave.workingHalves : leave.calendarHalves
  return (
    <li>
      <Mark id={leave.kind} large />
      <div>
        <p className="l1">
          <b>
            <Link to={`/leave/${leave.id}`}>{periodText(t, leave.period, 'day', leaves.today)}</Link>
          </b>
          <span>{daysText(t, halves)}</span>
          <Badge tone={badge.tone}>{badge.text}</Badge>
        </p>
        <p className="nx">{nextText(t, leave, leaves)}</p>
      </div>
    </li>
  )
}
