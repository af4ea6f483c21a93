import type { ReactNode } from 'react'
import type { HallKind } from '#app/domain/hall/input.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form, type FormErrors } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { useBothNames } from './hall-tables.tsx'
import type { HallRecordModel, Problems } from './model.ts'

type FormProps = { model: HallRecordModel; problems: Problems }

/** The sentences of a form's problems by field. */
export function useMessages(problems: Problems): FormErrors {
  const t = useT()
  return Object.fromEntries(
    Object.entries(problems).map(([field, { code, facts }]) => {
      const key = `hall.problem.${code}`
      return [field, t.has(key) ? t(key, facts) : code]
    }),
  )
}

const fields = {
  windows: ['number', 'name', 'nameEn', 'phone', 'opensOn', 'position'],
  zones: ['code', 'name', 'nameEn', 'position'],
  units: ['name', 'shortName', 'nameEn', 'contact', 'phone', 'position'],
  groups: ['name', 'nameEn', 'minStaff'],
} as const satisfies Readonly<Record<HallKind, readonly string[]>>

type TextField = (typeof fields)[HallKind][number]

const optional: readonly TextField[] = ['phone', 'contact', 'position']
const types: Readonly<Partial<Record<TextField, string>>> = { opensOn: 'date', phone: 'tel' }

/** Adds or changes a window, zone, unit or group; complete without script, and keeps what was typed. */
export function HallForm({ model, problems }: FormProps) {
  const t = useT()
  const errors = useMessages(problems)
  const { kind, id, typed, version } = model
  const names = [...fields[kind], 'zoneId', 'windowIds', 'assessmentMode'] as const
  const labels = Object.fromEntries(names.map((name) => [name, t(`hall.field.${name}`)]))
  return (
    <Form action={`/hall/${kind}/${id ?? 'new'}`} errors={errors} labels={labels}>
      <input type="hidden" name="intent" value="save" />
      <input type="hidden" name="version" value={version} />
      <div className="two">
        {kind === 'windows' ? <ZoneField model={model} error={errors.zoneId} /> : null}
        {fields[kind].map((name) => (
          <TextInput key={name} name={name} value={typed[name] ?? ''} error={errors[name]} />
        ))}
        {kind === 'units' ? <ModeField value={typed.assessmentMode ?? ''} error={errors.assessmentMode} /> : null}
      </div>
      {kind === 'groups' ? <WindowBoxes model={model} error={errors.windowIds} /> : null}
      <div className="foot">
        <Button look="primary">{t(`hall.save.${kind}`)}</Button>
        <ButtonLink to={`/hall?tab=${kind}`}>{t('hall.back')}</ButtonLink>
      </div>
    </Form>
  )
}

function TextInput({ name, value, error }: { name: TextField; value: string; error: string | undefined }) {
  const t = useT()
  const hint = `hall.field.${name}_hint`
  const number = name === 'position' || name === 'minStaff'
  return (
    <Field
      name={name}
      label={t(`hall.field.${name}`)}
      hint={t.has(hint) ? t(hint) : null}
      error={error}
      optional={optional.includes(name)}
      defaultValue={value}
      type={types[name] ?? 'text'}
      autoComplete="off"
      {...(number ? { inputMode: 'numeric' as const } : {})}
    />
  )
}

function ZoneField({ model, error }: { model: HallRecordModel; error: string | undefined }) {
  const t = useT()
  const both = useBothNames()
  return (
    <Field
      as="select"
      name="zoneId"
      label={t('hall.field.zoneId')}
      error={error}
      defaultValue={model.typed.zoneId ?? ''}
    >
      <option value="">{t('hall.choose')}</option>
      {model.zones.map((zone) => (
        <option key={zone.id} value={zone.id}>
          {`${zone.code} ${both(zone.name, zone.nameEn)}`}
        </option>
      ))}
    </Field>
  )
}

function ModeField({ value, error }: { value: string; error: string | undefined }) {
  const t = useT()
  return (
    <Field
      as="select"
      name="assessmentMode"
      label={t('hall.field.assessmentMode')}
      error={error}
      defaultValue={value || 'b'}
    >
      {(['a', 'b', 'c'] as const).map((mode) => (
        <option key={mode} value={mode}>
          {t(`hall.mode.${mode}`)}
        </option>
      ))}
    </Field>
  )
}

function WindowBoxes({ model, error }: { model: HallRecordModel; error: string | undefined }) {
  const t = useT()
  const both = useBothNames()
  const chosen = new Set((model.typed.windowIds ?? '').split(','))
  return (
    <fieldset className="boxes" id="windowIds" {...(error ? { 'aria-describedby': 'windowIds-error' } : {})}>
      <legend>{t('hall.field.windowIds')}</legend>
      {model.windows.map((window) => (
        <Box key={window.id} id={window.id} checked={chosen.has(window.id)}>
          <b>{window.number}</b> {both(window.name, window.nameEn)}
        </Box>
      ))}
      {error ? (
        <p className="err" id="windowIds-error">
          {error}
        </p>
      ) : null}
    </fieldset>
  )
}

function Box({ id, checked, children }: { id: string; checked: boolean; children: ReactNode }) {
  return (
    <label>
      <input type="checkbox" name="windowId" value={id} defaultChecked={checked} /> <span>{children}</span>
    </label>
  )
}
