import { Link } from '@remix-run/react'
import { formatTime } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card, Empty, Heading } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { HallEnding } from './hall-ending.tsx'
import { HallForm, useMessages } from './hall-form.tsx'
import { useBothNames } from './hall-tables.tsx'
import type { HallRecordModel, Problems } from './model.ts'

type Props = { model: HallRecordModel; problems: Problems }

/** One window, zone, unit or group: its form, its end, its history. */
export function HallRecordPage({ model, problems }: Props) {
  const t = useT()
  const both = useBothNames()
  const { kind, id, ending } = model
  const title = id === null ? t(`hall.${kind}.add`) : t(`hall.${kind}.one`, { name: both(model.name, model.nameEn) })
  return (
    <div className="hl">
      <p className="crumb">
        <Link to={`/hall?tab=${kind}`}>
          {t('hall.title')} / {t(`hall.${kind}.title`)}
        </Link>
      </p>
      <Heading title={title}>
        {id !== null && ending === null && model.endedOn === null ? (
          <ButtonLink to={`/hall/${kind}/${id}?act=end`} look="danger">
            {t(`hall.end.${kind}`)}…
          </ButtonLink>
        ) : null}
      </Heading>
      <Done model={model} />
      {ending ? <HallEnding model={model} ending={ending} problems={problems} /> : null}
      {model.endedOn === null ? null : <Ended model={model} problems={problems} />}
      <div className="lay2">
        <Card title={id === null ? t(`hall.${kind}.add`) : t('hall.edit')}>
          <HallForm model={model} problems={ending || model.endedOn ? {} : problems} />
        </Card>
        {id === null ? null : <History model={model} />}
      </div>
    </div>
  )
}

function Done({ model }: { model: HallRecordModel }) {
  const t = useT()
  const both = useBothNames()
  const { done, kind } = model
  if (done === 'added')
    return (
      <Alert
        tone="ok"
        title={t(`hall.${kind}.added`, { name: both(model.name, model.nameEn) })}
        action={
          <ButtonLink small to={`/hall/${kind}/new`}>
            {t('hall.another')}
          </ButtonLink>
        }
      />
    )
  if (done === 'saved') return <Alert tone="ok" title={t('hall.saved')} />
  if (done === 'ended') return <Alert tone="ok" title={t('hall.end.done')} />
  if (done === 'reopened') return <Alert tone="ok" title={t('hall.reopen.done')} />
  return null
}

function Ended({ model, problems }: Props) {
  const t = useT()
  const messages = useMessages(problems)
  return (
    <Card title={t(model.over ? 'hall.reopen.title' : 'hall.until', { day: model.endedOn ?? '' })}>
      <Form action={`/hall/${model.kind}/${model.id}`} errors={messages}>
        <input type="hidden" name="intent" value="reopen" />
        <p>{t('hall.reopen.text')}</p>
        <div className="foot">
          <Button>{t('hall.reopen.button')}</Button>
        </div>
      </Form>
    </Card>
  )
}

function History({ model }: { model: HallRecordModel }) {
  const t = useT()
  return (
    <Card title={<Bilingual k="hall.history.title" />} padded={false}>
      {model.history.length === 0 ? (
        <Empty title={t('hall.history.title')}>{t('hall.history.empty')}</Empty>
      ) : (
        <ol className="hist">
          {model.history.map((line) => (
            <li key={line.id}>
              <b>{t(`hall.history.${line.kind}`)}</b>
              <span className="t3">
                {line.when.day} {formatTime(line.when.second)} {line.actor}
              </span>
              {line.kind === 'created' ? null : <Changes fields={line.fields} />}
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}

function Changes({ fields }: { fields: HallRecordModel['history'][number]['fields'] }) {
  const t = useT()
  const shown = (value: string | number | null) =>
    value === null || value === '' ? t('hall.history.nothing') : String(value)
  return (
    <ul>
      {Object.entries(fields).map(([name, { from, to }]) => {
        const key = `hall.history.field.${name}`
        const field = t.has(key) ? t(key) : name
        return <li key={name}>{t('hall.history.change', { field, from: shown(from), to: shown(to) })}</li>
      })}
    </ul>
  )
}
