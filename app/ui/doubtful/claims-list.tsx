import type { DoubtfulLine } from '#app/domain/devices/doubtful-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Button } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { Entry } from './entry.tsx'
import { type DoubtfulModel, hrefOf, named, type Typed } from './model.ts'

type ClaimsProps = { model: DoubtfulModel; typed: Typed | null }

/** Who signed in at the hall's screen without a finger, and waits for somebody who has seen them. */
export function ClaimsList({ model, typed }: ClaimsProps) {
  const t = useT()
  if (model.lines.length === 0) {
    return (
      <div className="card">
        <Empty title={t('doubtful.claims.empty')}>{t('doubtful.claims.empty_more')}</Empty>
      </div>
    )
  }
  return (
    <div className="db-claims">
      {model.lines.map((line) => (
        <ClaimCard key={line.key} line={line} model={model} typed={typed?.chosen.includes(line.key) ? typed : null} />
      ))}
    </div>
  )
}

function ClaimCard({ line, model, typed }: ClaimsProps & { line: DoubtfulLine }) {
  const t = useT()
  const name = line.person ? named(t, line.person) : null
  const time = formatInstant(line.recordedMs, model.zone, t.locale)
  const kiosk = line.claim?.kiosk ?? named(t, line.source)
  const way = t(`doubtful.claims.way.${line.claim?.way ?? 'pin'}`)
  const to = hrefOf(model, 'claims')
  return (
    <section className="card" aria-label={name ?? t('doubtful.number', { number: line.subject })}>
      <h2>{name ? <PersonName name={name} /> : t('doubtful.nobody')}</h2>
      <p className="sub">
        {time} · {t('doubtful.claims.where', { kiosk, way, number: line.subject })}
      </p>
      <Form action={to}>
        <input type="hidden" name="intent" value="confirm" />
        <input type="hidden" name="key" value={line.key} />
        <Entry
          name="reason"
          label={t('doubtful.claims.reason')}
          defaultValue={typed?.intent === 'confirm' ? typed.fields.reason : t('doubtful.claims.seen')}
          maxLength={400}
          autoComplete="off"
        />
        <Button look="primary" wide>
          {name
            ? t('doubtful.claims.confirm', { name, time: formatInstant(line.recordedMs, model.zone, t.locale, 'time') })
            : t('doubtful.claims.confirm_unknown')}
        </Button>
      </Form>
      <details open={typed?.intent === 'refuse'}>
        <summary>{t('doubtful.claims.refuse_open')}</summary>
        <Form action={to}>
          <input type="hidden" name="intent" value="refuse" />
          <input type="hidden" name="key" value={line.key} />
          <Entry
            name="reason"
            label={t('doubtful.claims.refuse_reason')}
            defaultValue={typed?.intent === 'refuse' ? typed.fields.reason : ''}
            maxLength={400}
            autoComplete="off"
          />
          <div className="foot">
            <Button look="danger">{t('doubtful.claims.refuse')}</Button>
          </div>
        </Form>
      </details>
    </section>
  )
}
