import type { CopyChoices } from '#app/domain/devices/copy-choices.ts'
import type { EnrolView } from '#app/domain/devices/enrol-view.ts'
import { formatDay } from '#app/i18n/format.ts'
import type { Params } from '#app/i18n/translator.ts'
import { Alert } from '#app/ui/alert.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Heading } from '#app/ui/card.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { CopyCard } from '#app/ui/readers/copy-card.tsx'
import { ChooseCard } from './choose-card.tsx'
import { ConsentCard, type ConsentTyped } from './consent-card.tsx'
import { DemoCard } from './demo-card.tsx'
import { LiveCard } from './live-card.tsx'
import { type Ask, Question } from './questions.tsx'
import { DuplicateCard, ProofCard } from './result-cards.tsx'
import { HelpCard, LogCard, WithoutCard } from './side-cards.tsx'
import { StoredCard } from './stored-card.tsx'
import { nameOf, toldOf } from './texts.ts'

export type EnrolPageProps = {
  view: EnrolView
  copies: CopyChoices
  version: string
  ask: Ask | null
  done: string | null
  refused: { readonly code: string; readonly facts: Params } | null
  typed: ConsentTyped | null
  demo: boolean
}

/** One person's fingers, step by step (design 20). */
export function EnrolPage({ view, copies, version, ask, done, refused, typed, demo }: EnrolPageProps) {
  const path = `/people/${view.person.id}/enrol`
  const { attempt } = view
  const running = (attempt !== null && attempt.phase !== 'over') || (view.trial !== null && view.trial.result === null)
  return (
    <div className="en-page">
      {running ? (
        <noscript>
          <meta httpEquiv="refresh" content="2" />
        </noscript>
      ) : null}
      <Top view={view} />
      <Notice view={view} done={done} refused={refused} />
      <Question view={view} ask={ask} path={path} />
      <Who view={view} />
      <div className="en-lay">
        <div className="en-col">
          <ConsentCard view={view} version={version} path={path} typed={typed} />
          <ChooseCard view={view} path={path} />
        </div>
        <div className={running ? 'en-col lead' : 'en-col'}>
          <LiveCard view={view} path={path} />
          {attempt?.outcome === 'stored' ? <ProofCard view={view} attempt={attempt} path={path} /> : null}
          {attempt?.outcome === 'already_enrolled' ? <DuplicateCard view={view} attempt={attempt} path={path} /> : null}
          <StoredCard view={view} path={path} />
          {copies.on || copies.last !== null ? <CopyCard personId={view.person.id} choices={copies} /> : null}
        </div>
        <div className="en-col">
          {demo ? <DemoCard view={view} path={path} /> : null}
          <LogCard view={view} />
          <HelpCard />
          <WithoutCard view={view} />
        </div>
      </div>
    </div>
  )
}

function Top({ view }: { view: EnrolView }) {
  const t = useT()
  const { next, count } = view.waiting
  return (
    <Heading title={<Bilingual k="enrolment.title" />} facts={t('enrolment.facts')}>
      <LiveRefresh href="/people/enrol/events" everyMs={400} catchUp />
      <ButtonLink small to={`/people/${view.person.id}`}>
        {t('enrolment.back', { name: nameOf(t, view.person) })}
      </ButtonLink>
      <ButtonLink small to="/people/enrol">
        {t('enrolment.overview', { count })}
      </ButtonLink>
      {next === null ? null : (
        <ButtonLink small to={`/people/${next.id}/enrol`}>
          {t('enrolment.next', { name: nameOf(t, next) })}
        </ButtonLink>
      )}
    </Heading>
  )
}

function Notice({ view, done, refused }: Pick<EnrolPageProps, 'view' | 'done' | 'refused'>) {
  const t = useT()
  const key = `enrolment.done.${done}`
  const told = refused === null ? null : toldOf(t, 'refused', refused.code, refused.facts)
  return (
    <div className="en-notice">
      {t.has(key) ? (
        <Alert tone="ok" title={t(key)}>
          {done === 'withdrawn' ? <AfterWithdrawal id={view.person.id} /> : null}
        </Alert>
      ) : null}
      {told === null ? null : (
        <Alert tone="warn" title={told.title} urgent>
          <p>{told.means}</p>
          <p>
            <b>{told.todo}</b>
          </p>
        </Alert>
      )}
    </div>
  )
}

/** Who takes consent back is told at once how to register from now on. */
function AfterWithdrawal({ id }: { id: string }) {
  const t = useT()
  return (
    <>
      <p>{t('enrolment.without.after')}</p>
      <p>
        <ButtonLink small to={`/people/${id}/alternate`}>
          {t('enrolment.without.give')}
        </ButtonLink>
      </p>
    </>
  )
}

function Who({ view }: { view: EnrolView }) {
  const t = useT()
  const { person } = view
  const facts = [
    person.window,
    person.unit === null ? null : nameOf(t, person.unit),
    t('enrolment.who.number', { number: person.staffNumber }),
    person.startsOn === null
      ? t('enrolment.who.left')
      : t('enrolment.who.since', { day: formatDay(person.startsOn, t.locale, 'full') }),
  ]
  return (
    <section className="card en-who" aria-label={person.name}>
      <div>
        <p className="nm">
          <PersonName name={person.name} /> <span className="en">{person.reading}</span>
        </p>
        <p className="sub sm">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <Stages view={view} />
    </section>
  )
}

function Stages({ view }: { view: EnrolView }) {
  const t = useT()
  const { attempt, trial, consent } = view
  const stored = attempt?.outcome === 'stored'
  const running = attempt !== null && attempt.phase !== 'over'
  const at = stageOf(view)
  const pressText = running
    ? t('enrolment.press_count', { done: attempt.presses.filter((one) => one.state === 'done').length, of: attempt.of })
    : t('enrolment.stage.press')
  const stages = [
    { key: 'consent', text: t('enrolment.stage.consent'), done: consent?.holds === true },
    { key: 'finger', text: t('enrolment.stage.finger'), done: running || stored },
    { key: 'press', text: pressText, done: stored },
    { key: 'store', text: t('enrolment.stage.store'), done: stored },
    { key: 'trial', text: t('enrolment.stage.trial'), done: stored && trial?.result === 'hers' },
  ]
  return (
    <ol className="steps">
      {stages.map((stage, index) => (
        <li
          key={stage.key}
          className={stage.done ? 'done' : index === at ? 'now' : ''}
          {...(index === at && !stage.done ? { 'aria-current': 'step' as const } : {})}
        >
          {stage.text}
        </li>
      ))}
    </ol>
  )
}

function stageOf({ consent, attempt }: EnrolView): number {
  if (consent?.holds !== true) return 0
  if (attempt?.outcome === 'stored') return 4
  return attempt !== null && attempt.phase !== 'over' ? 2 : 1
}
