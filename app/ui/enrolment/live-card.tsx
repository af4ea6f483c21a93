import type { EnrolAttempt, EnrolView } from '#app/domain/devices/enrol-view.ts'
import type { T } from '#app/i18n/translator.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { Print } from './print.tsx'
import { fingerName, nameOf, retryText, toldOf } from './texts.ts'

type CardProps = { view: EnrolView; path: string }

/** Step 3: what the person does now, large enough to be read from the reader. */
export function LiveCard({ view, path }: CardProps) {
  const t = useT()
  const { attempt } = view
  return (
    <section className="card en-live" aria-live="polite" aria-label={t('enrolment.stage.press')}>
      <div className="cb">
        {attempt === null ? <Idle view={view} /> : <Shown attempt={attempt} nowMs={view.nowMs} />}
      </div>
      {attempt === null || attempt.phase === 'over' ? null : (
        <div className="ft">
          <ButtonLink small to={path} document>
            {t('enrolment.live.refresh')}
          </ButtonLink>
          <Form action={path}>
            <Button small name="intent" value="cancel">
              {t('enrolment.live.cancel')}
            </Button>
          </Form>
          <span className="mut sm">{t('enrolment.live.silence')}</span>
        </div>
      )}
    </section>
  )
}

function Idle({ view }: { view: EnrolView }) {
  const t = useT()
  const ready = view.consent?.holds === true && view.readers.some((reader) => reader.readable)
  return (
    <>
      <Print done={0} of={4} now={null} label={t('enrolment.live.done_of', { done: 0, of: 4 })} />
      <p className="say">{t(ready ? 'enrolment.live.idle_ready' : 'enrolment.live.idle')}</p>
      <p className="say2">{t('enrolment.live.idle_text')}</p>
    </>
  )
}

function Shown({ attempt, nowMs }: { attempt: EnrolAttempt; nowMs: number }) {
  const t = useT()
  const { presses, of, press, finger, reader, outcome } = attempt
  const done = outcome === 'stored' ? of : presses.filter((one) => one.state === 'done').length
  const over = attempt.phase === 'over'
  return (
    <>
      <p className="h3">
        {t('enrolment.live.head', { finger: fingerName(t, finger), reader: nameOf(t, reader), press, of })}
      </p>
      <Print done={done} of={of} now={over ? null : press} label={t('enrolment.live.done_of', { done, of })} />
      {over ? <Ended attempt={attempt} /> : <Now attempt={attempt} nowMs={nowMs} />}
      {over ? null : <Track attempt={attempt} />}
      {outcome === null || outcome === 'stored' ? <Tries attempt={attempt} /> : null}
    </>
  )
}

const longMs = 15_000

function Now({ attempt, nowMs }: { attempt: EnrolAttempt; nowMs: number }) {
  const t = useT()
  const { phase, badge, createdMs } = attempt
  if (phase === 'over') return null
  const late = phase === 'waiting' && nowMs - createdMs > longMs
  const reason = retryText(t, attempt.reason ?? '')
  const text = phase === 'retry' ? reason : t(`enrolment.live.${phase}_text`)
  return (
    <>
      <p className={phase === 'retry' ? 'say t-warn' : 'say'}>{t(`enrolment.live.${phase}`)}</p>
      <p className="say2">{late ? t('enrolment.live.waiting_long') : text}</p>
      {badge === 'offline' || badge === 'silent' || badge === 'fault' ? (
        <Alert tone="warn" title={t('enrolment.choose.away', { why: t(`enrolment.choose.why.${badge}`) })} />
      ) : null}
    </>
  )
}

function Ended({ attempt }: { attempt: EnrolAttempt }) {
  const t = useT()
  const { outcome, finger, reader, slot, facts } = attempt
  if (outcome === 'stored') {
    const where = { finger: fingerName(t, finger), reader: nameOf(t, reader), slot: slot ?? '' }
    return (
      <>
        <p className="say t-ok">{t('enrolment.live.stored')}</p>
        <p className="say2">{t('enrolment.live.stored_text', where)}</p>
      </>
    )
  }
  const told = toldOf(t, 'ended', outcome ?? 'other', { slot: slot ?? '', ...facts })
  if (told === null) return null
  const calm = outcome === 'cancelled'
  return (
    <>
      <p className="say">{t('enrolment.live.over')}</p>
      <div className="en-ended">
        <Alert tone={calm ? 'info' : 'bad'} title={told.title}>
          <p>{told.means}</p>
          <p>
            <b>{told.todo}</b>
          </p>
        </Alert>
      </div>
    </>
  )
}

function Track({ attempt }: { attempt: EnrolAttempt }) {
  const t = useT()
  const parts = attempt.presses.flatMap((one) => [
    { key: `p${one.press}`, lift: false, state: stateOf(attempt, one.press, false), text: String(one.press) },
    { key: `l${one.press}`, lift: true, state: stateOf(attempt, one.press, true), text: '↑' },
  ])
  return (
    <ol className="en-trk" aria-hidden="true">
      {parts.map((part) => (
        <li key={part.key} className={`${part.lift ? 'l ' : ''}${part.state}`}>
          <i>{part.text}</i>
          {t(part.lift ? 'enrolment.live.lift_short' : 'enrolment.live.press_short')}
        </li>
      ))}
    </ol>
  )
}

/** d done, n now, empty later: a press is done when it was taken, its lift when the next press is asked for. */
function stateOf({ press, phase, presses }: EnrolAttempt, number: number, lift: boolean): string {
  if (number < press) return 'd'
  if (number > press || phase === 'waiting') return ''
  const taken = presses[number - 1]?.state === 'done'
  if (!lift) return taken ? 'd' : 'n'
  return taken ? 'n' : ''
}

function Tries({ attempt }: { attempt: EnrolAttempt }) {
  const t = useT()
  return (
    <dl className="en-tries">
      {attempt.presses.map((one) => (
        <div key={one.press}>
          <dt>{t('enrolment.live.tries', { press: one.press })}</dt>
          <dd>
            <progress
              value={one.state === 'done' ? 1 : 0}
              max={1}
              className={one.retries > 0 ? 'pg warn' : 'pg ok'}
              aria-hidden="true"
            />
          </dd>
          <dd className={one.state === 'done' && one.retries > 0 ? 't-warn' : 'mut'}>{triesText(t, one)}</dd>
        </div>
      ))}
    </dl>
  )
}

function triesText(t: T, { state, retries }: EnrolAttempt['presses'][number]): string {
  if (state === 'done') return retries === 0 ? t('enrolment.live.clean') : t('enrolment.live.again', { count: retries })
  return t(state === 'now' ? 'enrolment.live.now_press' : 'enrolment.live.not_yet')
}
