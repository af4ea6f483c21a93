import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { KioskReader } from '#app/domain/devices/kiosk-view.ts'
import type { Locale } from '#app/i18n/catalogue.ts'
import { OfflinePanel } from '#app/ui/devices/kiosk-idle.tsx'
import { LocaleProvider } from '#app/ui/locale.tsx'

const names = { name: '1号机', nameEn: 'Reader 1', place: '东门大厅', placeEn: 'East hall' }
const figures = { since: 32_400, queue: 0, offsetMs: null, seen: 32_400 }
const reader: KioskReader = { id: 'a', badge: 'offline', ...names, ...figures }

/** What stands small under the sentence, in the other language. */
function under(locale: Locale): string {
  const page = renderToStaticMarkup(
    <LocaleProvider locale={locale}>
      <OfflinePanel reader={reader} other={null} />
    </LocaleProvider>,
  )
  return /<span class="en block-en"[^>]*>([^<]*)</.exec(page)?.[1] ?? ''
}

test('a reader that is out is told in the other language with that language’s stops', () => {
  expect(under('en')).toMatch(/^请到导服台登记。09:00 以后/)
  expect(under('zh-CN')).toMatch(/^Please sign at the guide desk\. No lateness .* 09:00/)
})
