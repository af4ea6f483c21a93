import type { FormFields } from '#app/domain/assessment/form-fields.ts'
import type { FormRow, FormTemplate } from '#app/domain/assessment/form-template.ts'
import { bold } from './measure.ts'
import { baselineOf, placeLine } from './place.ts'
import { type Continued, cellContent } from './register-cell.ts'
import { type Box, mm, type Rule, type Sheet, type TextItem } from './sheet.ts'

export type FormSheets = { readonly sheets: readonly Sheet[]; readonly continued: readonly Continued[] }

type Page = { texts: TextItem[]; rules: Rule[]; top: number; bottom: number }

/** The form's own pages, box for box; what the boxes cannot hold is given back. */
export function formSheets(template: FormTemplate, fields: FormFields): FormSheets {
  const continued: Continued[] = []
  const pages: Page[] = [firstPage(template, fields)]
  for (const row of template.rows) {
    if (row.starts_page) pages.push(emptyPage(mm(template.page.next_top_mm)))
    const page = pages[pages.length - 1] as Page
    const contents = rowBoxes(template, row, page.bottom).map(({ box, label, cell }) => {
      page.rules.push(...(box.x > frameLeft(template) ? [leftEdge(box)] : []))
      return cellContent(cell, box, { template, fields, label })
    })
    if (page.bottom > page.top) page.rules.push(across(template, page.bottom))
    page.bottom += mm(row.height_mm)
    for (const content of contents) {
      page.texts.push(...content.texts)
      if (content.continued) continued.push(content.continued)
    }
  }
  return { sheets: pages.map((page) => sheetOf(template, page)), continued }
}

function sheetOf(template: FormTemplate, page: Page): Sheet {
  const frame = { x: frameLeft(template), y: page.top, width: frameWidth(template), height: page.bottom - page.top }
  const { width_mm, height_mm } = template.page
  return { width: mm(width_mm), height: mm(height_mm), texts: page.texts, frames: [frame], rules: page.rules }
}

function emptyPage(top: number): Page {
  return { texts: [], rules: [], top, bottom: top }
}

function firstPage(template: FormTemplate, fields: FormFields): Page {
  const { title, year_line, page } = template
  const top = mm(page.margin_mm.top)
  const middle = frameLeft(template) + frameWidth(template) / 2
  const yearTop = top + mm(title.height_mm)
  const spacing = (title.tracking_em ?? 0) * title.size_pt
  const titleY = baselineOf(top, title.size_pt, title.size_pt * 1.3)
  const yearY = baselineOf(yearTop, year_line.size_pt, mm(year_line.height_mm) - mm(4))
  const heading = placeLine(
    title.text,
    { x: middle, y: titleY, size: title.size_pt, align: 'centre' },
    title.bold ? { setting: bold, bold: true, spacing } : { spacing },
  )
  const year = year_line.text.replace('{year}', fields.year || '　　　　')
  const line = placeLine(year, { x: middle, y: yearY, size: year_line.size_pt, align: 'centre' })
  return { ...emptyPage(yearTop + mm(year_line.height_mm)), texts: [heading, line] }
}

/** The boxes of a row, each with the label that stands before it. */
export function rowBoxes(template: FormTemplate, row: Pick<FormRow, 'cells' | 'height_mm'>, top: number) {
  let [column, label] = [0, '']
  return row.cells.map((cell) => {
    const x = columnEdge(template, column)
    column += cell.span
    label = cell.label ?? label
    const box: Box = { x, y: top, width: columnEdge(template, column) - x, height: mm(row.height_mm) }
    return { cell, box, label }
  })
}

export function columnEdge(template: FormTemplate, column: number): number {
  const before = template.columns.slice(0, column).reduce((sum, one) => sum + one, 0)
  return frameLeft(template) + (frameWidth(template) * before) / 100
}

export function frameLeft(template: FormTemplate): number {
  return mm(template.page.margin_mm.left)
}

export function frameWidth({ page }: FormTemplate): number {
  return mm(page.width_mm - page.margin_mm.left - page.margin_mm.right)
}

export function leftEdge(box: Box): Rule {
  return { from: [box.x, box.y], to: [box.x, box.y + box.height] }
}

export function across(template: FormTemplate, y: number): Rule {
  return { from: [frameLeft(template), y], to: [frameLeft(template) + frameWidth(template), y] }
}
