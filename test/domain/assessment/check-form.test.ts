import { describe, expect, test } from 'vitest'
import { parseFormTemplate } from '#app/domain/assessment/check-form.ts'
import { formProblemCodes } from '#app/domain/assessment/form-problem.ts'
import type { FormCell, FormTemplate } from '#app/domain/assessment/form-template.ts'
import { civilServantRegister } from '#app/domain/assessment/forms/civil-servant-register.ts'
import { institutionRegister } from '#app/domain/assessment/forms/institution-register.ts'
import { formProblem as en } from '#app/i18n/en/form-problems.ts'
import { formProblem as zh } from '#app/i18n/zh-CN/form-problems.ts'

type Draft = { -readonly [Key in keyof FormTemplate]: FormTemplate[Key] }

const changed = (change: (form: Draft) => void): unknown => {
  const form = structuredClone(civilServantRegister) as Draft
  change(form)
  return JSON.parse(JSON.stringify(form))
}

const problems = (form: unknown) => {
  const parsed = parseFormTemplate(form)
  return parsed.ok ? [] : parsed.problems
}
const found = (form: unknown) => problems(form).map(({ path, code }) => `${path} ${code}`)

const cell = (form: Draft, row: number, at: number): FormCell => form.rows[row]?.cells[at] as FormCell

test.each([civilServantRegister, institutionRegister])('$id is accepted and reads back as it was written', (form) => {
  const json: unknown = JSON.parse(JSON.stringify(form))
  expect(parseFormTemplate(json)).toEqual({ ok: true, value: json })
})

/** Source: domain.md §2.7 and §2.8, the order of the boxes. */
test('the boxes of the two registers stand in the official order', () => {
  const labels = (form: FormTemplate) =>
    form.rows.flatMap((row) => row.cells.flatMap(({ label }) => (label ? [label.replace(/[\n　]/g, '')] : [])))
  expect(labels(civilServantRegister)).toEqual(
    '姓名 性别 出生年月 政治面貌 任现职（职级）时间 单位及职务职级 从事或分管工作 个人总结 参加脱产培训情况 主管领导评语和考核等次建议 机关负责人或考核委员会意见 本人意见 未确定等次或不参加考核情况说明'.split(
      ' ',
    ),
  )
  expect(labels(institutionRegister)).toEqual(
    '姓名 性别 出生年月 政治面貌 学历（学位） 参加工作时间 现工作单位及部门 岗位类别及等级 聘任时间 从事或分管工作 个人总结 出勤情况 平时考核结果 主管领导评语和考核档次建议 考核委员会（考核工作领导小组）或单位负责人意见 本人意见 未确定档次或不参加考核情况说明 备注'.split(
      ' ',
    ),
  )
  for (const form of [civilServantRegister, institutionRegister]) {
    expect(form.columns).toEqual([15, 15, 15, 15, 15, 25])
    expect(form.title).toMatchObject({ size_pt: 22, bold: true })
  }
})

