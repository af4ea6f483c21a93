import { createContext, type ReactNode, useContext } from 'react'
import type { Key, Locale } from '#app/i18n/catalogue.ts'
import { type T, translator } from '#app/i18n/translator.ts'

const LocaleContext = createContext<Locale>('zh-CN')

export function LocaleProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  return <LocaleContext.Provider value={locale}>{children}</LocaleContext.Provider>
}

export function useLocale(): Locale {
  return useContext(LocaleContext)
}

export function useT(): T {
  return translator(useLocale())
}

/** Chinese with its English under-label beside it (or below it with `block`); English alone for an English reader. */
export function Bilingual({ k, block = false }: { k: Key; block?: boolean }) {
  const t = useT()
  if (t.locale === 'en') return <>{t(k)}</>
  return (
    <span className="bi">
      {t(k)}
      <span className={block ? 'en block-en' : 'en'} lang="en">
        {translator('en')(k)}
      </span>
    </span>
  )
}
