import { setImmediate } from 'node:timers/promises'
import { type FormField, type FormFields, formFields } from '#app/domain/assessment/form-fields.ts'
import type { FormTemplate } from '#app/domain/assessment/form-template.ts'
import { continuationSheets } from './continuation.ts'
import { drawSheet } from './draw-sheet.ts'
import { faceForName, has } from './faces.ts'
import { openPaper, type Paper } from './paper.ts'
import { missingGlyphs, paperText } from './paper-text.ts'
import { placeLine } from './place.ts'
import { formSheets, frameLeft, frameWidth } from './register-pages.ts'
import { mm, type Sheet, type TextItem } from './sheet.ts'
import { words } from './words.ts'

export { missingGlyphs } from './paper-text.ts'

/** One person's register: the form, what stands in its boxes, the paper's number, and the name that every sheet carries. */
export type RegisterDocument = {
  readonly template: FormTemplate
  readonly fields: FormFields
  readonly number: string
  readonly person: string
}

/** A box that cannot be printed, with the characters that no shipped font has. */
export type MissingInField = { readonly field: FormField | 'person'; readonly characters: readonly string[] }

export type RenderOptions = { readonly onDone?: (done: number) => void; readonly signal?: AbortSignal }

/** The boxes of a register that hold characters no font has: such a register is refused before it is printed. */
export function missingIn(document: RegisterDocument): MissingInField[] {
  const texts = [...formFields.map((field) => [field, document.fields[field]] as const), personOf(document)]
  return texts.flatMap(([field, text]) => {
    const characters = text ? missingGlyphs(text) : []
    return characters.length === 0 ? [] : [{ field, characters }]
  })
}

/** The name that the sheets carry, where the form's own box does not hold the same. */
function personOf({ person, fields }: RegisterDocument) {
  return ['person', person === fields.name ? '' : person] as const
}

/** Which name is set in another face than the rest because the usual one lacks a character, as printed in the foot. */
export function fontNotes(document: RegisterDocument): string[] {
  const name = paperText(document.fields.name || document.person)
  const chosen = faceForName(name)
  if (chosen === null || chosen === 'song') return []
  const lacking = [...new Set(name)].filter((character) => !has('song', character.codePointAt(0) as number))
  return [words.otherFace(lacking.join(''))]
}

/** What a register takes on paper: its pages with continuation sheets, and the fields that go on upon these. */
export function registerExtent(document: RegisterDocument): { pages: number; continued: readonly FormField[] } {
  const { sheets, continued } = registerSheets(document)
  return { pages: sheets.length, continued }
}

/** One register as a PDF of its own; the same register gives the same bytes. Throws where `missingIn` names a character. */
export async function renderRegister(document: RegisterDocument): Promise<Uint8Array> {
  const paper = openPaper(
    [document.template.title.text, document.fields.year, document.person].filter(Boolean).join(' '),
  )
  drawRegister(paper, document)
  return paper.finish()
}

/** Several registers as one file for a duplex printer: each person begins on a new sheet. The process stays free between two people. */
export async function renderRegisters(
  documents: readonly RegisterDocument[],
  { onDone, signal }: RenderOptions = {},
): Promise<Uint8Array> {
  if (documents.length === 0) throw new Error('a file of no registers')
  const paper = openPaper(titleOf(documents))
  for (const [index, document] of documents.entries()) {
    signal?.throwIfAborted()
    drawRegister(paper, document)
    onDone?.(index + 1)
    await setImmediate()
  }
  return paper.finish()
}

function titleOf(documents: readonly RegisterDocument[]): string {
  const titles = new Set(documents.map(({ template }) => template.title.text))
  const years = new Set(documents.map(({ fields }) => fields.year ?? ''))
  return [[...titles].join('、'), [...years].join('、')].filter(Boolean).join(' ')
}

function drawRegister(paper: Paper, document: RegisterDocument): void {
  const missing = missingIn(document)
  if (missing.length > 0) throw new Error(`no font has ${missing.flatMap(({ characters }) => characters).join(' ')}`)
  const { sheets } = registerSheets(document)
  for (const sheet of sheets) drawSheet(paper, sheet)
  if (sheets.length % 2 === 1) paper.addPage(sheets[0]?.width ?? 0, sheets[0]?.height ?? 0)
}

function registerSheets(document: RegisterDocument): { sheets: Sheet[]; continued: FormField[] } {
  const { template, number } = document
  const fields = onPaper(document.fields)
  const form = formSheets(template, fields)
  const owner = { person: paperText(document.person), number, fields }
  const sheets = [...form.sheets, ...continuationSheets(template, form.continued, owner)]
  const notes = fontNotes(document)
  return {
    sheets: sheets.map((sheet, index) => ({
      ...sheet,
      texts: [...sheet.texts, ...footTexts(document, notes, index + 1, sheets.length)],
    })),
    continued: form.continued.map(({ field }) => field),
  }
}

function onPaper(fields: FormFields): FormFields {
  return Object.fromEntries(Object.entries(fields).map(([field, text]) => [field, paperText(text)]))
}

const footSize = 8.5

/** Number, form and version, what was set in another face, and the page, under the frame of every sheet. */
function footTexts(
  { template, number }: RegisterDocument,
  notes: readonly string[],
  page: number,
  of: number,
): TextItem[] {
  const y = mm(template.page.height_mm - template.page.foot_mm)
  const [left, right] = [frameLeft(template), frameLeft(template) + frameWidth(template)]
  const text = [words.number(number), words.template(template.name, template.version)].join('　　')
  return [
    placeLine(text, { x: left, y, size: footSize, align: 'left' }, { grey: true }),
    placeLine(words.page(page, of), { x: right, y, size: footSize, align: 'right' }, { grey: true }),
    ...notes.map((note, index) =>
      placeLine(note, { x: left, y: y + (index + 1) * footSize * 1.3, size: footSize, align: 'left' }, { grey: true }),
    ),
  ]
}
