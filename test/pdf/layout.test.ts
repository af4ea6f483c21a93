import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FormFields, formFields } from '#app/domain/assessment/form-fields.ts'
import { civilServantRegister } from '#app/domain/assessment/forms/civil-servant-register.ts'
import { institutionRegister } from '#app/domain/assessment/forms/institution-register.ts'
import { neverFirst } from '#app/domain/assessment/lines.ts'
import { continuationSheets } from '#app/pdf/continuation.ts'
import { cellContent } from '#app/pdf/register-cell.ts'
import { columnEdge, formSheets, frameLeft, frameWidth, rowBoxes } from '#app/pdf/register-pages.ts'
import { type Box, mm, type TextItem } from '#app/pdf/sheet.ts'
import { civilServant, paragraphs } from './support.ts'

const templates = [civilServantRegister, institutionRegister]
const character = fc.constantFrom(...'的一，。；《》（）“”、A1.9% -·𬭎㛃云溪市局科长')
const text = fc.oneof(
  fc.string({ unit: character, maxLength: 60 }),
  fc.string({ unit: character, minLength: 200, maxLength: 1500 }),
  fc.constantFrom('Alexandra Montgomery-Whitfield', '阿卜杜拉·买买提伊力·玉素甫江', 'W'.repeat(200)),
)
const fields = fc.record(
  Object.fromEntries(formFields.map((field) => [field, field === 'year' ? fc.constant('2026') : text])) as Record<
    keyof FormFields,
    typeof text
  >,
  { requiredKeys: [] },
)

function spilling(box: Box, items: readonly TextItem[]): readonly TextItem[] {
  const within = (item: TextItem) =>
    item.x >= box.x &&
    item.x + item.width <= box.x + box.width + 0.01 &&
    item.y - 0.88 * item.size >= box.y &&
    item.y + 0.12 * item.size <= box.y + box.height
  return items.filter((item) => !within(item))
}

test.each(templates)('no text leaves its box on $id, however long', (template) => {
  fc.assert(
    fc.property(fields, (filled) => {
      for (const row of template.rows) {
        for (const { cell, box, label } of rowBoxes(template, row, 100)) {
          expect(spilling(box, cellContent(cell, box, { template, fields: filled, label }).texts)).toEqual([])
        }
      }
    }),
    { numRuns: 60 },
  )
})

test.each(templates)('what stands on the sheets of $id is what was written, in its order', (template) => {
  fc.assert(
    fc.property(fields, (filled) => {
      const form = formSheets(template, filled)
      const owner = { person: '张伟', number: 'KH-2026-0001', fields: filled }
      const more = continuationSheets(template, form.continued, owner)
      const running = [...form.sheets, ...more].flatMap((sheet) => sheet.texts)
      const words = running
        .map((item) => item.text)
        .join('')
        .replace(/[ 　]/g, '')
      const summary = (filled.summary ?? '').replace(/[ 　]/g, '')
      if (!form.continued.some(({ field }) => field === 'summary')) expect(words).toContain(summary)
      const frame = { x: frameLeft(template), y: 0, width: frameWidth(template), height: mm(297) }
      expect(spilling(frame, running)).toEqual([])
    }),
    { numRuns: 40 },
  )
})

/** Source: domain.md §2.7, six columns of 15/15/15/15/15/25 %. */
test('the frame stands in millimetres', () => {
  const edges = Array.from({ length: 7 }, (_, column) => columnEdge(civilServantRegister, column))
  const percents = edges.map((edge) => ((edge - mm(22)) / mm(168)) * 100)
  expect(percents.map((percent) => Math.round(percent))).toEqual([0, 15, 30, 45, 60, 75, 100])
  const { sheets } = formSheets(civilServantRegister, civilServant().fields)
  for (const { frames, height } of sheets) {
    expect(frames).toHaveLength(1)
    const [frame] = frames as [Box]
    expect(frame.x).toBeCloseTo(mm(22))
    expect(frame.width).toBeCloseTo(mm(168))
    expect(frame.y + frame.height).toBeLessThanOrEqual(height - mm(14) + 0.01)
  }
  expect(sheets[0]?.texts[0]).toMatchObject({ text: '公务员年度考核登记表', size: 22, bold: true })
  expect(sheets[0]?.texts[1]).toMatchObject({ text: '（ 2026 年度）', size: 14 })
})

test('running text begins at 12 pt and never goes below 10.5 pt', () => {
  const sizes = (count: number) => {
    const summary = Array.from({ length: count }, () => paragraphs.join('')).join('\n')
    const { sheets } = formSheets(civilServantRegister, { summary })
    return new Set(sheets[0]?.texts.filter(({ text }) => text.length > 20).map(({ size }) => size))
  }
  expect(sizes(1)).toEqual(new Set([12]))
  expect(sizes(2)).toEqual(new Set([11]))
  expect(sizes(9)).toEqual(new Set([10.5]))
})

test('no line of the summary begins with a closing mark', () => {
  const { sheets } = formSheets(civilServantRegister, { summary: Array(5).fill(paragraphs.join('')).join('\n') })
  const lines = sheets.flatMap(({ texts }) => texts).filter(({ text }) => text.length > 15)
  expect(lines.length).toBeGreaterThan(20)
  for (const { text } of lines) expect(neverFirst.has(text.codePointAt(0) as number)).toBe(false)
})
