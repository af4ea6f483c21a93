import { type Problem, shapeProblems } from '#app/domain/attendance/problem.ts'
import { type Refusal, refuse } from '#app/domain/result.ts'
import { cellProblems } from './check-form-cell.ts'
import type { FormProblem } from './form-problem.ts'
import { type FormTemplate, formTemplateShape } from './form-template.ts'

export type ParsedForm =
  | { readonly ok: true; readonly value: FormTemplate }
  | (Refusal<'form_invalid'> & { readonly problems: readonly FormProblem[] })

/**
 * Reads a form document and collects its problems, each with its path, the value that stands there and a code whose text says what to
 * do: unknown keys and fields, columns and spans that do not add up, pages that are too full, boxes too small for their purpose.
 * Source: decisions 18.
 */
export function parseFormTemplate(json: unknown): ParsedForm {
  const parsed = formTemplateShape.safeParse(json)
  const problems = parsed.success ? contradictions(parsed.data) : shapeProblems(parsed.error, json).map(unknown)
  if (parsed.success && problems.length === 0) return { ok: true, value: parsed.data }
  return { ...refuse('form_invalid', { problems: problems.length }), problems }
}

/** Words that a regulation will know one day are simply unknown to a form. */
function unknown(problem: Problem): FormProblem {
  return problem.code === 'not_yet' ? { ...problem, code: 'unknown_key' } : problem
}

function contradictions(form: FormTemplate): FormProblem[] {
  return [
    ...frameProblems(form),
    ...columnProblems(form),
    ...pageProblems(form),
    ...form.rows.flatMap((row, index) =>
      row.cells.flatMap((cell, at) => cellProblems(form, row, cell, `rows[${index}].cells[${at}]`)),
    ),
    ...repeatedFields(form),
  ]
}

function frameProblems({ page, title, year_line }: FormTemplate): FormProblem[] {
  const problems: FormProblem[] = []
  const { left, right } = page.margin_mm
  const frame = page.width_mm - left - right
  if (frame < leastFrame) {
    problems.push({ path: 'page.margin_mm', value: page.margin_mm, code: 'frame_too_narrow', facts: { frame } })
  }
  if (!year_line.text.includes('{year}')) {
    problems.push({ path: 'year_line.text', value: year_line.text, code: 'year_not_named', facts: {} })
  }
  const em = title.size_pt * (1 + (title.tracking_em ?? 0)) * millimetresPerPoint
  const width = Math.ceil([...title.text].length * em)
  if (width > frame)
    problems.push({ path: 'title.text', value: title.text, code: 'title_too_wide', facts: { width, frame } })
  if (page.foot_mm > page.margin_mm.bottom) {
    problems.push({
      path: 'page.foot_mm',
      value: page.foot_mm,
      code: 'foot_in_frame',
      facts: { bottom: page.margin_mm.bottom },
    })
  }
  return problems
}

const millimetresPerPoint = 25.4 / 72
/** Narrower than this, no column holds a name. */
const leastFrame = 60

function columnProblems({ columns, rows }: FormTemplate): FormProblem[] {
  const problems: FormProblem[] = []
  const sum = round(columns.reduce((total, one) => total + one, 0))
  if (sum !== 100) problems.push({ path: 'columns', value: columns, code: 'columns_not_100', facts: { sum } })
  rows.forEach(({ cells }, index) => {
    const spans = cells.reduce((total, { span }) => total + span, 0)
    if (spans === columns.length) return
    const facts = { spans, columns: columns.length }
    problems.push({ path: `rows[${index}].cells`, value: cells.map(({ span }) => span), code: 'spans_wrong', facts })
  })
  return problems
}

/** Rows add up page by page; the first row that does not fit any more is named. */
function pageProblems(form: FormTemplate): FormProblem[] {
  const { page, title, year_line, rows } = form
  const bottom = page.height_mm - page.margin_mm.bottom
  const problems: FormProblem[] = []
  let [number, y, full] = [1, page.margin_mm.top + title.height_mm + year_line.height_mm, false]
  rows.forEach((row, index) => {
    const path = `rows[${index}]`
    if (row.starts_page && index === 0) {
      problems.push({ path: `${path}.starts_page`, value: true, code: 'first_row_starts_page', facts: {} })
    } else if (row.starts_page) {
      ;[number, y, full] = [number + 1, page.next_top_mm, false]
    }
    y = round(y + row.height_mm)
    if (y <= bottom || full) return
    full = true
    const facts = { page: number, over: round(y - bottom) }
    problems.push({ path: `${path}.height_mm`, value: row.height_mm, code: 'page_too_full', facts })
  })
  return problems
}

function repeatedFields({ rows }: FormTemplate): FormProblem[] {
  const seen = new Map<string, string>()
  const problems: FormProblem[] = []
  rows.forEach((row, index) => {
    row.cells.forEach((cell, at) => {
      for (const key of ['field', 'with_field'] as const) {
        const [path, field] = [`rows[${index}].cells[${at}].${key}`, cell[key]]
        if (!field) continue
        const other = seen.get(field)
        if (other) problems.push({ path, value: field, code: 'field_twice', facts: { field, other } })
        else seen.set(field, path)
      }
    })
  })
  return problems
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
