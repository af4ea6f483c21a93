import type { Key, Locale } from '#app/i18n/catalogue.ts'
import { translator } from '#app/i18n/translator.ts'

/** The title of a page for its meta, in the language that the root loader chose. */
export function pageTitle(matches: readonly ({ data?: unknown } | undefined)[], page: Key): [{ title: string }] {
  const locale = (matches[0]?.data as { locale?: Locale } | undefined)?.locale ?? 'zh-CN'
  const t = translator(locale)
  return [{ title: t('common.title', { page: t(page), product: t('common.product') }) }]
}
