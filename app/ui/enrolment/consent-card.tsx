import type { EnrolView } from '#app/domain/devices/enrol-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Form, type FormErrors } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'

export const consentPoints = ['purpose', 'deletion', 'free'] as const

export type ConsentTyped = { readonly points: readonly string[]; readonly how: string; readonly errors: FormErrors }

type CardProps = { view: EnrolView; version: string; path: string; typed: ConsentTyped | null }

/** Step 1: three points read out, ticked one by one; afterwards when, how and by whom it was recorded. */
export function ConsentCard({ view, version, path, typed }: CardProps) {
  const t = useT()
  const { consent } = view
  const holds = consent?.holds ?? false
  return (
    <Card title={<Bilingual k="enrolment.consent.title" />} extra={<ConsentBadge view={view} />}>
      {holds && consent !== null ? (
        <div className="en-consent">
          <ul className="en-points">
            {consentPoints.map((point) => (
              <li key={point}>{t(`enrolment.consent.point.${point}`)}</li>
            ))}
          </ul>
          <p className="sm sub">
            {t('enrolment.consent.notice', { version: consent.statement, by: consent.recordedBy })}
          </p>
          <p>
            <ButtonLink small to={`${path}?ask=withdraw`}>
              {t('enrolment.consent.withdraw')}
            </ButtonLink>
          </p>
        </div>
      ) : view.person.left ? (
        <p className="sub">{t('enrolment.refused.person_left.title')}</p>
      ) : (
        <ConsentForm version={version} path={path} typed={typed} />
      )}
    </Card>
  )
}

function ConsentBadge({ view }: { view: EnrolView }) {
  const t = useT()
  const { text, tone } = consentState(t, view)
  return <Badge tone={tone}>{text}</Badge>
}

function consentState(t: T, { consent, zone }: EnrolView): { text: string; tone: 'ok' | 'warn' | 'none' } {
  if (consent === null) return { text: t('enrolment.consent.none'), tone: 'none' }
  const time = (ms: number) => formatInstant(ms, zone, t.locale, 'day_time')
  if (consent.withdrawnMs !== null) {
    return { text: t('enrolment.consent.withdrawn', { time: time(consent.withdrawnMs) }), tone: 'warn' }
  }
  if (!consent.holds) return { text: t('enrolment.consent.old', { version: consent.statement }), tone: 'warn' }
  const key = consent.how === 'paper' ? 'enrolment.consent.given_paper' : 'enrolment.consent.given_screen'
  return { text: t(key, { time: time(consent.givenMs) }), tone: 'ok' }
}

function ConsentForm({ version, path, typed }: Omit<CardProps, 'view'>) {
  const t = useT()
  const labels = { points: t('enrolment.consent.title'), how: t('enrolment.consent.how') }
  return (
    <Form action={path} errors={typed?.errors} labels={labels}>
      <div className="en-consent" id="points">
        {consentPoints.map((point) => (
          <label key={point}>
            <input type="checkbox" name="point" value={point} defaultChecked={typed?.points.includes(point) ?? false} />
            <span>{t(`enrolment.consent.point.${point}`)}</span>
          </label>
        ))}
        <fieldset id="how">
          <legend className="sm sub">{t('enrolment.consent.how')}</legend>
          {(['paper', 'screen'] as const).map((how) => (
            <label key={how}>
              <input type="radio" name="how" value={how} defaultChecked={typed?.how === how} />
              <span>{t(`enrolment.consent.${how}`)}</span>
            </label>
          ))}
        </fieldset>
        <input type="hidden" name="statement" value={version} />
        <p>
          <Button look="primary" small name="intent" value="consent">
            {t('enrolment.consent.submit')}
          </Button>
        </p>
      </div>
    </Form>
  )
}
