import { Link } from '@remix-run/react'
import type { Leaving } from '#app/domain/people/leaving.ts'
import { formatDay } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { useT } from '#app/ui/locale.tsx'

type Props = {
  readonly leaving: Leaving
  readonly id: string
  readonly name: string
  readonly may: { readonly enrol: boolean; readonly account: boolean }
}

/** What is still to do for who leaves, each with where it is done. */
export function PersonLeaving({ leaving, id, name, may }: Props) {
  const t = useT()
  const { lastDay, over, readers } = leaving
  const day = formatDay(lastDay, t.locale, 'full')
  return (
    <Alert tone="warn" title={t(over ? 'people.page.leaving.over' : 'people.page.leaving.soon', { name, day })}>
      <ul className="todo">
        {readers > 0 ? (
          <li>
            {t(over ? 'people.page.leaving.fingers' : 'people.page.leaving.fingers_later', { count: readers })}{' '}
            {may.enrol ? <Link to={`/people/${id}/enrol`}>{t('people.page.leaving.fingers_go')}</Link> : null}
          </li>
        ) : null}
        <AccountLeft leaving={leaving} id={id} asks={may.account} />
        {over ? null : (
          <li>
            {t('people.page.leaving.moves')}{' '}
            <Link to={`/people/${id}?act=start_posting`}>{t('people.act.start_posting')}</Link>
          </li>
        )}
      </ul>
    </Alert>
  )
}

function AccountLeft({ leaving, id, asks }: { leaving: Leaving; id: string; asks: boolean }) {
  const t = useT()
  if (leaving.account === 'settled') return null
  if (leaving.account === 'asked') return <li>{t('people.page.leaving.account_asked')}</li>
  return (
    <li>
      {t(leaving.over ? 'people.page.leaving.account_over' : 'people.page.leaving.account_open')}{' '}
      {asks ? <Link to={`/accounts/asked?person=${id}&act=disable`}>{t('people.page.leaving.account_go')}</Link> : null}
    </li>
  )
}
