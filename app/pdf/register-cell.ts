import type { FormField, FormFields } from '#app/domain/assessment/form-fields.ts'
import type { FormCell, FormTemplate } from '#app/domain/assessment/form-template.ts'
import type { Line } from '#app/domain/assessment/lines.ts'
import { type Fit, fitText, fitValue, type Ladder, listed, running } from './fit.ts'
import { plain, settingOfName, widthOf } from './measure.ts'
import { placeLine, placeMiddle, placeRunning } from './place.ts'
import { asOne, type Box, inset, mm, type TextItem } from './sheet.ts'
import { words } from './words.ts'

/** A field that its box cannot hold: what goes on upon the continuation sheets. */
export type Continued = {
  readonly field: FormField
  readonly label: string
  readonly size: number
  readonly leading: number
  readonly lines: readonly Line[]
  readonly sign: string | null
}

export type CellContent = { readonly texts: readonly TextItem[]; readonly continued: Continued | null }

type Context = { readonly template: FormTemplate; readonly fields: FormFields; readonly label: string }

/** What a label holds for its look alone. */
const gaps = /[\n　]/g
const labelSizes = [11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6]
const signSize = 12
const seeSize = 10.5
/** Between the frame and running text, in millimetres; the same on continuation sheets, where lines go on as they were broken. */
const textInset = 4
/** From a baseline to the lower edge of its box, in millimetres. */
const [signFoot, seeFoot] = [5, 3]

/** How much of a box a place to sign takes from its lower edge. */
export const signRoom = mm(14)

export function cellContent(cell: FormCell, box: Box, context: Context): CellContent {
  switch (cell.style) {
    case 'label':
      return { texts: labelTexts(cell, box), continued: null }
    case 'label_vertical':
      return { texts: verticalLabel(cell.label ?? '', box, null), continued: null }
    case 'blank':
      return { texts: signTexts(cell.sign, box), continued: null }
    case 'boxes':
      return valueContent(cell, boxesText(cell, context.fields), box, context)
    case 'value':
      return valueContent(cell, textOf(cell, context.fields), box, context)
    case 'value_left':
      return cell.grow
        ? flowing(cell, box, context, listed)
        : valueContent(cell, textOf(cell, context.fields), box, context)
    case 'text':
      return flowing(cell, box, context, running)
  }
}

function textOf(cell: FormCell, fields: FormFields): string {
  return cell.field ? (fields[cell.field] ?? '') : ''
}

/** 管理□　专技☑　工勤□　　十级 */
function boxesText(cell: FormCell, fields: FormFields): string {
  const chosen = textOf(cell, fields)
  const boxes = (cell.choices ?? []).map(({ value, label }) => `${label}${value === chosen ? '☑' : '□'}`).join('　')
  const beside = cell.with_field ? fields[cell.with_field] : ''
  return beside ? `${boxes}　　${beside}` : boxes
}

function labelTexts(cell: FormCell, box: Box): TextItem[] {
  const lines = (cell.label ?? '').split('\n')
  const room = box.width - mm(1)
  const sizes = labelSizes.filter((size) => size <= (cell.size_pt ?? 11.5))
  const leading = (sizes[0] ?? 11.5) * 1.3
  const top = box.y + (box.height - lines.length * leading) / 2
  const texts = lines.map((text, index) => {
    const size = sizes.find((one) => widthOf(text, one, plain) <= room) ?? 6
    const y = top + index * leading + (leading - size) / 2 + 0.88 * size
    return placeLine(text, { x: box.x + box.width / 2, y, size, align: 'centre' })
  })
  const plainLabel = (cell.label ?? '').replace(gaps, '')
  return plainLabel === cell.label ? texts : asOne(texts, plainLabel)
}

/** A label set downwards, one character under the other; the mark of a continuation stands across below it. */
export function verticalLabel(label: string, box: Box, mark: string | null): TextItem[] {
  const characters = [...label]
  const lines = mark === null ? characters : [...characters, mark]
  const size = 12
  const whole = `${label}${mark ?? ''}`
  const leading = Math.min(18, (box.height - mm(2)) / lines.length)
  const top = box.y + (box.height - lines.length * leading) / 2
  const texts = lines.map((text, index) => {
    const y = top + index * leading + (leading - size) / 2 + 0.88 * size
    return placeLine(text, { x: box.x + box.width / 2, y, size, align: 'centre' })
  })
  // A space at the box's first line: programs read the label there, not in the midst of the text beside it.
  const first = placeLine(' ', { x: box.x + mm(2), y: box.y + mm(3) + size, size, align: 'left' })
  return asOne([first, ...texts], whole)
}

