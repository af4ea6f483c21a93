import type { DecisionView, StepView } from '#app/domain/leave/view.ts'
import { formatInstant, formatNames } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { nameText, partiesText, partyPeople, partyText } from './texts.ts'

/** Who will decide, before anything is sent 谁来批: numbered, with names. */
export function RoutePreview({ steps }: { steps: readonly StepView[] }) {
  const t = useT()
  const told = steps.flatMap((step) => step.told)
  return (
    <ol className="chain">
      {steps.map((step) => (
        <li key={step.index}>
          <span className="k" aria-hidden="true">
            {step.index + 1}
          </span>
          <span>
            {stepPeople(t, step)}
            {step.parties.some((one) => one.people.length === 0) ? (
              <span className="mut"> {t('leave.form.on_paper')}</span>
            ) : null}
          </span>
          <span className="t">{t(`leave.form.side.${step.side}`)}</span>
        </li>
      ))}
      {told.length > 0 ? (
        <li>
          <span className="k" aria-hidden="true">
            {steps.length + 1}
          </span>
          <span>{partiesText(t, told, 'all')}</span>
          <span className="t">{t('leave.form.told')}</span>
        </li>
      ) : null}
    </ol>
  )
}

function stepPeople(t: T, step: StepView): string {
  const words = step.parties.map((one) => partyPeople(t, one))
  if (words.length < 2) return words.join('')
  if (step.mode === 'any') return words.reduce((one, other) => t('leave.or', { one, other }))
  return t('leave.all_of', { who: formatNames(words, t.locale) })
}

type ChainProps = {
  readonly steps: readonly StepView[]
  readonly decisions: readonly DecisionView[]
  readonly zone: string
  /** The party the reader would decide for, to be called "you". */
  readonly mine?: string | null
}

/** What happened and what comes 流程: every act in order, then the steps still to come. */
export function Chain({ steps, decisions, zone, mine = null }: ChainProps) {
  const t = useT()
  const ahead = steps.filter((step) => step.state === 'due' || step.state === 'later')
  const told = steps.filter((step) => step.state !== 'done').flatMap((step) => step.told)
  return (
    <>
      <h3>
        <Bilingual k="leave.slip.chain" />
      </h3>
      <ol className="tl sm">
        {decisions.map((one) => (
          <li key={one.id} className={one.act === 'returned' || one.act === 'refused' ? 'warn' : 'done'}>
            <b>{nameText(t, one.actor)}</b> {t(`leave.slip.acts.${one.act}`)}{' '}
            <span className="mut">
              {one.party === 'applicant' ? '' : `${partyText(t, one.party)} · `}
              {formatInstant(one.atMs, zone, t.locale)}
            </span>
            {one.onPaper ? (
              <span className="nt">{t('leave.slip.on_paper', { name: nameText(t, one.actor) })}</span>
            ) : null}
            {one.note ? <span className="nt said">{one.note}</span> : null}
          </li>
        ))}
        {ahead.map((step) => (
          <Ahead key={step.index} step={step} mine={mine} />
        ))}
        {ahead.length > 0 && told.length > 0 ? (
          <li>{t('leave.slip.told', { who: partiesText(t, told, 'all') })}</li>
        ) : null}
      </ol>
    </>
  )
}

function Ahead({ step, mine }: { step: StepView; mine: string | null }) {
  const t = useT()
  const open = step.parties.filter((one) => one.decision === null)
  const text = stepPeople(t, { ...step, parties: open })
  const you = step.state === 'due' && mine !== null && open.some((one) => one.party === mine)
  return (
    <li className={step.state === 'due' ? 'now' : ''}>
      {step.state === 'due' ? <span className="mut">{t('leave.slip.due')} </span> : null}
      {you ? <b>{t('leave.slip.now_you')}</b> : null} {you && mine ? <span>{partyText(t, mine)}</span> : text}
      {open.some((one) => one.people.length === 0) && !you ? (
        <span className="nt">{t('leave.slip.passed')}</span>
      ) : null}
    </li>
  )
}
