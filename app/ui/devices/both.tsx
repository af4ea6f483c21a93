import type { Key } from '#app/i18n/catalogue.ts'
import { type Params, type T, translator } from '#app/i18n/translator.ts'
import { useLocale } from '#app/ui/locale.tsx'

export type BothT = { readonly t: T; readonly under: T }

/** The screen in the hall speaks both languages at once: the chosen one large, the other beside it. */
export function useBoth(): BothT {
  const locale = useLocale()
  return { t: translator(locale), under: translator(locale === 'en' ? 'zh-CN' : 'en') }
}

/** One sentence in the other language, small. */
export function Under({ k, params = {}, block = false }: { k: Key; params?: Params; block?: boolean }) {
  const { under } = useBoth()
  return (
    <span className={block ? 'en block-en' : 'en'} lang={under.locale}>
      {under(k, params)}
    </span>
  )
}

/** Picks the Chinese or the English of a stored pair by language; English that was never filled in falls back. */
export function pick(t: T, zh: string, en: string): string {
  return t.locale === 'en' && en !== '' ? en : zh
}
