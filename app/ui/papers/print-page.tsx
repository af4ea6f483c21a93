import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { formatClauses, formatDuration } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card, Heading } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { Progress } from '#app/ui/progress.tsx'
import type { PrintLine, PrintModel } from './print-model.ts'
import './papers.css'
import './print.css'

type PrintPageProps = { model: PrintModel; tooLate: boolean }

/** One print on its way and what came of it. */
export function PrintPage({ model, tooLate }: PrintPageProps) {
  const t = useT()
  const { year, count, asked, kind } = model
  return (
    <div className="papers pj">
      <Heading
        title={t('assessment.print.heading', { year, count })}
        facts={t('assessment.print.facts', { ...asked, kind: t(`assessment.papers.kinds.${kind}`) })}
      >
        <ButtonLink small to={`/papers?year=${year}`}>
          {t('assessment.print.back')}
        </ButtonLink>
      </Heading>
      {tooLate ? <Alert tone="info" title={t('assessment.print.not_cancelled')} /> : null}
      <State model={model} />
      <Results model={model} />
    </div>
  )
}

function State({ model }: { model: PrintModel }) {
  if (model.state === 'waiting' || model.state === 'running') return <OnItsWay model={model} />
  if (model.state === 'done') return <Done model={model} />
  return <Nothing state={model.state} />
}

function OnItsWay({ model }: { model: PrintModel }) {
  const t = useT()
  const { secondsLeft } = model
  return (
    <Card
      title={t(`assessment.state.${model.state}`)}
      extra={<LiveRefresh href="/papers/events" everyMs={300} catchUp />}
    >
      <noscript>
        <meta httpEquiv="refresh" content="2" />
      </noscript>
      <Progress
        title={t('assessment.print.progress')}
        done={model.done}
        total={model.count}
        note={secondsLeft === null ? null : <Left seconds={secondsLeft} />}
      />
      <p className="mut sm pj-leave">{t('assessment.print.leave')}</p>
      <Form action={`/papers/prints/${model.id}`}>
        <Button small look="danger" name="intent" value="cancel">
          {t('assessment.print.cancel')}
        </Button>
      </Form>
    </Card>
  )
}

function Left({ seconds }: { seconds: number }) {
  const t = useT()
  if (seconds < 5) return <>{t('assessment.print.soon')}</>
  const time =
    seconds >= 60
      ? formatDuration(Math.ceil(seconds / 60), t.locale)
      : new Intl.NumberFormat(t.locale, { style: 'unit', unit: 'second', unitDisplay: 'long' }).format(seconds)
  return <>{t('assessment.print.left', { time })}</>
}

function Done({ model }: { model: PrintModel }) {
  const t = useT()
  const { file } = model
  if (!file)
    return (
      <Alert tone="info" title={t('assessment.print.expired')}>
        {t('assessment.print.expired_do')}
      </Alert>
    )
  return (
    <Alert
      tone={model.failed.length > 0 ? 'warn' : 'ok'}
      title={t('assessment.state.done')}
      action={
        <a className="btn pri" href={`/papers/prints/${model.id}/file`} download>
          {t(`assessment.print.download_${model.kind}`)}
        </a>
      }
    >
      <p>{t('assessment.print.size', { size: file.size, time: file.until })}</p>
      {model.kind === 'pdf' ? <p>{t('assessment.print.duplex')}</p> : null}
    </Alert>
  )
}

function Nothing({ state }: { state: 'failed' | 'cancelled' }) {
  const t = useT()
  return (
    <Alert tone={state === 'failed' ? 'bad' : 'info'} title={t(`assessment.print.${state}`)}>
      {t(`assessment.print.${state}_do`)}
    </Alert>
  )
}

function Results({ model }: { model: PrintModel }) {
  const t = useT()
  const { normal, look, failed } = model
  if (normal + look.length + failed.length === 0) return null
  return (
    <Card title={t('assessment.print.result')}>
      {failed.length > 0 ? (
        <Group tone="bad" title={t('assessment.print.failed_people', { count: failed.length })}>
          <Lines lines={failed} year={model.year} />
        </Group>
      ) : null}
      {look.length > 0 ? (
        <Group tone="warn" title={t('assessment.print.look', { count: look.length })}>
          <Lines lines={look} year={model.year} />
        </Group>
      ) : null}
      {normal > 0 ? <Group tone="ok" title={t('assessment.print.normal', { count: normal })} /> : null}
    </Card>
  )
}

type GroupProps = { tone: 'ok' | 'warn' | 'bad'; title: string; children?: ReactNode }

function Group({ tone, title, children }: GroupProps) {
  return (
    <section className={`pj-group ${tone}`}>
      <h3>
        <span className="ic" aria-hidden="true">
          {tone === 'ok' ? '✓' : '!'}
        </span>
        {title}
      </h3>
      {children}
    </section>
  )
}

function Lines({ lines, year }: { lines: readonly PrintLine[]; year: number }) {
  const t = useT()
  return (
    <ul>
      {lines.map((line) => (
        <li key={line.id}>
          <b>
            <PersonName name={line.name} />
          </b>
          <span className="what">{formatClauses(line.texts, t.locale)}</span>
          <span className="acts">
            {line.fix ? <Link to={line.fix}>{t('assessment.problem.fix_record')}</Link> : null}
            {line.printed ? (
              <a href={`/papers/register/${line.id}.pdf?year=${year}`} target="_blank" rel="noreferrer">
                {t('assessment.print.see')}
              </a>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  )
}
