import { Field } from '#app/ui/field.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import type { FormModel } from './form-page.tsx'

/** For whom a paper slip is recorded 代录. */
export function PersonField({ model, error }: { model: FormModel; error: string | undefined }) {
  const t = useT()
  return (
    <div className="sec first">
      <Field
        as="select"
        name="person"
        label={<Bilingual k="leave.form.person" />}
        defaultValue={model.typed.person}
        error={error}
        required
      >
        <option value="">{t('leave.form.person_choose')}</option>
        {model.people.map((person) => (
          <option key={person.id} value={person.id}>
            {t.locale === 'en' ? `${person.nameEn || person.name} ${person.name}` : person.name} {person.staffNumber}
          </option>
        ))}
      </Field>
    </div>
  )
}

/** The signed paper itself; a browser does not keep a chosen file when a form comes back. */
export function PaperField({ again, error }: { again: boolean; error: string | undefined }) {
  const t = useT()
  return (
    <div className="sec">
      <Field
        name="paper"
        type="file"
        accept="application/pdf,image/jpeg,image/png"
        label={<Bilingual k="leave.form.paper" />}
        hint={t(again ? 'leave.form.paper_again' : 'leave.form.paper_hint')}
        error={error}
        required
      />
    </div>
  )
}

/** Whether it goes its way from here or everybody has signed already 按流程, 纸上都签了; HR only. */
export function DecidedField({ chosen, error }: { chosen: 'by_route' | 'on_paper'; error: string | undefined }) {
  const t = useT()
  return (
    <fieldset className="sec" id="decided" {...(error ? { 'aria-describedby': 'decided-error' } : {})}>
      <legend className="lg">
        <Bilingual k="leave.form.decided" />
      </legend>
      {(['by_route', 'on_paper'] as const).map((one) => (
        <label key={one} className="tick">
          <input type="radio" name="decided" value={one} defaultChecked={chosen === one} />
          <span>
            {t(`leave.form.decided_by.${one}`)} <span className="mut sm">{t(`leave.form.decided_means.${one}`)}</span>
          </span>
        </label>
      ))}
      {error ? (
        <p className="err" id="decided-error">
          {error}
        </p>
      ) : null}
    </fieldset>
  )
}
