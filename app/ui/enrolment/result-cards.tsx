import { type EnrolAttempt, type EnrolTrial, type EnrolView, nextFinger } from '#app/domain/devices/enrol-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Alert, Consequence } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { fingerName, nameOf, retryText } from './texts.ts'

type CardProps = { view: EnrolView; attempt: EnrolAttempt; path: string }

/** Steps 4 and 5: the index table read back, and the finger tried once; then where to go on. */
export function ProofCard({ view, attempt, path }: CardProps) {
  const t = useT()
  const { facts, slot, neighbours, reader } = attempt
  const trial = view.trial
  const trying = trial !== null && trial.result === null
  const elsewhere = view.readers.find(
    (one) => !view.stored.some((stored) => stored.sourceId === one.id && stored.endsMs === null),
  )
  return (
    <Card
      title={<Bilingual k="enrolment.proof.title" />}
      footer={<ProofActs view={view} attempt={attempt} path={path} trying={trying} />}
    >
      <p>
        <b>{fingerName(t, attempt.finger)}</b>{' '}
        <span className="sub sm">
          {nameOf(t, reader)} · {t('enrolment.list.slot', { slot: slot ?? '' })}
        </span>
      </p>
      <div className="en-strip" role="img" aria-label={t('enrolment.proof.strip', { slot: slot ?? '' })}>
        {neighbours.map((one) => (
          <span key={one.slot} className={one.slot === slot ? 'me' : one.taken ? '' : 'e'}>
            {String(one.slot).padStart(3, '0')}
          </span>
        ))}
      </div>
      <ul className="cons">
        <Consequence tone="ok">
          {t('enrolment.proof.table', { slot: slot ?? '', before: facts.before ?? '', after: facts.templates ?? '' })}
        </Consequence>
        <Tried trial={trial} />
        {elsewhere === undefined ? null : (
          <Consequence tone="warn">{t('enrolment.proof.elsewhere', { reader: nameOf(t, elsewhere) })}</Consequence>
        )}
      </ul>
    </Card>
  )
}

function Tried({ trial }: { trial: EnrolTrial | null }) {
  const t = useT()
  if (trial === null) return <Consequence tone="info">{t('enrolment.proof.try_text')}</Consequence>
  const tone = trial.result === 'hers' ? 'ok' : trial.result === null ? 'info' : 'warn'
  return <Consequence tone={tone}>{trialText(t, trial)}</Consequence>
}

function ProofActs({ view, attempt, path, trying }: CardProps & { trying: boolean }) {
  const t = useT()
  const enrolled = view.stored.find((one) => one.sourceId === attempt.sourceId && one.slot === String(attempt.slot))
  const second = nextFinger(view.stored, attempt.sourceId)
  const other = view.readers.find((one) => one.id !== attempt.sourceId && one.readable)
  return (
    <>
      <Form action={path}>
        <input type="hidden" name="reader" value={attempt.sourceId} />
        {trying ? (
          <Button small name="intent" value="cancel">
            {t('enrolment.live.cancel')}
          </Button>
        ) : (
          <Button small look="primary" name="intent" value="try">
            {t('enrolment.proof.try')}
          </Button>
        )}
      </Form>
      <ButtonLink small to={`${path}?finger=${second}&reader=${attempt.sourceId}`}>
        {t('enrolment.proof.second', { finger: fingerName(t, second) })}
      </ButtonLink>
      {other === undefined ? null : (
        <ButtonLink small to={`${path}?finger=${attempt.finger}&reader=${other.id}`}>
          {t('enrolment.proof.at_other', { reader: nameOf(t, other) })}
        </ButtonLink>
      )}
      {enrolled === undefined ? null : (
        <ButtonLink small to={`${path}/receipt?enrolment=${enrolled.id}`}>
          {t('enrolment.stored.receipt')}
        </ButtonLink>
      )}
    </>
  )
}

function trialText(t: T, trial: EnrolTrial): string {
  const { result, slot, score, milliseconds, owner, steps } = trial
  if (result === null) {
    const last = steps[steps.length - 1]
    return last?.step === 'retry' ? retryText(t, String(last.facts.reason ?? '')) : t('enrolment.proof.trying')
  }
  const facts = { slot: slot ?? '', score: score ?? '', ms: milliseconds ?? '' }
  if (result === 'hers') return t('enrolment.proof.tried', facts)
  if (result === 'other') {
    if (owner === null) return t('enrolment.proof.tried_unowned', facts)
    return t('enrolment.proof.tried_other', { ...facts, name: nameOf(t, owner) })
  }
  const nobody = steps[steps.length - 1]?.step === 'nobody_came'
  return t(nobody ? 'enrolment.proof.try_nobody' : 'enrolment.proof.try_failed')
}

/** Whose template refused the finger; only who may enrol sees it. */
export function DuplicateCard({ view, attempt, path }: CardProps) {
  const t = useT()
  const { owner, facts, sourceId } = attempt
  const slot = facts.slot ?? ''
  const own = owner?.personId === view.person.id
  const day = owner === null ? '' : formatInstant(owner.sinceMs, view.zone, t.locale, 'day_time')
  const said =
    owner === null
      ? t('enrolment.duplicate.nobody', { slot })
      : t(own ? 'enrolment.duplicate.own' : 'enrolment.duplicate.owner', {
          slot,
          day,
          name: nameOf(t, owner),
          finger: fingerName(t, owner.finger),
        })
  const old = view.stored.find((one) => one.sourceId === sourceId && one.slot === String(slot))
  const other = nextFinger(view.stored, sourceId) === attempt.finger ? 7 : nextFinger(view.stored, sourceId)
  return (
    <Card
      title={<Bilingual k="enrolment.duplicate.title" />}
      footer={
        <>
          <ButtonLink small to={`${path}?finger=${other}&reader=${sourceId}`}>
            {t('enrolment.duplicate.other_finger')}
          </ButtonLink>
          {owner !== null && !own ? (
            <ButtonLink small to={`/people/${owner.personId}/enrol`}>
              {t('enrolment.duplicate.see_owner', { name: nameOf(t, owner) })}
            </ButtonLink>
          ) : null}
          {own && old !== undefined ? (
            <ButtonLink small to={`${path}?ask=delete&enrolment=${old.id}`}>
              {t('enrolment.duplicate.delete_own')}
            </ButtonLink>
          ) : null}
          {owner === null ? <DeleteNobody sourceId={sourceId} slot={slot} path={path} /> : null}
        </>
      }
    >
      <Alert tone={own ? 'warn' : 'bad'} title={said} />
    </Card>
  )
}

function DeleteNobody({ sourceId, slot, path }: { sourceId: string; slot: string | number; path: string }) {
  const t = useT()
  return (
    <Form action={path}>
      <input type="hidden" name="reader" value={sourceId} />
      <input type="hidden" name="slot" value={slot} />
      <Button small look="danger" name="intent" value="delete_unowned">
        {t('enrolment.duplicate.delete_nobody', { slot })}
      </Button>
    </Form>
  )
}
