import type { Role } from '#app/domain/access/roles.ts'
import { Field } from '#app/ui/field.tsx'
import { useT } from '#app/ui/locale.tsx'
import type { Typed, Unit } from './model.ts'
import { unitName } from './parts.tsx'

type RoleFieldsProps = {
  readonly roles: readonly Role[]
  readonly ticked: readonly string[]
  readonly units: readonly Unit[]
  readonly typed: Typed
  readonly errors: Readonly<Record<string, string | undefined>>
}

/** Which roles, for which unit, from when to when. */
export function RoleFields({ roles, ticked, units, typed, errors }: RoleFieldsProps) {
  const t = useT()
  return (
    <>
      <fieldset className="fld roles-pick" id="role" aria-describedby={errors.role ? 'role-error' : undefined}>
        <legend className="lb">{t('accounts.asked.roles')}</legend>
        <div>
          {roles.map((role) => (
            <label key={role}>
              <input type="checkbox" name="role" value={role} defaultChecked={ticked.includes(role)} />{' '}
              {t(`access.role.${role}`)}
            </label>
          ))}
        </div>
        {errors.role ? (
          <p className="err" id="role-error">
            {errors.role}
          </p>
        ) : null}
      </fieldset>
      <SpanFields units={units} typed={typed} errors={errors} />
    </>
  )
}

type SpanProps = Pick<RoleFieldsProps, 'units' | 'typed' | 'errors'>

export function SpanFields({ units, typed, errors }: SpanProps) {
  const t = useT()
  return (
    <div className="three">
      <Field as="select" name="unit" label={t('accounts.one.unit')} defaultValue={typed.unit ?? ''} error={errors.unit}>
        <option value="">{t('accounts.one.no_unit')}</option>
        {units.map((unit) => (
          <option key={unit.id} value={unit.id}>
            {unitName(t, units, unit.id)}
          </option>
        ))}
      </Field>
      <Field
        name="from"
        type="date"
        label={t('accounts.one.from')}
        hint={t('accounts.one.from_hint')}
        defaultValue={typed.from ?? ''}
        error={errors.from}
      />
      <Field
        name="to"
        type="date"
        label={t('accounts.one.to')}
        hint={t('accounts.one.to_hint')}
        defaultValue={typed.to ?? ''}
        error={errors.to}
      />
    </div>
  )
}
