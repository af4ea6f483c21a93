import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { chromium } from 'playwright-core'
import type { RegisterDocument } from '#app/pdf/registers.ts'

export type Print = (document: RegisterDocument) => Promise<Uint8Array>

const find = createRequire(import.meta.url).resolve
const regular = find('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf')
const bold = find('@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf')
const pointsPerMillimetre = 72 / 25.4

/** The text of a box as anybody would print it. */
function textOf(
  document: RegisterDocument,
  cell: RegisterDocument['template']['rows'][number]['cells'][number],
): string {
  const sign = cell.sign ? `\n\n${cell.sign}：　　　　　　年　　月　　日` : ''
  return `${cell.label ?? (cell.field ? document.fields[cell.field] : '') ?? ''}${sign}`
}

/** The same form with pdfkit as its guide shows it: a document for each person, the fonts named by their files, text put into boxes. */
export const printByPdfkit: Print = (document) =>
  new Promise((resolve, reject) => {
    const { template } = document
    const pdf = new PDFDocument({ size: 'A4', margin: 0, info: { Title: template.title.text } })
    const chunks: Buffer[] = []
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
    const left = template.page.margin_mm.left * pointsPerMillimetre
    const width = 168 * pointsPerMillimetre
    pdf.font(bold).fontSize(22).text(template.title.text, left, 54, { width, align: 'center' })
    pdf.font(regular).fontSize(12)
    let y = 122
    for (const row of template.rows) {
      if (row.starts_page) {
        pdf.addPage()
        y = 62
      }
      const height = row.height_mm * pointsPerMillimetre
      let column = 0
      for (const cell of row.cells) {
        const share = (columns: readonly number[]) => columns.reduce((sum, one) => sum + one, 0) / 100
        const x = left + width * share(template.columns.slice(0, column))
        const across = width * share(template.columns.slice(column, column + cell.span))
        pdf.rect(x, y, across, height).stroke()
        pdf.text(textOf(document, cell), x + 6, y + 6, { width: across - 12, height: height - 8, lineGap: 3 })
        column += cell.span
      }
      y += height
    }
    pdf.end()
  })

function html(document: RegisterDocument): string {
  const { template } = document
  const rows = template.rows.map((row) => {
    const cells = row.cells.map(
      (cell) => `<td colspan="${cell.span}">${textOf(document, cell).replaceAll('\n', '<br>')}</td>`,
    )
    const next = row.starts_page ? '</table><table class="next">' : ''
    return `${next}<tr style="height:${row.height_mm}mm">${cells.join('')}</tr>`
  })
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${template.title.text}</title><style>
    @page{size:A4;margin:19mm 20mm 14mm 22mm} body{margin:0;font:12pt/1.5 "Noto Serif CJK SC",serif}
    h1{font-size:22pt;text-align:center;margin:0} p{text-align:center} table{width:100%;table-layout:fixed;border-collapse:collapse}
    td{border:.6pt solid #000;padding:1mm 2mm} .next{page-break-before:always}</style>
    <h1>${template.title.text}</h1><p>（ ${document.fields.year} 年度）</p><table>${rows.join('')}</table></html>`
}

/** The same form as a page that a running Chromium prints: the browser is started once and the tab is kept. */
export async function chromiumPrinter(): Promise<{ print: Print; close: () => Promise<void> }> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  const page = await browser.newPage()
  const print: Print = async (document) => {
    await page.setContent(html(document))
    return page.pdf({ preferCSSPageSize: true })
  }
  return { print, close: () => browser.close() }
}
