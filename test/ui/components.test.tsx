import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { type Mark as MarkId, marks } from '#app/domain/attendance/marks.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { Card } from '#app/ui/card.tsx'
import { Clock } from '#app/ui/clock.tsx'
import { Field } from '#app/ui/field.tsx'
import { Bilingual, LocaleProvider } from '#app/ui/locale.tsx'
import { Mark } from '#app/ui/mark.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { Progress, Timeline } from '#app/ui/progress.tsx'
import { addressWith } from '#app/ui/table.tsx'

const zh = (page: ReactElement) => renderToStaticMarkup(<LocaleProvider locale="zh-CN">{page}</LocaleProvider>)
const en = (page: ReactElement) => renderToStaticMarkup(<LocaleProvider locale="en">{page}</LocaleProvider>)

describe('a mark', () => {
  it('has a shape, its own character and a word in both languages', () => {
    for (const id of Object.keys(marks) as MarkId[]) {
      expect(zh(<Mark id={id} />)).toContain(`class="mk ${marks[id].family}"`)
      expect(zh(<Mark id={id} />)).toContain(`>${marks[id].char}</span>`)
      const word = /<span class="vh">([^<]+)</.exec(zh(<Mark id={id} />))?.[1]
      expect(word, id).toMatch(/\p{Script=Han}/u)
      expect(/<span class="vh">([^<]+)</.exec(en(<Mark id={id} />))?.[1], id).toMatch(/^[\x20-\x7e]+$/)
    }
  })

  it('shares no character with another', () => {
    const characters = Object.values(marks).map((mark) => mark.char)
    expect(new Set(characters).size).toBe(characters.length)
  })
})

describe('a name', () => {
  it('is never cut, however long or rare', () => {
    for (const name of ['李喆', '陆𬭎', '赵䶮', '欧阳若楠', '阿依古丽·买买提', '买买提江·阿不都热依木·吐尔逊']) {
      expect(zh(<PersonName name={name} />).replace(/<[^>]+>/g, '')).toBe(name)
    }
  })

  it('shrinks by code points, not by code units', () => {
    expect(zh(<PersonName name="𬭎𬭎𬭎𬭎" />)).not.toContain('long')
    expect(zh(<PersonName name="阿依古丽·买买提" />)).toContain('pname long')
  })

  it('may break after the dot only', () => {
    expect(zh(<PersonName name="阿依古丽·买买提" />)).toContain('<span class="part">阿依古丽·</span>')
  })

  it('shows its reading when it has one', () => {
    expect(zh(<PersonName name="仇美玲" reading="Qiú Měilíng" />)).toContain('title="Qiú Měilíng"')
    expect(zh(<PersonName name="仇美玲" reading={null} />)).not.toContain('title')
  })
})

describe('a field', () => {
  it('ties label, hint and error to its control', () => {
    const html = zh(<Field name="reason" label="理由" hint="一句话" error="请写明理由" defaultValue="甲" />)
    expect(html).toContain('<label for="reason">理由')
    expect(html).toContain('aria-describedby="reason-hint reason-error"')
    expect(html).toContain('aria-invalid="true"')
    expect(html).toContain('value="甲"')
    expect(html).toContain('<p class="err" id="reason-error">请写明理由</p>')
  })

  it('points nowhere when there is nothing to point to', () => {
    expect(zh(<Field name="reason" label="理由" />)).not.toContain('aria-')
  })

  it('is a native control with a name, also as list and as text', () => {
    expect(zh(<Field as="select" name="zone" label="区" />)).toContain('<select id="zone" name="zone"')
    expect(zh(<Field as="textarea" name="note" label="备注" optional />)).toContain('选填')
  })
})

describe('words beside words', () => {
  it('put English under Chinese, and English alone for English readers', () => {
    expect(zh(<Bilingual k="common.nav.today" />)).toContain('<span class="en" lang="en">Today</span>')
    expect(en(<Bilingual k="common.nav.today" />)).toBe('Today')
  })
})

describe('small parts', () => {
  it('say their state in text as well as in shape', () => {
    expect(zh(<Badge tone="bad">空岗</Badge>)).toBe('<span class="bdg bad">空岗</span>')
    expect(zh(<Alert tone="warn" title="看一下" urgent />)).toContain('role="alert"')
    expect(zh(<Card title="今天">x</Card>)).toMatch(/aria-labelledby="([^"]+)".*<h2 id="\1">今天/)
    expect(zh(<Progress title="导入" done={3} total={0} />)).toContain('max="1"')
    expect(zh(<Timeline steps={[{ key: 'a', state: 'now', text: '首席代表' }]} />)).toContain('aria-current="step"')
  })

  it('tell the time of the server in the zone of the centre', () => {
    expect(zh(<Clock at={Date.parse('2026-11-20T01:42:18Z')} zone="Asia/Shanghai" />)).toContain('09:42:18')
  })

  it('carry no inline style', () => {
    expect(zh(<Progress title="导入" done={3} total={9} />)).not.toContain('style=')
  })
})

describe('an address', () => {
  it('changes one part of the query and keeps the rest', () => {
    const search = new URLSearchParams('q=李&page=3')
    expect(addressWith(search, { sort: 'name', page: null })).toBe('?q=%E6%9D%8E&sort=name')
    expect(addressWith(new URLSearchParams('page=3'), { page: null })).toBe('.')
  })
})
