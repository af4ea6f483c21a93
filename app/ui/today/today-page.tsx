import { Link, useSearchParams } from '@remix-run/react'
import type { AlarmLine } from '#app/domain/devices/alarm-view.ts'
import type { FirstStep } from '#app/domain/hall/first-steps.ts'
import { AlarmBanner } from '#app/ui/alarms/alarm-banner.tsx'
import { Alert } from '#app/ui/alert.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/card.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { Counts } from '#app/ui/today/counts.tsx'
import { FirstSteps } from '#app/ui/today/first-steps.tsx'
import { Legend } from '#app/ui/today/legend.tsx'
import type { Found, TodayModel } from '#app/ui/today/model.ts'
import { Side } from '#app/ui/today/side.tsx'
import { useTick } from '#app/ui/today/tick.ts'
import { WhyBox } from '#app/ui/today/why-box.tsx'
import type { WhyView } from '#app/ui/today/why-model.ts'
import { Zones } from '#app/ui/today/zones.tsx'
import './tiles.css'
import './today.css'

type TodayPageProps = {
  model: TodayModel
  why: WhyView | null
  wall: boolean
  first: readonly FirstStep[]
  alarms: readonly AlarmLine[]
}

/** The hall board 今日在岗. */
export function TodayPage({ model, why, wall, first, alarms }: TodayPageProps) {
  const t = useT()
  useTick(30_000)
  return (
    <div className="hall">
      <div className="hd">
        <h1>
          <Bilingual k="attendance.today.title" />
        </h1>
        <span className="sub sm">
          {model.hours ? `${model.day} · ${model.hours}` : model.day} · {t('attendance.today.until')}{' '}
          <b className="num">{model.now}</b>
          {model.provisional ? ` · ${t('attendance.today.provisional')}` : null}
        </span>
        <Legend wide />
        <div className="acts">
          {wall ? (
            <ButtonLink small to="/wall" document>
              <Bilingual k="attendance.today.wall" />
            </ButtonLink>
          ) : null}
          <ButtonLink small to="/today?view=roll">
            <Bilingual k="attendance.today.roll" />
          </ButtonLink>
        </div>
      </div>
      <AlarmBanner alarms={alarms} />
      <Counts count={model.count} />
      {model.found ? <FoundLine found={model.found} /> : null}
      {model.judged ? null : (
        <Alert tone="warn" title={t('attendance.today.no_rules')}>
          {t('attendance.today.no_rules_more')}
        </Alert>
      )}
      {model.zones.length > 0 ? <FirstSteps steps={first} /> : null}
      <div className="lay">
        <Board model={model} first={first} />
        <Side model={model}>{why ? <Why why={why} /> : null}</Side>
      </div>
    </div>
  )
}

/** The hall; while it has no windows, the way to them. */
function Board({ model, first }: Pick<TodayPageProps, 'model' | 'first'>) {
  if (model.zones.length > 0) return <Zones zones={model.zones} />
  return first.length > 0 ? <FirstSteps steps={first} /> : <NoWindows whole={model.whole} />
}

function NoWindows({ whole }: { whole: boolean }) {
  const t = useT()
  return whole ? (
    <Empty title={t('attendance.today.bare')}>{t('attendance.today.bare_more')}</Empty>
  ) : (
    <Empty title={t('attendance.today.empty')}>{t('attendance.today.empty_more')}</Empty>
  )
}

function Why({ why }: { why: WhyView }) {
  const [search] = useSearchParams()
  const rest = new URLSearchParams(search)
  rest.delete('why')
  const query = rest.toString()
  return <WhyBox why={why} close={query === '' ? '/today' : `/today?${query}`} />
}

function FoundLine({ found }: { found: Found }) {
  const t = useT()
  const any = found.windows > 0 || found.people.length > 0
  return (
    <p className="fnd" role="status">
      {found.windows > 0 ? t('attendance.today.search.found', { q: found.q, count: found.windows }) : null}
      {found.people.map((person) => (
        <span key={person.id}>
          <b>{person.name}</b> {person.state}
        </span>
      ))}
      {any ? null : t('attendance.today.search.none', { q: found.q })}{' '}
      <Link to="/today">{t('attendance.today.search.clear')}</Link>
    </p>
  )
}
