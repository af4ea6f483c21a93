import { describe, expect, it } from 'vitest'
import { known, languageCookieHeader, localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'

function ask(path: string, cookie = ''): Request {
  return new Request(`http://hall.test${path}`, { headers: cookie ? { Cookie: cookie } : {} })
}

describe('the language of a request', () => {
  it('is Chinese unless somebody asked for another', () => {
    expect(localeOf(ask('/today'))).toBe('zh-CN')
    expect(localeOf(ask('/today', 'other=1; lang=fr'))).toBe('zh-CN')
  })

  it('is kept in a cookie, and the address is stronger', () => {
    expect(localeOf(ask('/today', 'a=b; lang=en'))).toBe('en')
    expect(localeOf(ask('/today?lang=zh-CN', 'lang=en'))).toBe('zh-CN')
    expect(localeOf(ask('/today?lang=%3Cscript%3E', 'lang=en'))).toBe('en')
    expect(languageCookieHeader('en')).toContain('lang=en; Path=/')
  })

  it('is one of ours or none', () => {
    expect(known('en')).toBe('en')
    expect(known('__proto__')).toBeNull()
    expect(known(null)).toBeNull()
  })
})

describe('the translator', () => {
  it('fills the gaps of a sentence and leaves the text as it is', () => {
    expect(translator('zh-CN')('common.table.page', { page: 2, pages: 4 })).toBe('第 2 页，共 4 页')
    expect(translator('en')('common.filter.remove', { name: '<b>&</b>' })).toBe('Remove "<b>&</b>"')
  })

  it('counts in English', () => {
    const t = translator('en')
    expect(t('common.form.summary', { count: 1 })).toBe('1 thing to correct; your entries are kept')
    expect(t('common.form.summary', { count: 2 })).toBe('2 things to correct; your entries are kept')
    expect(translator('zh-CN')('common.form.summary', { count: 2 })).toBe('还有 2 处要改，您填的内容都在')
  })

  it('knows which codes have a sentence', () => {
    const t = translator('en')
    expect(t.has('common.form.summary')).toBe(true)
    expect(t.has('common.form')).toBe(false)
    expect(t.has('common.form.nothing')).toBe(false)
  })

  it('reads no inherited name as a sentence', () => {
    expect(translator('zh-CN').has('common.constructor')).toBe(false)
  })
})
