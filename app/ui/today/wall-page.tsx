import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { AlarmLine } from '#app/domain/devices/alarm-view.ts'
import type { Key } from '#app/i18n/catalogue.ts'
import { AlarmWords } from '#app/ui/alarms/alarm-banner.tsx'
import { Clock } from '#app/ui/clock.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { useStandingPresence } from '#app/ui/presence.ts'
import { Legend } from '#app/ui/today/legend.tsx'
import { useTick } from '#app/ui/today/tick.ts'
import type { WallModel } from '#app/ui/today/wall-model.ts'
import { Zones } from '#app/ui/today/zones.tsx'
import './tiles.css'
import './wall.css'

type WallPageProps = { model: WallModel; alarms: readonly AlarmLine[]; at: number; zone: string }

/** The hall's own screen 大屏: dark, big, without any private matter. */
export function WallPage({ model, alarms, at, zone }: WallPageProps) {
  const t = useT()
  const { count } = model
  useTick(20_000)
  useStandingPresence()
  return (
    <div className="wallpage" data-theme="dark">
      <main className="wl" id="main">
        <header className="wh">
          <h1>
            <Bilingual k="attendance.today.title" />
          </h1>
          <dl>
            <Figure name="attendance.today.here" tone="t-ok">
              {count.here}
              <span className="of"> / {count.expected}</span>
            </Figure>
            <Figure name="attendance.wall.away" tone="t-teal">
              {count.out}
            </Figure>
            <Figure name="attendance.wall.absent">{count.leave + count.missing + count.unknown}</Figure>
            <Figure name="attendance.wall.void" tone={model.empty > 0 ? 't-bad' : ''}>
              {model.empty}
            </Figure>
          </dl>
          <span className="t">
            <Clock at={at} zone={zone} precision="time" />
          </span>
          <span className="d">
            <span>{model.day}</span>
            <span>{model.lunar}</span>
          </span>
        </header>
        <Zones zones={model.zones} wall />
        <footer className="wf">
          {model.lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
          <AlarmWords alarms={alarms} />
          <span className="up">
            <LiveRefresh href="/today/events" everyMs={500} />
            <Link to="/today" reloadDocument>
              {t('attendance.wall.back')}
            </Link>
          </span>
          <Legend />
        </footer>
      </main>
    </div>
  )
}

function Figure({ name, tone = '', children }: { name: Key; tone?: string; children: ReactNode }) {
  const t = useT()
  return (
    <div>
      <dt>{t(name)}</dt>
      <dd className={tone}>{children}</dd>
    </div>
  )
}
