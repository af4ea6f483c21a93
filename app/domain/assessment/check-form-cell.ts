import type { FormProblem } from './form-problem.ts'
import type { CellStyle, FormCell, FormRow, FormTemplate } from './form-template.ts'

const labels: ReadonlySet<CellStyle> = new Set(['label', 'label_vertical'])
const values: ReadonlySet<CellStyle> = new Set(['value', 'value_left', 'boxes', 'text'])
const growing: ReadonlySet<CellStyle> = new Set(['value_left', 'text'])
const signed: ReadonlySet<CellStyle> = new Set(['text', 'blank'])

/** A signature with its date, a seal of 42 mm with its edge, one line of text. Source: domain.md §2.7; GB/T 9704 on seals. */
const least = { sign: 18, seal: 40, row: 6, label: 5.3, textWithSign: 30 }
/** The smallest a label may get, in millimetres a character: 小五, 9 pt. */
const labelCharacter = 3.175

/** What is wrong with one box: parts missing for its style, parts that its style has no use for, too little room. */
export function cellProblems(form: FormTemplate, row: FormRow, cell: FormCell, path: string): FormProblem[] {
  return [...partProblems(cell, path), ...roomProblems(form, row, cell, path)]
}

type Part = {
  readonly key: keyof FormCell
  readonly wanted: boolean
  readonly allowed: boolean
  readonly name: PartName
}
type PartName = 'label' | 'field' | 'choices' | 'grow'

function partProblems(cell: FormCell, path: string): FormProblem[] {
  const { style } = cell
  const boxes = style === 'boxes'
  const parts: Part[] = [
    { key: 'label', name: 'label', wanted: labels.has(style), allowed: labels.has(style) },
    { key: 'size_pt', name: 'label', wanted: false, allowed: labels.has(style) },
    { key: 'field', name: 'field', wanted: values.has(style), allowed: values.has(style) },
    { key: 'choices', name: 'choices', wanted: boxes, allowed: boxes },
    { key: 'with_field', name: 'choices', wanted: false, allowed: boxes },
    { key: 'grow', name: 'grow', wanted: style === 'text', allowed: growing.has(style) },
  ]
  const wrong = parts.flatMap(({ key, name, wanted, allowed }): FormProblem[] => {
    const value = cell[key]
    if (wanted && !value) return [problem(path, key, null, `${name}_missing`, { style })]
    return value !== undefined && !allowed ? [problem(path, key, value, `${name}_not_here`, { style, key })] : []
  })
  if (signed.has(style) || !(cell.sign || cell.seal)) return wrong
  const key = cell.sign ? 'sign' : 'seal'
  return [...wrong, problem(path, key, cell[key], 'sign_not_here', { style, key })]
}

function roomProblems(form: FormTemplate, row: FormRow, cell: FormCell, path: string): FormProblem[] {
  const { height_mm: height } = row
  if (height < least.row) return [problem(path, 'style', cell.style, 'row_too_low', { height, least: least.row })]
  const sign = cell.style === 'text' ? least.textWithSign : least.sign
  return [
    ...(cell.sign && height < sign
      ? [problem(path, 'sign', cell.sign, 'sign_needs_height', { height, least: sign })]
      : []),
    ...(cell.seal && height < least.seal
      ? [problem(path, 'seal', true, 'seal_needs_height', { height, least: least.seal })]
      : []),
    ...labelProblems(form, row, cell, path),
  ]
}

function labelProblems({ page, columns }: FormTemplate, row: FormRow, cell: FormCell, path: string): FormProblem[] {
  if (!cell.label) return []
  const lines = cell.style === 'label_vertical' ? [...cell.label] : cell.label.split('\n')
  const frame = page.width_mm - page.margin_mm.left - page.margin_mm.right
  const at = row.cells.indexOf(cell)
  const before = row.cells.slice(0, at).reduce((sum, { span }) => sum + span, 0)
  const share = columns.slice(before, before + cell.span).reduce((sum, one) => sum + one, 0)
  const width = Math.round((frame * share) / 10) / 10
  const needs = Math.max(...lines.map((line) => [...line].length)) * labelCharacter
  if (lines.length * least.label <= row.height_mm && needs <= width) return []
  const facts = { lines: lines.length, height: row.height_mm, width }
  return [problem(path, 'label', cell.label, 'label_too_big', facts)]
}

function problem(
  path: string,
  key: string,
  value: unknown,
  code: FormProblem['code'],
  facts: FormProblem['facts'],
): FormProblem {
  return { path: `${path}.${key}`, value, code, facts }
}
