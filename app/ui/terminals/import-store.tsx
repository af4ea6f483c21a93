import { Alert, Consequence } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { useT } from '#app/ui/locale.tsx'
import { Progress } from '#app/ui/progress.tsx'
import type { Import, Stage } from './import-page.tsx'

type StoreProps = { opened: Import; stage: Stage; rules: boolean }

/** Beside the findings: store or discard, how far the storing is, and what came of it. */
export function ImportStore({ opened, stage, rules }: StoreProps) {
  const t = useT()
  const title = t('terminals.import.step.store')
  if (stage === 'storing') {
    const { done, total } = opened.counts.progress ?? { done: 0, total: opened.counts.records }
    return (
      <Card title={title} extra={<LiveRefresh href="/readers/events" everyMs={1000} catchUp />}>
        <Progress title={t('terminals.import.storing')} done={done} total={total} />
        <p className="sub sm">{t('terminals.import.storing_text')}</p>
      </Card>
    )
  }
  return (
    <Card title={title}>
      {stage === 'stored' ? (
        <Stored opened={opened} rules={rules} />
      ) : (
        <Decide opened={opened} broken={stage === 'broken'} />
      )}
    </Card>
  )
}

function Stored({ opened, rules }: { opened: Import; rules: boolean }) {
  const t = useT()
  const { stored, known, doubtful } = opened.counts.result ?? { stored: 0, known: 0, doubtful: 0 }
  const look = rules && (doubtful > 0 || opened.counts.unknownPins > 0)
  return (
    <>
      <Alert tone="ok" title={t('terminals.import.stored', { stored, known })}>
        {doubtful > 0 ? <p>{t('terminals.import.stored_doubtful', { count: doubtful })}</p> : null}
        {stored > 0 ? <p>{t('terminals.import.stored_text')}</p> : null}
      </Alert>
      <p className="row">
        {look ? (
          <ButtonLink to={`/readers/doubtful?source=${opened.source.id}`} look="primary">
            {t('terminals.import.to_doubtful')}
          </ButtonLink>
        ) : null}
        <ButtonLink to="/readers/import">{t('terminals.import.another')}</ButtonLink>
      </p>
    </>
  )
}

function Decide({ opened, broken }: { opened: Import; broken: boolean }) {
  const t = useT()
  const { fresh } = opened.counts
  return (
    <>
      {broken ? <Alert tone="warn" title={t('terminals.import.broken')} /> : null}
      <ul className="cons">
        <Consequence tone="info">{t('terminals.import.none')}</Consequence>
        <Consequence tone="warn">{t('terminals.import.no_undo')}</Consequence>
      </ul>
      <Form action={`/readers/import?id=${opened.id}`}>
        <input type="hidden" name="id" value={opened.id} />
        {fresh > 0 ? (
          <p className="foot">
            <Button look="primary" wide name="intent" value="store">
              {t('terminals.import.store', { count: fresh })}
            </Button>
          </p>
        ) : (
          <p className="b">{t('terminals.import.store_none')}</p>
        )}
        <p className="foot">
          <Button wide name="intent" value="discard">
            {t('terminals.import.discard')}
          </Button>
        </p>
      </Form>
    </>
  )
}
