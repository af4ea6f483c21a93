import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import {
  fontNotes,
  missingGlyphs,
  missingIn,
  type RegisterDocument,
  registerExtent,
  renderRegister,
  renderRegisters,
} from '#app/pdf/registers.ts'
import { civilServant, institutionStaff, over, paragraphs, textOf, withoutSpaces } from './support.ts'

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const printed = (document: RegisterDocument) =>
  Object.entries({ ...document.fields, post_category: '' }).flatMap(([, text]) => (text ?? '').split('\n'))

describe.each([
  ['the civil servants’ register', civilServant()],
  ['the institutions’ register', institutionStaff()],
])('%s', (_, document) => {
  test('is sound, two pages of A4, under 100 KB, all its fonts inside', async () => {
    const bytes = await renderRegister(document)
    expect(over(bytes, 'qpdf', ['--check'])).toContain('No syntax or stream encoding errors found')
    const facts = over(bytes, 'pdfinfo', [])
    expect(facts).toMatch(/Pages: +2\n/)
    expect(facts).toMatch(/Page size: +595\.\d+ x 841\.\d+ pts \(A4\)/)
    expect(facts).toContain(`${document.template.title.text} 2026 ${document.person}`)
    expect(bytes.length).toBeLessThan(100_000)
    const fonts = over(bytes, 'pdffonts', []).split('\n').slice(2).filter(Boolean)
    expect(fonts.length).toBe(2)
    for (const font of fonts) expect(font).toMatch(/yes yes yes/)
  })

  test.each([[[]], [['-raw']], [['-layout']]])(
    'gives back every field as it was, read by pdftotext %j',
    async (options) => {
      const text = withoutSpaces(textOf(await renderRegister(document), ...options))
      for (const line of printed(document)) expect(text).toContain(withoutSpaces(line))
    },
  )

  test('reads in the order of its boxes', async () => {
    const text = withoutSpaces(textOf(await renderRegister(document), '-raw'))
    const labels = document.template.rows.flatMap(({ cells }) => cells.flatMap(({ label }) => label ?? []))
    const places = labels.map((label) => text.indexOf(withoutSpaces(label)))
    expect(Math.min(...places)).toBeGreaterThan(0)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(text.startsWith(withoutSpaces(document.template.title.text))).toBe(true)
  })

  test('names its number, its form and version and its pages on both sides', async () => {
    const bytes = await renderRegister(document)
    for (const page of [1, 2]) {
      const text = withoutSpaces(textOf(bytes, '-f', String(page), '-l', String(page)))
      const { name, version } = document.template
      expect(text).toContain(`编号${document.number}`)
      expect(text).toContain(withoutSpaces(`模板 ${name} ${version} 版`))
      expect(text).toContain(`第${page}页共2页`)
    }
  })

  test('carries its language and no other moment than the fixed one', async () => {
    const bytes = Buffer.from(await renderRegister(document)).toString('latin1')
    expect(bytes).toContain('/Lang (zh-CN)')
    expect(bytes.match(/D:\d{14}Z/g)).toEqual(['D:20200101000000Z'])
  })

  test('asks the printer for both sides and for no fitting', async () => {
    const bytes = Buffer.from(await renderRegister(document)).toString('latin1')
    expect(bytes).toContain('/PrintScaling /None')
    expect(bytes).toContain('/Duplex /DuplexFlipLongEdge')
  })
})

test('the box of the post’s kind is ticked and the others are not', async () => {
  const line = (kind: string) =>
    renderRegister(institutionStaff({ post_category: kind })).then((bytes) => withoutSpaces(textOf(bytes, '-raw')))
  expect(await line('technical')).toContain('管理□专技☑工勤□十级')
  expect(await line('worker')).toContain('管理□专技□工勤☑十级')
  expect(await line('')).toContain('管理□专技□工勤□十级')
})

test('an empty register prints its frame and labels', async () => {
  const bytes = await renderRegister({ ...civilServant(), person: '', fields: {} })
  expect(withoutSpaces(textOf(bytes, '-raw'))).toContain('个人总结签名：年月日')
})

describe('the same bytes', () => {
  test('twice, and after other people', async () => {
    const first = await renderRegister(civilServant())
    await renderRegister(institutionStaff({ name: '𥫗一', summary: '⼀⼆⼈ 另外的字' }))
    await renderRegisters([institutionStaff(), civilServant()])
    expect(hash(await renderRegister(civilServant()))).toBe(hash(first))
  })

  test.each(['America/New_York', 'Asia/Kathmandu'])('in another process, under the time zone %s', async (zone) => {
    const script = fileURLToPath(new URL('./print-hash.ts', import.meta.url))
    const env = { ...process.env, TZ: zone, LANG: 'C', LC_ALL: 'C' }
    const other = execFileSync(process.execPath, ['--import', 'tsx', script], { env, encoding: 'utf8' })
    expect(other.trim()).toBe(hash(await renderRegister(civilServant())))
  })
})

