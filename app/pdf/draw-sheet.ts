import { asDrawn, face, tickedBox } from './faces.ts'
import { bold, plain, type Setting, settingOfName } from './measure.ts'
import type { Paper } from './paper.ts'
import type { Box, Rule, Sheet, TextItem } from './sheet.ts'

const [frameWidth, ruleWidth, tickWidth] = [1.2, 0.6, 1.1]

/** Puts a laid-out sheet on a new page: text in reading order first, then the frame in two strokes. */
export function drawSheet(paper: Paper, sheet: Sheet): void {
  paper.addPage(sheet.width, sheet.height)
  const out: string[] = [`q 1 0 0 -1 0 ${figure(sheet.height)} cm`]
  const ticks: string[] = []
  for (const [index, item] of sheet.texts.entries()) {
    if (item.actual !== undefined) out.push(`/Span <</ActualText <${utf16(item.actual)}>>> BDC`)
    drawText(paper, sheet, item, out, ticks)
    if (endsPiece(item, sheet.texts[index + 1])) out.push('EMC')
  }
  out.push(`${ruleWidth} w`, ...sheet.rules.map((rule) => line(sheet, rule)), 'S')
  out.push(`${frameWidth} w`, ...sheet.frames.map((box) => rectangle(sheet, box)), 'S')
  if (ticks.length > 0) out.push(`${tickWidth} w 1 J 1 j`, ...ticks, 'S')
  paper.write([...out, 'Q'].join('\n'))
}

/** Whether the piece of text that is open ends here. */
function endsPiece(item: TextItem, next: TextItem | undefined): boolean {
  return (item.actual !== undefined || item.joined === true) && next?.joined !== true
}

function utf16(text: string): string {
  return `feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}`
}

function settingOf(item: TextItem): Setting {
  if (item.bold) return bold
  return item.name ? settingOfName(item.name) : plain
}

/** One line of text as one text object, a show operator for each run of one face. */
function drawText(paper: Paper, sheet: Sheet, item: TextItem, out: string[], ticks: string[]): void {
  const { faceOf } = settingOf(item)
  const runs: string[] = []
  let [current, codes, x] = ['', '', item.x]
  let add: ReturnType<Paper['use']>['add'] = () => 0
  for (const character of item.text) {
    const codePoint = character.codePointAt(0) as number
    const id = faceOf(codePoint)
    const font = face(id)
    const glyph = font.glyphOf(asDrawn(codePoint))
    if (id !== current) {
      if (codes !== '') runs.push(`<${codes}> Tj`)
      ;[current, codes] = [id, '']
      const used = paper.use(id)
      add = used.add
      runs.push(`/${used.name} ${figure(item.size)} Tf`)
    }
    codes += add(codePoint, glyph).toString(16).padStart(4, '0')
    if (codePoint === tickedBox) ticks.push(tick(sheet, x, item))
    x += (font.advanceOf(glyph) * item.size) / font.unitsPerEm + (item.spacing ?? 0)
  }
  if (codes === '') return
  const at = `1 0 0 1 ${figure(item.x)} ${figure(sheet.height - item.y)} Tm ${figure(item.spacing ?? 0)} Tc`
  const text = ['BT', at, ...runs, `<${codes}> Tj`, 'ET']
  out.push(...(item.grey ? ['0.2 g', ...text, '0 g'] : text))
}

/** The stroke in a ticked box, over the empty one that the font has. */
function tick(sheet: Sheet, x: number, { y, size }: TextItem): string {
  const at = (across: number, up: number) => `${figure(x + across * size)} ${figure(sheet.height - y + up * size)}`
  return `${at(0.22, 0.36)} m ${at(0.43, 0.14)} l ${at(0.86, 0.74)} l`
}

function line(sheet: Sheet, { from, to }: Rule): string {
  return `${point(sheet, from)} m ${point(sheet, to)} l`
}

function point(sheet: Sheet, [x, y]: readonly [number, number]): string {
  return `${figure(x)} ${figure(sheet.height - y)}`
}

function rectangle(sheet: Sheet, box: Box): string {
  return `${point(sheet, [box.x, box.y + box.height])} ${figure(box.width)} ${figure(box.height)} re`
}

/** A number with at most three decimals, the same on every machine. */
function figure(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}
