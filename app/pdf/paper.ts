import PDFDocument from 'pdfkit'
import { type FaceId, face } from './faces.ts'
import { type Embedded, pdfkitFont } from './pdfkit-font.ts'
import type { Subset } from './subset.ts'

/** Nothing on paper comes from the clock: every file says that it was made on this day. */
const madeOn = new Date(Date.UTC(2020, 0, 1))

export type Paper = {
  readonly addPage: (width: number, height: number) => void
  /** Content operators of the page added last, in points from its lower left corner. */
  readonly write: (operators: string) => void
  /** The name of a face on this page and what numbers its glyphs. */
  readonly use: (id: FaceId) => { readonly name: string; readonly add: Subset['add'] }
  readonly finish: () => Promise<Uint8Array>
}

type PdfkitInside = {
  readonly _font: Embedded
  readonly page: { readonly fonts: Record<string, unknown> }
  readonly _root: { readonly data: Record<string, unknown> }
  readonly ref: (data: Record<string, unknown>) => unknown
}

/** An empty PDF whose bytes depend on nothing but what is written into it. */
export function openPaper(title: string): Paper {
  const options = { autoFirstPage: false, font: null, pdfVersion: '1.7', lang: 'zh-CN' }
  const info = { Title: title, Producer: 'Window Staff', Creator: 'Window Staff', CreationDate: madeOn }
  const pdf = new PDFDocument({ ...options, info } as unknown as PDFKit.PDFDocumentOptions)
  const inside = pdf as unknown as PdfkitInside
  // Printed as it stands, on both sides: a frame in millimetres must not be fitted to the printer.
  inside._root.data.ViewerPreferences = inside.ref({
    DisplayDocTitle: true,
    PrintScaling: 'None',
    Duplex: 'DuplexFlipLongEdge',
  })
  const faces = new Map<FaceId, Embedded>()
  const chunks: Uint8Array[] = []
  pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  return {
    addPage: (width, height) => void pdf.addPage({ size: [width, height], margin: 0 }),
    write: (operators) => void (pdf as unknown as { addContent: (text: string) => void }).addContent(operators),
    use: (id) => {
      const font = faces.get(id) ?? embedded(inside, pdf, id)
      faces.set(id, font)
      inside.page.fonts[font.id] ??= font.ref()
      return { name: font.id, add: (codePoint, glyph) => numbered(font, id, codePoint, glyph) }
    },
    finish: () => finished(pdf, chunks),
  }
}

function embedded(inside: PdfkitInside, pdf: PDFKit.PDFDocument, id: FaceId): Embedded {
  pdf.font(pdfkitFont(id) as unknown as string)
  return inside._font
}

/** pdfkit writes widths and characters from these two lists. */
function numbered(font: Embedded, id: FaceId, codePoint: number, glyph: number): number {
  const number = font.subset.add(codePoint, glyph)
  if (font.unicode[number] === undefined) {
    font.unicode[number] = [codePoint]
    font.widths[number] = (face(id).advanceOf(glyph) * 1000) / face(id).unitsPerEm
  }
  return number
}

function finished(pdf: PDFKit.PDFDocument, chunks: readonly Uint8Array[]): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    pdf.on('error', reject)
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.end()
  })
}
