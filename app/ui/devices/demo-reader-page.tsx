import { useSearchParams } from '@remix-run/react'
import type { DemoView } from '#app/domain/devices/demo-view.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { Card, Empty, Heading } from '#app/ui/card.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { type Step, Timeline } from '#app/ui/progress.tsx'
import { pick } from './both.tsx'
import { DemoAwaited } from './demo-awaited.tsx'
import { DemoForm } from './demo-reader-form.tsx'
import { GreetingPanel } from './greeting-panel.tsx'
import { pressText } from './step-text.ts'

type PageProps = { view: DemoView; csrf: string; refused: string | null }

/** The emulated reader 演示: press a finger here, see what the agent did and what the screen said. */
export function DemoReaderPage({ view, csrf, refused }: PageProps) {
  const t = useT()
  const pressed = view.command !== null && (view.command.state === 'waiting' || view.command.state === 'taken')
  const running = pressed || view.awaited !== null
  return (
    <main className="dm" id="main">
      {running ? (
        <noscript>
          <meta httpEquiv="refresh" content="2" />
        </noscript>
      ) : null}
      <Heading title={<Bilingual k="devices.demo.title" />} facts={t('devices.demo.intro')}>
        <Badge tone="info">{t('devices.demo.label')}</Badge>
        <OtherLanguage />
        <LiveRefresh href="/demo/reader/events" everyMs={300} />
      </Heading>
      <Refused view={view} refused={refused} />
      {view.readers.length === 0 ? (
        <section className="card">
          <Empty title={t('devices.demo.no_reader.title')}>{t('devices.demo.no_reader.text')}</Empty>
        </section>
      ) : (
        <div className="dm-lay">
          <DemoForm view={view} csrf={csrf} />
          <div className="col">
            {view.awaited === null ? null : <DemoAwaited awaited={view.awaited} csrf={csrf} />}
            <Card
              title={<Bilingual k="devices.demo.greeting" />}
              extra={<a href="/kiosk">{t('devices.demo.screen')}</a>}
              padded={false}
            >
              <div className="screen" data-theme="dark" aria-live="polite">
                {view.greeting === null ? (
                  <p className="none">
                    {t(view.command === null ? 'devices.demo.greeting_empty' : 'devices.demo.greeting_none')}
                  </p>
                ) : (
                  <GreetingPanel greeting={view.greeting} />
                )}
              </div>
            </Card>
            <StepsCard view={view} />
          </div>
        </div>
      )}
    </main>
  )
}

/** The same page in the other language, with what is chosen. */
function OtherLanguage() {
  const t = useT()
  const [search] = useSearchParams()
  const next = new URLSearchParams(search)
  const other = t('common.language.other_lang')
  next.set('lang', other)
  return (
    <a href={`/demo/reader?${next}`} lang={other}>
      {t('common.language.other')}
    </a>
  )
}

function Refused({ view, refused }: { view: DemoView; refused: string | null }) {
  const t = useT()
  if (refused === null) return null
  const person = view.people.find((one) => one.id === view.chosen.personId)
  const reader = view.readers.find((one) => one.id === view.chosen.sourceId)
  const names = {
    name: person === undefined ? '' : pick(t, person.name, person.nameEn),
    reader: reader === undefined ? '' : pick(t, reader.name, reader.nameEn),
  }
  const own = `devices.demo.${refused}`
  const shared = `devices.readers.refusal.${refused}`
  if (t.has(own)) return <Alert tone="warn" title={t(own, names)} urgent />
  return t.has(shared) ? <Alert tone="warn" title={t(shared)} urgent /> : null
}

function StepsCard({ view }: { view: DemoView }) {
  const t = useT()
  const { command } = view
  const reader = view.readers.find((one) => one.id === command?.sourceId)
  const name = reader === undefined ? '' : pick(t, reader.name, reader.nameEn)
  return (
    <Card
      title={<Bilingual k="devices.demo.steps" />}
      extra={command === null ? null : t(`devices.command.state.${command.state}`)}
    >
      {command === null ? (
        <p className="mut">{t('devices.demo.steps_empty')}</p>
      ) : (
        <Timeline
          steps={[{ key: 'sent', state: 'done', text: t('devices.demo.sent', { reader: name }) }, ...told(t, command)]}
        />
      )}
    </Card>
  )
}

function told(t: ReturnType<typeof useT>, command: NonNullable<DemoView['command']>): Step[] {
  const over = command.state !== 'taken' && command.state !== 'waiting'
  return command.steps.map((step, index) => ({
    key: `${index}`,
    state: step.state === 'failed' ? 'warn' : over || index < command.steps.length - 1 ? 'done' : 'now',
    text: pressText(t, step),
  }))
}
