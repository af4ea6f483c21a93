import type { FormFields } from '#app/domain/assessment/form-fields.ts'
import type { FormTemplate } from '#app/domain/assessment/form-template.ts'
import type { Line } from '#app/domain/assessment/lines.ts'
import { bold } from './measure.ts'
import { baselineOf, placeLine, placeRunning } from './place.ts'
import { type Continued, cellContent, signRoom, signTexts, verticalLabel } from './register-cell.ts'
import { across, columnEdge, frameLeft, frameWidth, leftEdge, rowBoxes } from './register-pages.ts'
import { type Box, inset, mm, type Rule, type Sheet, type TextItem } from './sheet.ts'
import { words } from './words.ts'

/** Whose sheet it is, as its first row says. */
export type Owner = { readonly person: string; readonly number: string; readonly fields: FormFields }

const titleSize = 16
const headRow = 10.5
const [above, below] = [mm(3), mm(3)]

type Page = { texts: TextItem[]; rules: Rule[]; top: number; y: number }

/** Continuation sheets 续页 in the form's own frame, until everything that did not fit has its place. */
export function continuationSheets(template: FormTemplate, continued: readonly Continued[], owner: Owner): Sheet[] {
  const pages: Page[] = []
  for (const part of continued) {
    let lines = part.lines
    while (lines.length > 0) {
      const page = pageWithRoom(template, pages, part, owner)
      lines = lines.slice(addSection(template, page, part, lines))
    }
  }
  return pages.map((page) => sheetOf(template, page))
}

/** The last page, if some lines and a signature still fit upon it; else a new one. */
function pageWithRoom(template: FormTemplate, pages: Page[], part: Continued, owner: Owner): Page {
  const last = pages[pages.length - 1]
  const least = above + 3 * part.leading + (part.sign ? signRoom : below)
  if (last && last.y + Math.max(least, mm(30)) <= bottomOf(template)) return last
  const page = newPage(template, owner)
  pages.push(page)
  return page
}

/** Puts as many lines as fit into a box of their own; tells how many these were. */
function addSection(template: FormTemplate, page: Page, part: Continued, lines: readonly Line[]): number {
  const foot = part.sign ? signRoom : below
  const room = bottomOf(template) - page.y - above - foot
  const held = lines.slice(0, Math.max(1, Math.floor(room / part.leading)))
  const ends = held.length === lines.length
  const height = ends ? Math.max(mm(30), above + held.length * part.leading + foot) : bottomOf(template) - page.y
  const [labelBox, box] = sectionBoxes(template, page.y, height)
  page.rules.push(across(template, page.y), leftEdge(box))
  page.texts.push(...verticalLabel(part.label, labelBox, words.bracketed(template.continuation.mark)))
  page.texts.push(...placeRunning(inset(box, mm(4), above, foot), { ...part, lines: held, rest: [] }))
  if (part.sign) page.texts.push(...signTexts(part.sign, box))
  page.y += height
  return held.length
}

function sectionBoxes(template: FormTemplate, y: number, height: number): [Box, Box] {
  const [left, edge] = [frameLeft(template), columnEdge(template, 1)]
  return [
    { x: left, y, width: edge - left, height },
    { x: edge, y, width: left + frameWidth(template) - edge, height },
  ]
}

function newPage(template: FormTemplate, owner: Owner): Page {
  const top = mm(template.page.margin_mm.top)
  const text = `${template.title.text}${words.bracketed(template.continuation.title)}`
  const y = baselineOf(top, titleSize, titleSize * 1.3)
  const at = { x: frameLeft(template) + frameWidth(template) / 2, y, size: titleSize, align: 'centre' } as const
  const frameTop = top + titleSize * 1.3 + mm(4)
  const texts = [placeLine(text, at, { setting: bold, bold: true })]
  const rules: Rule[] = []
  for (const { cell, box } of rowBoxes(template, ownerRow(template), frameTop)) {
    const fields = { ...owner.fields, name: owner.person, number: owner.number }
    texts.push(...cellContent(cell, box, { template, fields, label: '' }).texts)
    if (box.x > frameLeft(template)) rules.push(leftEdge(box))
  }
  return { texts, rules, top: frameTop, y: frameTop + mm(headRow) }
}

/** 姓名, 编号 and 年度 in the columns of the form, whatever their number. */
function ownerRow(template: FormTemplate) {
  const spare = Math.max(0, template.columns.length - 6)
  const cells = [
    { span: 1, style: 'label' as const, label: words.name },
    { span: 1, style: 'value' as const, field: 'name' as const },
    { span: 1, style: 'label' as const, label: words.paperNumber },
    { span: 1 + spare, style: 'value' as const, field: 'number' as const },
    { span: 1, style: 'label' as const, label: words.year },
    { span: 1, style: 'value' as const, field: 'year' as const },
  ]
  return { height_mm: headRow, cells: template.columns.length < 6 ? cells.slice(0, 2) : cells }
}

function bottomOf(template: FormTemplate): number {
  return mm(template.page.height_mm - template.page.margin_mm.bottom) - mm(2)
}

function sheetOf(template: FormTemplate, { texts, rules, top, y }: Page): Sheet {
  const frame = { x: frameLeft(template), y: top, width: frameWidth(template), height: y - top }
  return { width: mm(template.page.width_mm), height: mm(template.page.height_mm), texts, frames: [frame], rules }
}
