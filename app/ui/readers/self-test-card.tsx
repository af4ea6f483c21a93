import type { ReaderPage, SelfTest, SelfTestLine } from '#app/domain/devices/reader-page.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { useMay } from './may.ts'
import { troubleText } from './trouble-text.ts'

const tones: Readonly<Record<SelfTestLine['state'], BadgeTone>> = {
  passed: 'ok',
  now: 'info',
  failed: 'bad',
  later: 'none',
}

/** The self-test, step by step as the agent tells it, with the exact step that failed and what to do about it. */
export function SelfTestCard({ page }: { page: ReaderPage }) {
  const t = useT()
  const may = useMay()
  const { test, reader } = page
  const runs = test?.state === 'waiting' || test?.state === 'taken'
  return (
    <Card title={<Bilingual k="readerPage.test.title" />}>
      {test === null ? <p className="mut">{t('readerPage.test.never')}</p> : <Story test={test} zone={page.zone} />}
      {may('readers.manage') && reader.reachable ? (
        <Form action={`/readers/${reader.id}`}>
          <p className="acts">
            <Button small name="intent" value="self_test" disabled={runs}>
              {t(runs ? 'readerPage.test.runs' : 'readerPage.test.start')}
            </Button>
            <Button small name="intent" value="light">
              {t('devices.readers.act.light')}
            </Button>
          </p>
        </Form>
      ) : null}
    </Card>
  )
}

function Story({ test, zone }: { test: SelfTest; zone: string }) {
  const t = useT()
  const time = formatInstant(test.atMs, zone, t.locale, 'day_time')
  return (
    <>
      <p className="mut">{t(`readerPage.test.state.${test.state}`, { time })}</p>
      <ol className="tst">
        {test.lines.map(({ step, state }) => (
          <li key={step} className={state}>
            <Badge tone={tones[state]}>{t(`readerPage.test.line.${state}`)}</Badge>
            <span>{t(`readerPage.test.step.${step}`)}</span>
          </li>
        ))}
      </ol>
      <Outcome test={test} />
    </>
  )
}

function Outcome({ test }: { test: SelfTest }) {
  const t = useT()
  const { failedAt, reason, facts, code } = test
  if (failedAt !== null) {
    const number = code === null ? '' : t('readerPage.test.code', { code: `0x${code.toString(16).padStart(2, '0')}` })
    return (
      <Alert tone="bad" title={t('readerPage.test.failed', { step: t(`readerPage.test.step.${failedAt}`) })}>
        <p>
          {reason === null ? null : troubleText(t, reason)} {number}
        </p>
        <p>{t(`readerPage.test.next.${failedAt}`)}</p>
      </Alert>
    )
  }
  if (test.state !== 'done') return null
  const { templates, capacity, milliseconds } = facts
  if (templates === undefined || capacity === undefined) return null
  return <p>{t('readerPage.test.facts', { templates, capacity, milliseconds: milliseconds ?? '—' })}</p>
}