describe('characters', () => {
  test('of every general kind are there', () => {
    expect(missingGlyphs('喆堃㛃𬭎䶮·阿卜杜拉 Zoë Müller 123，。《》—…℃㎡×≥①Ⅳ')).toEqual([])
  })

  test('that no font has are named once each, also those for private use', () => {
    expect(missingGlyphs('李𠀀\u{30000}𠀀')).toEqual(['𠀀', '\u{30000}'])
    expect(missingGlyphs('张\ue863')).toEqual(['\ue863'])
  })

  test('that word processors leave behind are printed as what they look like', async () => {
    const pasted = '\uf0b7 第一项\u00a0☐\u2009✔\t完\u200b成\r\n\uf0d8 第二项'
    expect(missingIn(civilServant({ summary: pasted }))).toEqual([])
    const text = withoutSpaces(textOf(await renderRegister(civilServant({ summary: pasted })), '-raw'))
    expect(text).toContain('•第一项□✓完成•第二项')
  })

  test('that no font has refuse the register, box by box', async () => {
    const document = civilServant({ name: '李𠀀', summary: '好😀' })
    expect(missingIn(document)).toEqual([
      { field: 'name', characters: ['𠀀'] },
      { field: 'summary', characters: ['😀'] },
    ])
    await expect(renderRegister(document)).rejects.toThrow('𠀀')
    await expect(renderRegisters([civilServant(), document])).rejects.toThrow('𠀀')
  })

  test('that a name’s face lacks set the whole name in another, and the foot says so', async () => {
    const document = institutionStaff({ name: '王𥫗' })
    expect(fontNotes(document)).toEqual(['姓名用字“𥫗”宋体缺字，整名以黑体输出'])
    expect(fontNotes(institutionStaff())).toEqual([])
    const bytes = await renderRegister(document)
    const text = textOf(bytes, '-raw')
    expect(text).toContain('姓名 王𥫗')
    expect(text).toContain('姓名用字“𥫗”宋体缺字')
    expect(over(bytes, 'pdffonts', [])).toContain('NotoSansHans')
  })

  test('that only look like others come out as the usual ones, in this and in the next document', async () => {
    const odd = withoutSpaces(
      textOf(await renderRegister(civilServant({ summary: '⼀、⼈员⽅⾯，⻓期在⻔口⻅面' })), '-raw'),
    )
    expect(odd).toContain('一、人员方面，长期在门口见面')
    const next = withoutSpaces(textOf(await renderRegister(civilServant()), '-raw'))
    expect(next).not.toMatch(/[\u2e80-\u2fd5]/)
    expect(next).toContain('一年来，本人')
  })
})

describe('a text longer than its box', () => {
  const long = Array.from({ length: 40 }, (_, index) => `第${index}段。${paragraphs.join('')}`)
    .join('\n')
    .slice(0, 20_000)

  test('goes on upon continuation sheets without losing a character', async () => {
    const document = civilServant({ summary: long, title: '云溪市市场监督管理局登记注册科副科长，'.repeat(20) })
    const { pages, continued } = registerExtent(document)
    expect(continued).toEqual(['title', 'summary'])
    const bytes = await renderRegister(document)
    const sheets = Array.from({ length: pages }, (_, index) => index + 1).filter((page) => page !== 2)
    const text = sheets.map((page) => bodyOf(bytes, page)).join('')
    const lost = long.split('\n').filter((paragraph) => !text.includes(withoutSpaces(paragraph)))
    expect(lost.map((paragraph) => paragraph.slice(0, 5))).toEqual([])
  })

  /** A page's words without what every sheet repeats. */
  function bodyOf(bytes: Uint8Array, page: number): string {
    const text = withoutSpaces(textOf(bytes, '-raw', '-f', String(page), '-l', String(page)))
    return text
      .replace(/编号KH-\d+-\d+模板.*$/, '')
      .replace(/（见续页）签名：年月日$/, '')
      .replace(/签名：年月日$/, '')
      .replace(/^.*个人总结（续）/, '')
      .replace(/^.*个人总结/, '')
  }

  test('each sheet of it names the person, the number and its page', async () => {
    const document = civilServant({ summary: long })
    const { pages } = registerExtent(document)
    const bytes = await renderRegister(document)
    expect(pages).toBeGreaterThan(10)
    for (let page = 3; page <= pages; page += 1) {
      const text = withoutSpaces(textOf(bytes, '-raw', '-f', String(page), '-l', String(page)))
      expect(text).toContain('（续页）姓名张伟编号KH-2026-0103年度2026')
      expect(text).toContain(`第${page}页共${pages}页`)
    }
  })

  test('first gets smaller', () => {
    const two = paragraphs.concat(paragraphs).join('\n')
    expect(registerExtent(civilServant({ summary: two.slice(0, 760) }))).toEqual({ pages: 2, continued: [] })
    expect(registerExtent(civilServant({ summary: two.slice(0, 1200) }))).toEqual({ pages: 3, continued: ['summary'] })
  })
})

describe('several in one file', () => {
  const long = civilServant({ summary: paragraphs.concat(paragraphs).join('\n') })

  test('each begins on a sheet of its own, and progress is told', async () => {
    const told: number[] = []
    const bytes = await renderRegisters([long, institutionStaff()], { onDone: (done) => told.push(done) })
    expect(registerExtent(long).pages).toBe(3)
    expect(over(bytes, 'qpdf', ['--check'])).toContain('No syntax')
    expect(over(bytes, 'pdfinfo', [])).toMatch(/Pages: +6\n/)
    expect(withoutSpaces(textOf(bytes, '-f', '4', '-l', '4'))).toBe('')
    expect(withoutSpaces(textOf(bytes, '-f', '5', '-l', '5'))).toContain('事业单位工作人员年度考核登记表')
    expect(told).toEqual([1, 2])
  })

  test('printing stops when it is told to', async () => {
    const stop = new AbortController()
    const printing = renderRegisters([civilServant(), civilServant(), civilServant()], {
      onDone: (done) => done === 2 && stop.abort(),
      signal: stop.signal,
    })
    await expect(printing).rejects.toThrow('abort')
  })

  test('of nobody is a mistake of the caller', async () => {
    await expect(renderRegisters([])).rejects.toThrow('no registers')
  })
})
