import { Link } from '@remix-run/react'
import { aspects } from '#app/domain/assessment/summary.ts'
import { formatNames } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Card, Empty, Heading } from '#app/ui/card.tsx'
import { Segments } from '#app/ui/choices.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import type { FormModel, MineModel } from './mine-model.ts'
import { OwnWords, type WordsAnswer } from './own-words.tsx'
import './papers.css'
import './mine.css'

type MinePageProps = {
  readonly model: MineModel
  readonly answer: WordsAnswer | null
  /** The words were just saved by the form. */
  readonly justSaved: boolean
  /** What was typed here before is given up for what is stored. */
  readonly fresh: boolean
}

/** One's own part of the annual form 年度个人总结. */
export function MinePage({ model, answer, justSaved, fresh }: MinePageProps) {
  const t = useT()
  if (model.state === 'nobody') return <Nobody />
  return (
    <div className="papers mine">
      <Heading
        title={t('assessment.mine.heading', { year: model.year })}
        facts={model.state === 'form' ? <FormFacts model={model} /> : null}
      >
        <Segments
          label={t('assessment.papers.year')}
          choices={model.years.map((year) => ({
            to: `/papers/mine?year=${year}`,
            label: String(year),
            current: year === model.year,
          }))}
        />
      </Heading>
      {model.state === 'form' ? (
        <Body model={model} answer={answer} justSaved={justSaved} fresh={fresh} />
      ) : (
        <div className="card">
          <NoForm model={model} />
        </div>
      )}
    </div>
  )
}

function Nobody() {
  const t = useT()
  return (
    <div className="papers mine">
      <Heading title={<Bilingual k="assessment.mine.title" />} />
      <div className="card">
        <Empty title={t('assessment.mine.nobody')}>{t('assessment.mine.nobody_why')}</Empty>
      </div>
    </div>
  )
}

function NoForm({ model }: { model: Exclude<MineModel, FormModel | { state: 'nobody' }> }) {
  const t = useT()
  if (model.state === 'not_here')
    return (
      <Empty title={t('assessment.mine.not_here', { year: model.year })}>{t('assessment.mine.not_here_why')}</Empty>
    )
  return (
    <Empty title={t('assessment.mine.none')}>
      {t('assessment.mine.none_why', { kind: t(`assessment.kind.${model.kind}`) })}
    </Empty>
  )
}

function FormFacts({ model }: { model: FormModel }) {
  const t = useT()
  return (
    <>
      {t('assessment.mine.form_is', { form: t(`assessment.form.${model.form}`) })}{' '}
      {t('assessment.mine.because', { kind: t(`assessment.kind.${model.kind}`) })}{' '}
      {model.number ? <span className="nw">{model.number}</span> : null}
    </>
  )
}

type BodyProps = { model: FormModel; answer: WordsAnswer | null; justSaved: boolean; fresh: boolean }

function Body({ model, answer, justSaved, fresh }: BodyProps) {
  const t = useT()
  const pdf = `/papers/mine/pdf?year=${model.year}`
  return (
    <>
      {justSaved && model.number ? (
        <div className="mine-top" role="status">
          <Alert
            tone="ok"
            title={t('assessment.mine.saved_number', { number: model.number })}
            action={
              <a className="btn sm" href={pdf} target="_blank" rel="noreferrer">
                {t('assessment.mine.open_pdf')}
              </a>
            }
          />
        </div>
      ) : null}
      {model.bad ? (
        <div className="mine-top">
          <Alert tone="bad" title={t('assessment.mine.bad_characters', { characters: model.bad.characters })}>
            {t('assessment.mine.bad_characters_do', { fields: model.bad.fields })}
          </Alert>
        </div>
      ) : null}
      <div className="mine-cols">
        <OwnWords key={`${model.year}`} model={model} answer={answer} pdf={pdf} fresh={fresh} />
        <div className="pp-side">
          <Printed model={model} />
          <Hints model={model} />
        </div>
      </div>
    </>
  )
}

function Printed({ model }: { model: FormModel }) {
  const t = useT()
  const pages = model.pages > 2 ? 'assessment.mine.pages_more' : 'assessment.mine.pages'
  return (
    <Card title={t('assessment.mine.printed')} extra={t(pages, { pages: model.pages })}>
      <Missing model={model} />
      <dl className="kv sm mine-kv">
        {model.rows.map(({ label, value }) => (
          <Row key={label} label={label} value={value} />
        ))}
      </dl>
      {model.fonts.map((note) => (
        <p className="sm" key={note}>
          {t('assessment.mine.font', { note })}
        </p>
      ))}
      <p className="mut xs">
        {t('assessment.mine.printed_means')}{' '}
        {model.countedTo ? t('assessment.mine.counted_to', { day: model.countedTo }) : null}
      </p>
    </Card>
  )
}

function Row({ label, value }: { label: string; value: string }) {
  const t = useT()
  return (
    <>
      <dt>{label}</dt>
      <dd lang="zh-CN">{value === '' ? <span className="bdg warn">{t('assessment.mine.blank')}</span> : value}</dd>
    </>
  )
}

function Missing({ model }: { model: FormModel }) {
  const t = useT()
  const { count, own, record } = model.missing
  if (count === 0) return <p className="bdg ok">{t('assessment.mine.complete')}</p>
  return (
    <Alert tone="warn" title={t('assessment.mine.missing', { count })}>
      {own ? (
        <p>
          <a href="#summary">{t('assessment.mine.missing_own', { fields: own })}</a>
        </p>
      ) : null}
      {record ? (
        <p>
          {model.keepsRecords ? (
            <Link to={`/people/${model.personId}/edit`}>
              {t('assessment.mine.missing_record_here', { fields: record })}
            </Link>
          ) : (
            t('assessment.mine.missing_record', { fields: record })
          )}
        </p>
      ) : null}
    </Alert>
  )
}

function Hints({ model }: { model: FormModel }) {
  const t = useT()
  const silent = model.silent.map((aspect) => t(`assessment.mine.aspect.${aspect}`))
  const written = model.stored.summary !== ''
  return (
    <Card title={t('assessment.mine.hints')}>
      <dl className="kv sm">
        {aspects.map((aspect) => (
          <Row
            key={aspect}
            label={t(`assessment.mine.aspect.${aspect}`)}
            value={t(`assessment.mine.aspect_hint.${aspect}`)}
          />
        ))}
      </dl>
      {written ? (
        <p className="sm mine-silent">
          <b>
            {silent.length === 0
              ? t('assessment.mine.all_spoken')
              : t('assessment.mine.silent', { aspects: formatNames(silent, t.locale) })}
          </b>{' '}
          <span className="mut">{t('assessment.mine.silent_means')}</span>
        </p>
      ) : null}
    </Card>
  )
}