describe('a form document is refused, with path and value,', () => {
  const cases: readonly [string, (form: Draft) => void, string][] = [
    ['for a key that nobody knows', (form) => Object.assign(form, { colour: 'red' }), 'colour unknown_key'],
    ['for a word of other documents', (form) => Object.assign(form, { lines: [] }), 'lines unknown_key'],
    [
      'for a field that nobody knows',
      (form) => Object.assign(cell(form, 0, 1), { field: 'nmae' }),
      'rows[0].cells[1].field not_one_of',
    ],
    [
      'for columns that do not add up',
      (form) => Object.assign(form, { columns: [15, 15, 15, 15, 15, 20] }),
      'columns columns_not_100',
    ],
    [
      'for spans that do not add up',
      (form) => Object.assign(cell(form, 2, 1), { span: 4 }),
      'rows[2].cells spans_wrong',
    ],
    [
      'for a page that is too full',
      (form) => Object.assign(form.rows[4] as object, { height_mm: 215 }),
      'rows[4].height_mm page_too_full',
    ],
    [
      'for a second page that is too full',
      (form) => Object.assign(form.rows[9] as object, { height_mm: 90 }),
      'rows[9].height_mm page_too_full',
    ],
    [
      'for rows on one page only',
      (form) => Object.assign(form.rows[5] as object, { starts_page: false }),
      'rows[5].height_mm page_too_full',
    ],
    [
      'for a first row that starts a page',
      (form) => Object.assign(form.rows[0] as object, { starts_page: true }),
      'rows[0].starts_page first_row_starts_page',
    ],
    [
      'for margins without a frame',
      (form) => Object.assign(form.page.margin_mm, { left: 160 }),
      'page.margin_mm frame_too_narrow',
    ],
    ['for a foot inside the frame', (form) => Object.assign(form.page, { foot_mm: 30 }), 'page.foot_mm foot_in_frame'],
    [
      'for a title wider than the frame',
      (form) => Object.assign(form.title, { text: '公务员年度考核登记表'.repeat(3) }),
      'title.text title_too_wide',
    ],
    [
      'for a year without a place',
      (form) => Object.assign(form.year_line, { text: '（年度）' }),
      'year_line.text year_not_named',
    ],
    [
      'for a field in two boxes',
      (form) => Object.assign(cell(form, 3, 1), { field: 'title' }),
      'rows[3].cells[1].field field_twice',
    ],
    [
      'for a label without words',
      (form) => Reflect.deleteProperty(cell(form, 0, 0), 'label'),
      'rows[0].cells[0].label label_missing',
    ],
    [
      'for words in a value',
      (form) => Object.assign(cell(form, 0, 1), { label: '姓名' }),
      'rows[0].cells[1].label label_not_here',
    ],
    [
      'for a label of too many lines',
      (form) => Object.assign(cell(form, 0, 0), { label: '姓\n名\n字\n号' }),
      'rows[0].cells[0].label label_too_big',
    ],
    [
      'for a label that is too long',
      (form) => Object.assign(cell(form, 0, 0), { label: '姓名和曾用名以及笔名' }),
      'rows[0].cells[0].label label_too_big',
    ],
    [
      'for a value without a field',
      (form) => Reflect.deleteProperty(cell(form, 0, 1), 'field'),
      'rows[0].cells[1].field field_missing',
    ],
    [
      'for a field in a blank',
      (form) => Object.assign(cell(form, 6, 1), { field: 'remarks' }),
      'rows[6].cells[1].field field_not_here',
    ],
    [
      'for boxes without choices',
      (form) => Object.assign(cell(form, 0, 3), { style: 'boxes' }),
      'rows[0].cells[3].choices choices_missing',
    ],
    [
      'for choices without boxes',
      (form) => Object.assign(cell(form, 0, 3), { with_field: 'remarks' }),
      'rows[0].cells[3].with_field choices_not_here',
    ],
    [
      'for long text that cannot go on',
      (form) => Reflect.deleteProperty(cell(form, 4, 1), 'grow'),
      'rows[4].cells[1].grow grow_missing',
    ],
    [
      'for a value that would go on',
      (form) => Object.assign(cell(form, 0, 1), { grow: true }),
      'rows[0].cells[1].grow grow_not_here',
    ],
    [
      'for a signature in a value',
      (form) => Object.assign(cell(form, 0, 1), { sign: '签名' }),
      'rows[0].cells[1].sign sign_not_here',
    ],
    [
      'for a signature without room',
      (form) => Object.assign(form.rows[8] as object, { height_mm: 12 }),
      'rows[8].cells[1].sign sign_needs_height',
    ],
    [
      'for a seal without room',
      (form) => Object.assign(form.rows[7] as object, { height_mm: 30 }),
      'rows[7].cells[1].seal seal_needs_height',
    ],
    [
      'for a row without room for a line',
      (form) => Object.assign(form.rows[0] as object, { height_mm: 4 }),
      'rows[0].cells[0].style row_too_low',
    ],
  ]

  test.each(cases)('%s', (_, change, problem) => {
    expect(found(changed(change))).toContain(problem)
  })

  test('and every code of a form has a case here', () => {
    const met = new Set(cases.map(([, , problem]) => problem.split(' ')[1]))
    expect(formProblemCodes.filter((code) => !met.has(code))).toEqual([])
  })

  test.each(cases)('%s, in words that its facts fill', (_, change) => {
    for (const { code, facts } of problems(changed(change))) {
      for (const texts of [zh, en]) {
        const text = (texts as Record<string, string>)[code] ?? ''
        const asked = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, fact]) => fact as string)
        expect(Object.keys(facts)).toEqual(expect.arrayContaining(asked))
      }
    }
  })

  test.each([null, 7, 'text', [], {}])('when it is %j', (document) => {
    expect(found(document).length).toBeGreaterThan(0)
  })
})
