import PDFDocument from 'pdfkit'
import { type FaceId, face } from './faces.ts'
import type { FontFile } from './font-file.ts'
import { type Subset, trueTypeSubset } from './subset.ts'

/** A font inside a pdfkit document: the subset it embeds, and by glyph number the widths and the characters. */
export type Embedded = {
  readonly id: string
  readonly subset: Subset
  readonly widths: number[]
  readonly unicode: number[][]
  readonly ref: () => unknown
}

type OpenTypeSubset = { readonly includeGlyph: (glyph: number) => number; readonly encode: () => Uint8Array }
type OpenTypeFont = { readonly createSubset: () => OpenTypeSubset }

const known = new Map<FaceId, object>()

/** A face as pdfkit takes a font that is already open; shared by all documents of the process. */
export function pdfkitFont(id: FaceId): object {
  const found = known.get(id)
  if (found) return found
  const font = face(id)
  const made = font.table('glyf') ? described(font, () => trueTypeSubset(font)) : openTypeFont(font)
  known.set(id, made)
  return made
}

/** What pdfkit asks of a font; texts are laid out here, never by it. */
function described(font: FontFile, createSubset: () => Subset): object {
  return {
    postscriptName: font.name,
    unitsPerEm: font.unitsPerEm,
    ascent: font.ascent,
    descent: font.descent,
    capHeight: font.capHeight,
    xHeight: font.xHeight,
    lineGap: 0,
    bbox: font.bounds,
    italicAngle: 0,
    post: { isFixedPitch: false },
    head: { macStyle: { italic: false } },
    getGlyph: (glyph: number) => ({ advanceWidth: font.advanceOf(glyph) }),
    layout: () => ({ glyphs: [], positions: [], advanceWidth: 0 }),
    createSubset,
  }
}

/** Outlines in PostScript's form 曲线 are cut by the library that comes with pdfkit; it is opened through a document that is thrown away. */
function openTypeFont(font: FontFile): object {
  const opener = new PDFDocument({ autoFirstPage: false, font: null } as unknown as PDFKit.PDFDocumentOptions)
  opener.font(font.bytes as unknown as string)
  const parsed = (opener as unknown as { _font: { font: OpenTypeFont } })._font.font
  return described(font, () => openTypeSubset(parsed.createSubset()))
}

function openTypeSubset(subset: OpenTypeSubset): Subset {
  return Object.assign(subset, { add: (_codePoint: number, glyph: number) => subset.includeGlyph(glyph) })
}
