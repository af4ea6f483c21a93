import { Button } from '#app/ui/button.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { Under, useBoth } from './both.tsx'

export type PairingProblem = 'empty' | 'malformed' | 'pairing_unknown' | 'pairing_used' | 'pairing_expired'

/** A screen that nobody let in yet asks for its code; works without script. */
export function KioskPairing({ csrf, problem, code }: { csrf: string; problem: PairingProblem | null; code: string }) {
  const t = useT()
  const { under } = useBoth()
  const error = problem === null ? null : problemText(t, problem)
  return (
    <main className="kp" data-theme="dark">
      <div className="box">
        <h1>{t('devices.kiosk.unpaired.title')}</h1>
        <p>
          {t('devices.kiosk.unpaired.what')} <Under k="devices.kiosk.unpaired.what" block />
        </p>
        <Form csrf={csrf}>
          <Field
            name="code"
            label={t('devices.kiosk.unpaired.code')}
            hint={t('devices.kiosk.unpaired.hint')}
            error={error}
            defaultValue={code}
            autoComplete="off"
            maxLength={20}
            autoCapitalize="characters"
            spellCheck={false}
          />
          <Button look="primary" wide>
            {t('devices.kiosk.unpaired.submit')}
          </Button>
        </Form>
        <p className="note">{t('devices.kiosk.unpaired.note')}</p>
        <p className="lang">
          <a href={`/kiosk?lang=${under.locale}`} lang={under.locale}>
            {t('common.language.other')}
          </a>
        </p>
      </div>
    </main>
  )
}

function problemText(t: ReturnType<typeof useT>, problem: PairingProblem): string {
  if (problem === 'empty' || problem === 'malformed') return t(`devices.kiosk.unpaired.${problem}`)
  return t(`devices.agent.refusal.${problem}`)
}
