import type { FormFields } from '#app/domain/assessment/form-fields.ts'
import type { FormTemplate } from '#app/domain/assessment/form-template.ts'

/** One person's register: the form, what stands in its boxes, the paper's number, and the name that every sheet carries. */
export type RegisterDocument = {
  readonly template: FormTemplate
  readonly fields: FormFields
  readonly number: string
  readonly person: string
}

/** A box that cannot be printed, with the characters that no shipped font has. */
export type MissingInField = { readonly field: string; readonly characters: readonly string[] }

export type RenderOptions = { readonly onDone?: (done: number) => void; readonly signal?: AbortSignal }

/** The characters of a text, each once, that no shipped font has; of a name these are asked before it is saved. */
export function missingGlyphs(_text: string): string[] {
  throw new Error('not written yet')
}

/** The boxes of a register that hold characters no font has: such a register is refused before it is printed. */
export function missingIn(_document: RegisterDocument): MissingInField[] {
  throw new Error('not written yet')
}

/** Which names are set in another face than the rest because their own lacks a character, as printed in the foot. */
export function fontNotes(_document: RegisterDocument): string[] {
  throw new Error('not written yet')
}

/** What a register takes on paper: its pages with continuation sheets, and the fields that go on upon these. */
export function registerExtent(_document: RegisterDocument): { pages: number; continued: readonly string[] } {
  throw new Error('not written yet')
}

/** One register as a PDF of its own; the same register gives the same bytes. Throws where `missingIn` names a character. */
export async function renderRegister(_document: RegisterDocument): Promise<Uint8Array> {
  throw new Error('not written yet')
}

/** Several registers as one file for a duplex printer: each person begins on a new sheet. */
export async function renderRegisters(
  _documents: readonly RegisterDocument[],
  _options: RenderOptions = {},
): Promise<Uint8Array> {
  throw new Error('not written yet')
}
