import type { Step } from '#app/domain/devices/command.ts'
import type { EnrolView } from '#app/domain/devices/enrol-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Consequence } from '#app/ui/alert.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { logText, toldOf } from './texts.ts'

type Line = { readonly atMs: number; readonly text: string; readonly warn: boolean }

/** Everything the reader said since the enrolment began, with its time. */
export function LogCard({ view }: { view: EnrolView }) {
  const t = useT()
  const { attempt, trial, zone } = view
  const lineOf = (step: Step, isTrial: boolean): Line => ({
    atMs: Date.parse(step.at),
    text: step.state === 'failed' && !isTrial ? failedText(step) : logText(t, step, isTrial),
    warn: step.step === 'retry' || step.state === 'failed',
  })
  const failedText = (step: Step) => toldOf(t, 'ended', step.step, { slot: '', ...step.facts })?.title ?? step.step
  const first = attempt && {
    atMs: attempt.createdMs,
    text: t('enrolment.log.sent', { slot: attempt.slot ?? '' }),
    warn: false,
  }
  const lines = [
    ...(first === null ? [] : [first]),
    ...(attempt?.steps ?? []).map((step) => lineOf(step, false)),
    ...(trial?.steps ?? []).map((step) => lineOf(step, true)),
  ]
  return (
    <Card title={<Bilingual k="enrolment.said.title" />}>
      {lines.length === 0 ? <p className="sub">{t('enrolment.said.empty')}</p> : null}
      <ul className="en-log">
        {lines.slice(-14).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was said never changes places
          <li key={index}>
            <span className="tm">{formatInstant(line.atMs, zone, t.locale, 'second')}</span>
            <span className={line.warn ? 't-warn' : ''}>{line.text}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const hints = ['dry', 'wet', 'worn', 'dark', 'three'] as const

export function HelpCard() {
  const t = useT()
  return (
    <Card title={<Bilingual k="enrolment.help.title" />}>
      <ul className="cons">
        {hints.map((hint, index) => (
          <li key={hint}>
            <span className="i n" aria-hidden="true">
              {index + 1}
            </span>
            <span>
              <b>{t(`enrolment.help.${hint}`)}</b> · {t(`enrolment.help.${hint}_text`)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Nobody is obliged to give a fingerprint: what there is instead. */
export function WithoutCard({ view }: { view: EnrolView }) {
  const t = useT()
  return (
    <Card
      title={<Bilingual k="enrolment.without.title" />}
      footer={
        <>
          {view.person.left ? null : (
            <ButtonLink small to={`/people/${view.person.id}/alternate`}>
              {t('enrolment.without.give')}
            </ButtonLink>
          )}{' '}
          <span className="mut sm">{t('enrolment.without.note')}</span>
        </>
      }
    >
      <ul className="cons">
        {(['card', 'number', 'roll'] as const).map((way) => (
          <Consequence key={way} tone="info">
            <b>{t(`enrolment.without.${way}`)}</b>
            <br />
            <span className="sub sm">{t(`enrolment.without.${way}_text`)}</span>
          </Consequence>
        ))}
      </ul>
    </Card>
  )
}
