import { useNavigate } from '@remix-run/react'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { pick } from './both.tsx'

export type Naming = {
  readonly reader: {
    readonly id: string
    readonly serial: string
    readonly name: string
    readonly nameEn: string
    readonly zoneId: string | null
  }
  readonly zones: readonly {
    readonly id: string
    readonly code: string
    readonly name: string
    readonly nameEn: string
  }[]
  /** What was typed, when it could not be kept. */
  readonly refused: { readonly name: string; readonly nameEn: string } | null
}

/** Names a reader and says where it stands. */
export function NameDialog({ reader, zones, refused }: Naming) {
  const t = useT()
  const navigate = useNavigate()
  return (
    <Dialog
      title={t('devices.readers.naming.title', { serial: reader.serial })}
      modal
      onClose={() => navigate('/readers')}
      actions={null}
    >
      <p>{t('devices.readers.naming.text')}</p>
      <Form action={`/readers?act=name-reader&id=${reader.id}`}>
        <input type="hidden" name="id" value={reader.id} />
        <Field
          name="name"
          label={t('devices.readers.pair.name')}
          hint={t('devices.readers.naming.hint')}
          defaultValue={refused?.name ?? reader.name}
          error={refused ? t('devices.readers.pair.name_missing') : null}
          maxLength={80}
          autoComplete="off"
        />
        <Field
          name="nameEn"
          label={t('devices.readers.naming.name_en')}
          defaultValue={refused?.nameEn ?? reader.nameEn}
          maxLength={80}
          autoComplete="off"
          optional
        />
        <Field as="select" name="zoneId" label={t('devices.readers.naming.zone')} defaultValue={reader.zoneId ?? ''}>
          <option value="">{t('devices.readers.naming.no_zone')}</option>
          {zones.map((zone) => (
            <option key={zone.id} value={zone.id}>
              {`${zone.code} ${pick(t, zone.name, zone.nameEn)}`}
            </option>
          ))}
        </Field>
        <p className="acts">
          <Button look="primary" name="intent" value="name_reader">
            {t('devices.readers.naming.submit')}
          </Button>
          <ButtonLink to="/readers">{t('devices.readers.act.cancel')}</ButtonLink>
        </p>
      </Form>
    </Dialog>
  )
}
