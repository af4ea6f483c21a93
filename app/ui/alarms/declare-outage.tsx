import { Button } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { pick } from '#app/ui/devices/both.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form, type FormErrors } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'

/** What was typed into the form, as typed, and what is wrong with it: codes by field. */
export type DeclareTyped = {
  readonly sourceId: string
  readonly from: string
  readonly to: string
  readonly reason: string
  readonly problems: Readonly<Record<string, string>>
}

type DeclareProps = {
  readers: readonly { readonly id: string; readonly name: string; readonly nameEn: string }[]
  about: string | null
  typed: DeclareTyped | null
}

/** An outage that no machine noticed, noted by a person who did 登记停机. */
export function DeclareOutage({ readers, about, typed }: DeclareProps) {
  const t = useT()
  const known = readers.some((one) => one.id === about) ? about : null
  const errors: FormErrors = Object.fromEntries(
    Object.entries(typed?.problems ?? {}).map(([field, code]) => {
      const key = `alarms.declare.problem.${code}`
      return [field, t.has(key) ? t(key) : code]
    }),
  )
  const labels = {
    sourceId: t('alarms.declare.reader'),
    from: t('alarms.declare.from'),
    to: t('alarms.declare.to'),
    reason: t('alarms.declare.reason'),
  }
  return (
    <div id="outage">
      <Card title={<Bilingual k="alarms.declare.title" />}>
        <p className="mut">{t('alarms.declare.what')}</p>
        <Form action="/readers/alarms#outage" errors={errors} labels={labels}>
          <input type="hidden" name="intent" value="declare" />
          <Field
            as="select"
            name="sourceId"
            label={labels.sourceId}
            error={errors.sourceId}
            defaultValue={typed?.sourceId ?? known ?? ''}
          >
            <option value="">{t('alarms.declare.choose')}</option>
            {readers.map((reader) => (
              <option key={reader.id} value={reader.id}>
                {pick(t, reader.name, reader.nameEn)}
              </option>
            ))}
          </Field>
          <div className="two">
            <Field
              name="from"
              type="datetime-local"
              label={labels.from}
              error={errors.from}
              defaultValue={typed?.from ?? ''}
            />
            <Field
              name="to"
              type="datetime-local"
              label={labels.to}
              hint={t('alarms.declare.to_hint')}
              error={errors.to}
              defaultValue={typed?.to ?? ''}
            />
          </div>
          <Field
            name="reason"
            label={labels.reason}
            hint={t('alarms.declare.reason_hint')}
            error={errors.reason}
            maxLength={80}
            defaultValue={typed?.reason ?? ''}
          />
          <Button>{t('alarms.declare.submit')}</Button>
        </Form>
      </Card>
    </div>
  )
}
