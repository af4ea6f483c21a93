import { useLocation } from '@remix-run/react'
import { useT } from '#app/ui/locale.tsx'

/** A plain link to the same page in the other language, so that the whole document comes anew with its own lang. */
export function LanguageLink({ short = false }: { short?: boolean }) {
  const t = useT()
  const { pathname, search } = useLocation()
  const query = new URLSearchParams(search)
  query.set('lang', t('common.language.other_lang'))
  return (
    <a className="lang" href={`${pathname}?${query}`} lang={t('common.language.other_lang')}>
      {t(short ? 'common.language.other_short' : 'common.language.other')}
    </a>
  )
}
