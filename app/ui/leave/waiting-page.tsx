import './leave.css'
import './waiting.css'
import { Link, useNavigate } from '@remix-run/react'
import { useEffect } from 'react'
import type { LeaveLine } from '#app/domain/leave/view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { Empty, Heading } from '#app/ui/card.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { Mark } from '#app/ui/mark.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { useRootData } from '#app/ui/root-data.tsx'
import { DecideForm, type Deciding } from './decide-form.tsx'
import { type DetailModel, LeaveDetail } from './detail.tsx'
import { Done, type DoneFacts } from './done.tsx'
import { LeaveTabs } from './leave-tabs.tsx'
import { daysText, nameText, periodText, stateBadge } from './texts.ts'

export type WaitingModel = {
  readonly show: 'waiting' | 'decided'
  readonly lines: readonly LeaveLine[]
  readonly detail: DetailModel | null
  /** True when the address names the request: a phone then shows it instead of the list. */
  readonly opened: boolean
  /** Why the reader does not decide on the one shown. */
  readonly idle: 'own' | 'not_due' | null
  readonly deciding: Deciding | null
  readonly done: DoneFacts | null
  readonly today: string
  readonly zone: string
}

function hrefOf(show: WaitingModel['show'], id?: string): string {
  const query = new URLSearchParams(show === 'decided' ? { show } : {})
  if (id) query.set('id', id)
  const text = query.toString()
  return text ? `/leave/waiting?${text}` : '/leave/waiting'
}

/** What waits for the reader's decision 待我审批, or what was decided 已办. */
export function WaitingPage({ model }: { model: WaitingModel }) {
  const t = useT()
  const { show, lines, detail, opened } = model
  useKeys(model)
  return (
    <>
      <Head model={model} />
      <LeaveTabs current={show} />
      <Done facts={model.done} />
      <Refused deciding={model.deciding} />
      {lines.length === 0 && !detail ? (
        <Nothing show={show} />
      ) : (
        <div className={`wt ${opened ? 'one' : 'none'}`}>
          <section
            className="card q1"
            aria-label={t(show === 'decided' ? 'leave.waiting.decided_list' : 'leave.waiting.list')}
          >
            <ul className="q">
              {lines.map((line) => (
                <Line key={line.id} line={line} model={model} />
              ))}
            </ul>
            {lines.length === 0 ? <Empty title={t('leave.waiting.empty')} /> : null}
          </section>
          <div>
            {opened ? (
              <Link className="wt-back" to={hrefOf(show)}>
                ← {t('leave.waiting.back')}
              </Link>
            ) : null}
            {detail ? <Chosen model={model} detail={detail} /> : null}
          </div>
        </div>
      )}
    </>
  )
}

/** Why it was not done, where a phone shows it first; the field says it again. */
function Refused({ deciding }: { deciding: Deciding | null }) {
  const t = useT()
  const text = deciding?.errors[''] ?? deciding?.errors.note
  if (!text) return null
  return (
    <div className="lv-top">
      <Alert tone="bad" title={t('leave.refused.title_decide')} urgent>
        <a href="#note">{text}</a>
      </Alert>
    </div>
  )
}

function Head({ model: { show, lines } }: { model: WaitingModel }) {
  const t = useT()
  const role = useRootData()?.visitor?.role
  const title = show === 'decided' ? 'leave.waiting.decided_title' : 'leave.waiting.title'
  return (
    <Heading
      title={<Bilingual k={title} />}
      facts={role ? t('leave.waiting.facts', { role: t(`access.role.${role}`), count: lines.length }) : ''}
    >
      {show === 'waiting' && lines.length > 0 ? (
        <span className="mut sm keys">
          <kbd>J</kbd> <kbd>K</kbd> {t('leave.waiting.keys')} <kbd>A</kbd> {t('leave.waiting.key_approve')}
        </span>
      ) : null}
      <LiveRefresh href="/leave/events" />
    </Heading>
  )
}

function Nothing({ show }: { show: WaitingModel['show'] }) {
  const t = useT()
  const decided = show === 'decided'
  return (
    <div className="card">
      <Empty
        title={t(decided ? 'leave.waiting.empty_decided' : 'leave.waiting.empty')}
        action={
          <Link to={hrefOf(decided ? 'waiting' : 'decided')}>
            {t(decided ? 'leave.waiting.see_waiting' : 'leave.waiting.see_decided')}
          </Link>
        }
      >
        {t(decided ? 'leave.waiting.empty_decided_more' : 'leave.waiting.empty_more')}
      </Empty>
    </div>
  )
}

function Line({ line, model }: { line: LeaveLine; model: WaitingModel }) {
  const t = useT()
  const current = line.id === model.detail?.view.id
  const at = model.show === 'decided' ? (line.decidedAtMs ?? line.submittedAtMs) : line.submittedAtMs
  const halves = line.counts === 'working' ? line.workingHalves : line.calendarHalves
  return (
    <li>
      <Link to={hrefOf(model.show, line.id)} {...(current ? { 'aria-current': 'true' as const } : {})}>
        <span className="l1">
          <Mark id={line.kind} />
          <b>
            <PersonName name={nameText(t, line.person)} />
          </b>
          <span className="tt">{at === null ? '' : formatInstant(at, model.zone, t.locale)}</span>
        </span>
        <span className="l2">
          {periodText(t, line.period, 'short', model.today)} · {daysText(t, halves)}
        </span>
        <span className="l2">
          <LineEnd line={line} model={model} />
        </span>
      </Link>
    </li>
  )
}

function LineEnd({ line, model }: { line: LeaveLine; model: WaitingModel }) {
  const t = useT()
  if (model.show === 'decided') {
    const badge = stateBadge(t, line, model.today)
    return <Badge tone={badge.tone}>{badge.text}</Badge>
  }
  if (!line.standIn) return <>{t('leave.waiting.no_stand_in')}</>
  return <>{t('leave.waiting.stand_in', { name: nameText(t, line.standIn) })}</>
}

function Chosen({ model, detail }: { model: WaitingModel; detail: DetailModel }) {
  const t = useT()
  const { mine, view } = detail
  return (
    <LeaveDetail model={detail}>
      {mine && view.state === 'submitted' ? (
        <DecideForm key={view.id} view={view} mine={mine} deciding={model.deciding} />
      ) : (
        <div className="act">
          {model.deciding?.errors[''] ? <Alert tone="warn" title={model.deciding.errors['']} urgent /> : null}
          <div className="go">
            {model.idle && view.state === 'submitted' ? <span>{t(`leave.waiting.${model.idle}`)}</span> : null}
            <Link to={`/leave/${view.id}`}>{t('leave.slip.print')}</Link>
          </div>
        </div>
      )}
    </LeaveDetail>
  )
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null
  const field = target !== null && /^(input|textarea|select)$/i.test(target.tagName)
  return field || event.ctrlKey || event.altKey || event.metaKey
}

/** J and K go to the next and the one before; A goes to the button that approves, and Enter there decides. */
function useKeys({ lines, detail, show }: WaitingModel): void {
  const navigate = useNavigate()
  const at = lines.findIndex(({ id }) => id === detail?.view.id)
  const next = lines[at + 1]?.id
  const before = lines[at - 1]?.id
  useEffect(() => {
    const goals: Readonly<Record<string, string | undefined>> = { j: next, k: before }
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event)) return
      const key = event.key.toLowerCase()
      if (key === 'a') document.getElementById('approve')?.focus()
      const to = goals[key]
      if (to) navigate(hrefOf(show, to), { preventScrollReset: true })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [navigate, next, before, show])
}
