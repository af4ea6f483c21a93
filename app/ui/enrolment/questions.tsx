import { useNavigate } from '@remix-run/react'
import type { EnrolView, StoredFinger } from '#app/domain/devices/enrol-view.ts'
import { Consequence } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { fingerName, nameOf } from './texts.ts'

export type Ask = { readonly ask: 'delete' | 'withdraw'; readonly enrolment: string | null }

/** The question that stands before a deletion or a withdrawal, when one was asked for. */
export function Question({ view, ask, path }: { view: EnrolView; ask: Ask | null; path: string }) {
  if (ask === null) return null
  if (ask.ask === 'withdraw') return <Withdraw view={view} path={path} />
  const one = view.stored.find((stored) => stored.id === ask.enrolment && stored.deletion === null)
  return one === undefined ? null : <Delete view={view} one={one} path={path} />
}

function Delete({ view, one, path }: { view: EnrolView; one: StoredFinger; path: string }) {
  const t = useT()
  const navigate = useNavigate()
  const finger = fingerName(t, one.finger)
  const names = { reader: nameOf(t, one.reader), slot: one.slot, name: nameOf(t, view.person) }
  const away = !view.readers.some((reader) => reader.id === one.sourceId && reader.readable)
  return (
    <Dialog title={t('enrolment.ask.delete_title', { finger })} modal onClose={() => navigate(path)} actions={null}>
      <ul className="cons">
        <Consequence tone="warn">{t('enrolment.ask.delete_stops', names)}</Consequence>
        <Consequence tone="info">{t('enrolment.ask.delete_proof')}</Consequence>
        {away ? <Consequence tone="warn">{t('enrolment.ask.delete_away')}</Consequence> : null}
      </ul>
      <Form action={path}>
        <input type="hidden" name="enrolment" value={one.id} />
        <p className="acts">
          <Button look="danger" name="intent" value="delete">
            {t('enrolment.ask.delete_submit')}
          </Button>
          <ButtonLink to={path}>{t('enrolment.ask.cancel')}</ButtonLink>
        </p>
      </Form>
    </Dialog>
  )
}

function Withdraw({ view, path }: { view: EnrolView; path: string }) {
  const t = useT()
  const navigate = useNavigate()
  const count = view.stored.filter((one) => one.deletion !== 'proved').length
  const title = t('enrolment.ask.withdraw_title', { name: nameOf(t, view.person) })
  return (
    <Dialog title={title} modal onClose={() => navigate(path)} actions={null}>
      <ul className="cons">
        <Consequence tone="warn">{t('enrolment.ask.withdraw_stops', { count })}</Consequence>
        <Consequence tone="info">{t('enrolment.ask.withdraw_other')}</Consequence>
      </ul>
      <Form action={path}>
        <p className="acts">
          <Button look="danger" name="intent" value="withdraw">
            {t('enrolment.ask.withdraw_submit')}
          </Button>
          <ButtonLink to={path}>{t('enrolment.ask.cancel')}</ButtonLink>
        </p>
      </Form>
    </Dialog>
  )
}
