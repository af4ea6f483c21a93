import { useNavigate } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { TerminalLine } from '#app/domain/devices/terminals-view.ts'
import { Consequence } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { pick } from '#app/ui/devices/both.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form, type FormErrors } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { useRootData } from '#app/ui/root-data.tsx'

const home = '/readers/terminals'

export type AllowTyped = {
  readonly serial: string
  readonly name: string
  readonly nameEn: string
  readonly zoneId: string
  readonly offset: string
}

type Zone = { readonly id: string; readonly code: string; readonly name: string; readonly nameEn: string }

function Frame({ title, children }: { title: string; children: ReactNode }) {
  const navigate = useNavigate()
  return (
    <Dialog title={title} modal onClose={() => navigate(home)} actions={null}>
      {children}
    </Dialog>
  )
}

function Leave() {
  const t = useT()
  return <ButtonLink to={home}>{t('terminals.act.cancel')}</ButtonLink>
}

/** Puts a terminal on the list. */
export function AllowDialog({
  typed,
  zones,
  errors,
}: {
  typed: AllowTyped
  zones: readonly Zone[]
  errors: FormErrors
}) {
  const t = useT()
  const labels = {
    serial: t('terminals.allow.serial'),
    name: t('terminals.allow.name'),
    zoneId: t('terminals.allow.zone'),
    offset: t('terminals.allow.offset'),
  }
  const { serial } = typed
  return (
    <Frame title={serial ? t('terminals.allow.title', { serial }) : t('terminals.allow.title_new')}>
      <p>{t('terminals.allow.text')}</p>
      <Form action={`${home}?allow=${encodeURIComponent(serial)}`} errors={errors} labels={labels}>
        <Field
          name="serial"
          label={labels.serial}
          hint={t('terminals.allow.serial_hint')}
          defaultValue={serial}
          error={errors.serial}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
        />
        <Field
          name="name"
          label={labels.name}
          hint={t('terminals.allow.name_hint')}
          defaultValue={typed.name}
          error={errors.name}
          maxLength={80}
          autoComplete="off"
        />
        <Field
          name="nameEn"
          label={t('terminals.allow.name_en')}
          defaultValue={typed.nameEn}
          maxLength={80}
          autoComplete="off"
          optional
        />
        <Field as="select" name="zoneId" label={labels.zoneId} defaultValue={typed.zoneId} error={errors.zoneId}>
          <option value="">{t('terminals.list.no_zone')}</option>
          {zones.map((zone) => (
            <option key={zone.id} value={zone.id}>
              {`${zone.code} ${pick(t, zone.name, zone.nameEn)}`}
            </option>
          ))}
        </Field>
        <Field
          name="offset"
          label={labels.offset}
          hint={t('terminals.allow.offset_hint')}
          defaultValue={typed.offset}
          error={errors.offset}
          maxLength={9}
          autoComplete="off"
        />
        <p className="acts">
          <Button look="primary" name="intent" value="allow">
            {t('terminals.allow.submit')}
          </Button>
          <Leave />
        </p>
      </Form>
    </Frame>
  )
}

/** Takes a terminal off the list. */
export function StopDialog({ terminal }: { terminal: TerminalLine }) {
  const t = useT()
  return (
    <Frame title={t('terminals.stop.title', { name: pick(t, terminal.name, terminal.nameEn) })}>
      <ul className="cons">
        <Consequence tone="warn">{t('terminals.stop.text')}</Consequence>
        <Consequence tone="info">{t('terminals.stop.keep')}</Consequence>
        <Consequence tone="info">{t('terminals.stop.back')}</Consequence>
      </ul>
      <Form action={home}>
        <input type="hidden" name="id" value={terminal.id} />
        <p className="acts">
          <Button look="danger" name="intent" value="stop">
            {t('terminals.stop.submit')}
          </Button>
          <Leave />
        </p>
      </Form>
    </Frame>
  )
}

/** The few things that a terminal can be asked for; nothing is typed but a day and a number. */
export function AskDialog({ terminal, errors, today }: { terminal: TerminalLine; errors: FormErrors; today: string }) {
  const t = useT()
  const csrf = useRootData()?.csrf
  const ask = (kind: 'info' | 'users' | 'again') => (
    <div className="cmd" key={kind}>
      <b>{t(`terminals.ask.${kind}`)}</b>
      <p>{t(`terminals.ask.${kind}_text`)}</p>
      <Button small name="intent" value={kind}>
        {t(`terminals.ask.${kind}`)}
      </Button>
    </div>
  )
  return (
    <Frame title={t('terminals.ask.title', { name: pick(t, terminal.name, terminal.nameEn) })}>
      <p>{t('terminals.ask.text')}</p>
      <Form
        action={`${home}?ask=${terminal.id}`}
        errors={errors}
        labels={{ from: t('terminals.ask.from_day') }}
        {...(csrf ? { csrf } : {})}
      >
        <input type="hidden" name="id" value={terminal.id} />
        {ask('info')}
        {ask('users')}
        {ask('again')}
        <div className="cmd">
          <b>{t('terminals.ask.from')}</b>
          <p>{t('terminals.ask.from_text')}</p>
          <Field name="from" type="date" label={t('terminals.ask.from_day')} max={today} error={errors.from} />
          <p className="acts">
            <Button small name="intent" value="again_from">
              {t('terminals.ask.from')}
            </Button>
          </p>
        </div>
      </Form>
      <form method="get" action={home} className="cmd">
        <b>{t('terminals.ask.erase')}</b>
        <p>{t('terminals.ask.erase_text')}</p>
        <input type="hidden" name="erase" value={terminal.id} />
        <Field name="pin" label={t('terminals.ask.pin')} error={errors.pin} maxLength={24} autoComplete="off" />
        <p className="acts">
          <Button small look="danger">
            {t('terminals.ask.erase_next')}
          </Button>
          <Leave />
        </p>
      </form>
    </Frame>
  )
}

/** Asks before a number is deleted from a terminal. */
export function EraseDialog({ terminal, pin }: { terminal: TerminalLine; pin: string }) {
  const t = useT()
  return (
    <Frame title={t('terminals.erase.title', { pin, name: pick(t, terminal.name, terminal.nameEn) })}>
      <ul className="cons">
        <Consequence tone="warn">{t('terminals.erase.text')}</Consequence>
        <Consequence tone="bad">{t('terminals.erase.once')}</Consequence>
        <Consequence tone="info">{t('terminals.erase.keep')}</Consequence>
      </ul>
      <Form action={`${home}?ask=${terminal.id}`}>
        <input type="hidden" name="id" value={terminal.id} />
        <input type="hidden" name="pin" value={pin} />
        <p className="acts">
          <Button look="danger" name="intent" value="delete_user">
            {t('terminals.erase.submit', { pin })}
          </Button>
          <Leave />
        </p>
      </Form>
    </Frame>
  )
}
