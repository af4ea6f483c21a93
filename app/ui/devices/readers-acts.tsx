import { useNavigate } from '@remix-run/react'
import type { ReadersView } from '#app/domain/devices/readers-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Consequence } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { pick } from './both.tsx'

export type PairingMade = { readonly kind: 'agent' | 'kiosk'; readonly code: string; readonly endsAtMs: number }
export type PairingTyped = { readonly name: string; readonly problem: 'name_missing' | null }

type PairProps = { kind: 'agent' | 'kiosk'; view: ReadersView; typed: PairingTyped | null }

/** Asks for a name and makes a code. Without script it stands in the page. */
export function PairDialog({ kind, view, typed }: PairProps) {
  const t = useT()
  const navigate = useNavigate()
  const readers = view.readers.filter((reader) => reader.badge !== 'retired')
  return (
    <Dialog title={t(`devices.readers.pair.${kind}_title`)} modal onClose={() => navigate('/readers')} actions={null}>
      <p>{t(`devices.readers.pair.${kind}_text`)}</p>
      <Form action={`/readers?act=pair-${kind}`}>
        <Field
          name="name"
          label={t('devices.readers.pair.name')}
          hint={t(`devices.readers.pair.name_hint_${kind}`)}
          defaultValue={typed?.name ?? ''}
          error={typed?.problem ? t(`devices.readers.pair.${typed.problem}`) : null}
          maxLength={80}
          autoComplete="off"
        />
        {kind === 'kiosk' ? (
          <Field as="select" name="sourceId" label={t('devices.readers.pair.reader')} defaultValue="">
            <option value="">{t('devices.readers.pair.all_readers')}</option>
            {readers.map((reader) => (
              <option key={reader.id} value={reader.id}>
                {pick(t, reader.name, reader.nameEn)}
              </option>
            ))}
          </Field>
        ) : null}
        <p className="acts">
          <Button look="primary" name="intent" value={`pair_${kind}`}>
            {t('devices.readers.pair.submit')}
          </Button>
          <ButtonLink to="/readers">{t('devices.readers.act.cancel')}</ButtonLink>
        </p>
      </Form>
    </Dialog>
  )
}

/** Shows the code, this once. */
export function CodeDialog({ made, view }: { made: PairingMade; view: ReadersView }) {
  const t = useT()
  const navigate = useNavigate()
  const time = formatInstant(made.endsAtMs, view.zone, t.locale, 'time')
  return (
    <Dialog
      title={t('devices.readers.pair.made_title')}
      modal
      onClose={() => navigate('/readers')}
      actions={
        <ButtonLink to="/readers" look="primary">
          {t('devices.readers.pair.made_done')}
        </ButtonLink>
      }
    >
      <p className="pair-code">
        <output>{made.code}</output>
      </p>
      <p>{t(`devices.readers.pair.made_${made.kind}`, { time })}</p>
    </Dialog>
  )
}

type RevokeProps = { kind: 'agent' | 'kiosk'; id: string; name: string }

/** Says what stops and what stays before an agent or a screen is shut out. */
export function RevokeDialog({ kind, id, name }: RevokeProps) {
  const t = useT()
  const navigate = useNavigate()
  return (
    <Dialog
      title={t(`devices.readers.revoke.${kind}_title`, { name })}
      modal
      onClose={() => navigate('/readers')}
      actions={null}
    >
      <ul className="cons">
        <Consequence tone="warn">{t(`devices.readers.revoke.${kind}_stops`)}</Consequence>
        <Consequence tone="info">{t(`devices.readers.revoke.${kind}_kept`)}</Consequence>
        {kind === 'agent' ? <Consequence tone="info">{t('devices.readers.revoke.agent_over')}</Consequence> : null}
      </ul>
      <Form action={`/readers?act=revoke-${kind}&id=${id}`}>
        <input type="hidden" name="id" value={id} />
        <p className="acts">
          <Button look="danger" name="intent" value={`revoke_${kind}`}>
            {t(`devices.readers.revoke.${kind}_submit`)}
          </Button>
          <ButtonLink to="/readers">{t('devices.readers.act.cancel')}</ButtonLink>
        </p>
      </Form>
    </Dialog>
  )
}