function valueContent(cell: FormCell, text: string, box: Box, context: Context): CellContent {
  if (text === '') return { texts: [], continued: null }
  const isName = cell.field === 'name'
  const room = inset(box, mm(1), mm(0.5))
  const fit = fitValue(text, room, isName ? settingOfName(text) : plain)
  if (fit) {
    const texts = placeMiddle(room, fit, cell.style === 'value_left', isName ? { name: text } : {})
    return { texts: texts.length > 1 || text.includes('　') ? asOne(texts, text) : texts, continued: null }
  }
  const elsewhere = fitText(text, { width: continuedWidth(context.template), height: 0 }, listed, plain)
  return { texts: [seeText(context, room)], continued: continuedOf(cell, context, elsewhere, elsewhere.rest) }
}

/** Text that may go on elsewhere; only then is room kept for the words that say so. */
function flowing(cell: FormCell, box: Box, context: Context, ladder: Ladder): CellContent {
  const text = textOf(cell, context.fields)
  const below = cell.sign ? signRoom : mm(2)
  const whole = fitText(text, textRoom(box, below), ladder, plain)
  const room = whole.rest.length === 0 ? textRoom(box, below) : textRoom(box, Math.max(below, mm(8)))
  const fit = whole.rest.length === 0 ? whole : fitText(text, room, { ...ladder, sizes: [whole.size] }, plain)
  const texts = cell.style === 'text' ? placeRunning(room, fit) : byParagraph(placeMiddle(room, fit, true), fit, text)
  const signs = signTexts(cell.sign, box)
  if (fit.rest.length === 0) return { texts: [...texts, ...signs], continued: null }
  return {
    texts: [...texts, seeBelow(context, box, cell.sign ? signFoot : seeFoot), ...signs],
    continued: continuedOf(cell, context, fit, fit.rest),
  }
}

/** The lines of each paragraph as one piece: a label stands beside their middle. */
function byParagraph(items: readonly TextItem[], { lines }: Fit, text: string): TextItem[] {
  const paragraphs = text.split('\n').flatMap((paragraph) => paragraph.trim() || [])
  const starts = lines.flatMap((_, index) => (index === 0 || lines[index - 1]?.last ? index : []))
  return starts.flatMap((start, index) => {
    const own = items.slice(start, starts[index + 1])
    const whole = lines[start + own.length - 1]?.last === true
    return whole && own.length > 1 ? asOne(own, paragraphs[index] as string) : own
  })
}

function textRoom(box: Box, below: number): Box {
  return inset(box, mm(textInset), below < signRoom ? mm(2) : mm(3), below)
}

/** The width of the running text on a continuation sheet: the frame without its first column. */
export function continuedWidth(template: FormTemplate): number {
  const { width_mm, margin_mm } = template.page
  const frame = mm(width_mm - margin_mm.left - margin_mm.right)
  return frame * (1 - (template.columns[0] as number) / 100) - mm(2 * textInset)
}

function continuedOf(cell: FormCell, context: Context, fit: Fit, lines: readonly Line[]): Continued {
  const label = context.label.replace(gaps, '')
  const field = cell.field as FormField
  return { field, label, size: fit.size, leading: fit.leading, lines, sign: cell.sign ?? null }
}

export function signTexts(sign: string | undefined, box: Box): TextItem[] {
  if (!sign) return []
  const at = {
    x: box.x + box.width - mm(6),
    y: box.y + box.height - mm(signFoot),
    size: signSize,
    align: 'right',
  } as const
  return [placeLine(words.signature(sign), at)]
}

function seeText({ template }: Context, room: Box): TextItem {
  const y = room.y + room.height / 2 + seeSize * 0.38
  return placeLine(template.continuation.see, { x: room.x + room.width / 2, y, size: seeSize, align: 'centre' })
}

function seeBelow({ template }: Context, box: Box, foot: number): TextItem {
  const at = { x: box.x + mm(textInset), y: box.y + box.height - mm(foot), size: seeSize, align: 'left' } as const
  return placeLine(template.continuation.see, at)
}
