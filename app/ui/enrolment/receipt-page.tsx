import type { Proof, Receipt } from '#app/domain/devices/enrol-receipt.ts'
import type { Named } from '#app/domain/devices/readers-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Alert } from '#app/ui/alert.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Heading } from '#app/ui/card.tsx'
import { useT } from '#app/ui/locale.tsx'
import { fingerName, nameOf } from './texts.ts'

type PageProps = { title: string; receipt: Receipt; zone: string; centre: Named; nowMs: number }

/** One page of paper: what was stored and what proves that it is gone, with room for two signatures. */
export function ReceiptPage({ title, receipt, zone, centre, nowMs }: PageProps) {
  const t = useT()
  const time = (ms: number) => formatInstant(ms, zone, t.locale, 'full')
  const owed = receipt.endsMs !== null && receipt.deleted === null
  return (
    <div className="en-page">
      <div className="no-print">
        <Heading title={title} facts={t('enrolment.receipt.print')}>
          <ButtonLink small to={`/people/${receipt.person.id}/enrol`}>
            {t('enrolment.title')}
          </ButtonLink>
        </Heading>
      </div>
      {owed ? (
        <div className="en-notice">
          <Alert tone="warn" title={t('enrolment.receipt.not_yet')} />
        </div>
      ) : null}
      <section className="card en-paper">
        <h2>
          {nameOf(t, centre)}
          <br />
          {title}
        </h2>
        <dl>
          {linesOf(t, receipt, time).map(([key, text]) => (
            <div key={key}>
              <dt>{t(`enrolment.receipt.${key}`)}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <p className="sm sub">
          {t('enrolment.receipt.no_image')} {t('enrolment.receipt.made', { time: time(nowMs) })}
        </p>
        <p className="en-signs">
          <span>{t('enrolment.receipt.sign_person')}</span>
          <span>{t('enrolment.receipt.sign_officer')}</span>
          <span>{t('enrolment.receipt.sign_day')}</span>
        </p>
      </section>
    </div>
  )
}

type LineKey =
  | 'person'
  | 'finger'
  | 'reader'
  | 'slot'
  | 'consent'
  | 'stored_at'
  | 'ended_at'
  | 'deleted_at'
  | 'proof'
  | 'command'

function linesOf(t: T, receipt: Receipt, time: (ms: number) => string): readonly (readonly [LineKey, string])[] {
  const { person, reader, deleted, stored, consent, endsMs } = receipt
  const proof = endsMs === null ? stored : deleted
  const given =
    consent === null
      ? t('enrolment.consent.none')
      : t(consent.how === 'paper' ? 'enrolment.consent.given_paper' : 'enrolment.consent.given_screen', {
          time: time(consent.givenMs),
        })
  const withdrawn = consent?.withdrawnMs
    ? ` · ${t('enrolment.consent.withdrawn', { time: time(consent.withdrawnMs) })}`
    : ''
  return [
    ['person', `${person.name} ${t('enrolment.who.number', { number: person.staffNumber })}`],
    ['finger', fingerName(t, receipt.finger)],
    ['reader', `${nameOf(t, reader)} · ${t('enrolment.receipt.serial', { serial: reader.serial })}`],
    ['slot', receipt.slot.padStart(3, '0')],
    ['consent', given + withdrawn],
    ['stored_at', time(receipt.startsMs)],
    ...(endsMs === null ? [] : [['ended_at', time(endsMs)] as const]),
    ...(deleted === null ? [] : [['deleted_at', time(deleted.atMs)] as const]),
    ['proof', proofText(t, receipt, proof)],
    ...(proof === null ? [] : [['command', proof.command] as const]),
  ]
}

function proofText(t: T, { slot, endsMs }: Receipt, proof: Proof | null): string {
  if (proof === null) return t(endsMs === null ? 'enrolment.receipt.before_guided' : 'enrolment.receipt.not_yet')
  const facts = { slot, before: proof.facts.before ?? '—', after: proof.facts.templates ?? '—' }
  if (endsMs === null) return t('enrolment.receipt.proof_stored', facts)
  return t(proof.facts.was_taken === 0 ? 'enrolment.receipt.proof_empty' : 'enrolment.receipt.proof_deleted', facts)
}
