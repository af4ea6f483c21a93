import { useSearchParams } from '@remix-run/react'
import './reader.css'
import type { CopyChoices, CopyOffer } from '#app/domain/devices/copy-choices.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { pick } from '#app/ui/devices/both.tsx'
import { stepText } from '#app/ui/devices/step-text.ts'
import { fingerName } from '#app/ui/enrolment/texts.ts'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'

type CopyCardProps = { personId: string; choices: CopyChoices }

/** Offers to carry a stored template to other readers, so that a person need not press at each of them 也录到其他指纹机. */
export function CopyCard({ personId, choices }: CopyCardProps) {
  const t = useT()
  const { on, offers, last } = choices
  return (
    <Card title={<Bilingual k="readerPage.copy.title" />}>
      <Told />
      <p className="mut">{t(on ? 'readerPage.copy.text' : 'readerPage.copy.off')}</p>
      {last === null ? null : (
        <p>
          {last.running
            ? t('readerPage.copy.running')
            : t('readerPage.copy.story', { steps: last.steps.map((step) => stepText(t, step)).join(' → ') })}
        </p>
      )}
      {on && offers.length === 0 ? <p>{t('readerPage.copy.nothing')}</p> : null}
      {offers.map((offer) => (
        <Offer key={offer.enrolmentId} offer={offer} personId={personId} />
      ))}
    </Card>
  )
}

/** What came of the last asking; the address carries it. */
function Told() {
  const t = useT()
  const [search] = useSearchParams()
  const came = search.get('copy')
  if (came === 'asked') return <Alert tone="ok" title={t('readerPage.copy.asked')} />
  const key = `readerPage.refused.${came}`
  return t.has(key) ? <Alert tone="warn" title={t(key)} urgent /> : null
}

function Offer({ offer, personId }: { offer: CopyOffer; personId: string }) {
  const t = useT()
  const { enrolmentId, finger, reader, targets } = offer
  return (
    <Form action="/readers/copy">
      <input type="hidden" name="personId" value={personId} />
      <input type="hidden" name="enrolmentId" value={enrolmentId} />
      <fieldset className="cpy">
        <legend>
          {t('readerPage.copy.from', { finger: fingerName(t, finger), reader: pick(t, reader.name, reader.nameEn) })}
        </legend>
        {targets.map((target) => (
          <label key={target.id}>
            <input
              type="checkbox"
              name="target"
              value={target.id}
              defaultChecked={target.readable}
              disabled={!target.readable}
            />{' '}
            {pick(t, target.name, target.nameEn)}{' '}
            {target.readable ? null : <span className="mut">{t('readerPage.copy.away')}</span>}
          </label>
        ))}
        <Button small disabled={targets.every((one) => !one.readable)}>
          {t('readerPage.copy.submit')}
        </Button>
      </fieldset>
    </Form>
  )
}
