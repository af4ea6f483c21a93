import { useLocation, useMatches, useSearchParams } from '@remix-run/react'
import type { Key } from '#app/i18n/catalogue.ts'
import { useT } from '#app/ui/locale.tsx'
import { useRootData } from '#app/ui/root-data.tsx'
import { LanguageLink } from '#app/ui/shell/language-link.tsx'
import { UserMenu } from '#app/ui/shell/user-menu.tsx'
import { partOf } from './part.ts'

/** A route names its place in the top bar by `export const handle = { place: 'topic.key' } satisfies Handle`. */
export type Handle = { readonly place: Key }

export function Bar() {
  const t = useT()
  const root = useRootData()
  const centre = t.locale === 'en' ? root?.centre?.nameEn || root?.centre?.name : root?.centre?.name
  return (
    <header className="bar">
      <div className="crumb">
        <span className="o">{centre ?? t('common.centre_unnamed')}</span>
        <Place />
      </div>
      <Search />
      <div className="me">
        <LanguageLink short />
        <UserMenu />
      </div>
    </header>
  )
}

function Place() {
  const t = useT()
  const navigation = useRootData()?.navigation ?? []
  const { pathname } = useLocation()
  const handles = useMatches().map((match) => match.handle as Partial<Handle> | undefined)
  const named = handles.reverse().find((handle) => handle?.place)?.place
  const entry = navigation.find((item) => partOf(item.href) === partOf(pathname))
  const place = named ?? (entry && (`common.nav.${entry.page}` as const))
  if (!place) return null
  return (
    <>
      <span className="o" aria-hidden="true">
        {' / '}
      </span>
      <b>{t(place)}</b>
    </>
  )
}

/** Finds people and windows on the board; shown to whoever may see the board. */
function Search() {
  const t = useT()
  const root = useRootData()
  const [search] = useSearchParams()
  const onBoard = useLocation().pathname === '/today'
  if (!root?.navigation.some((entry) => entry.page === 'today')) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: the search element is newer than the oldest browser we serve
    <form className={onBoard ? 'find here' : 'find'} role="search" action="/today" method="get">
      <label className="vh" htmlFor="q">
        {t('common.bar.search')}
      </label>
      <input
        className="in"
        id="q"
        name="q"
        type="search"
        // What a page of its own searches for is not what is looked for on the board.
        defaultValue={onBoard ? (search.get('q') ?? '') : ''}
        key={onBoard ? 'board' : 'elsewhere'}
        placeholder={t('common.bar.search_hint')}
      />
      <button type="submit" className="btn sm go">
        {t('common.bar.search_go')}
      </button>
    </form>
  )
}
