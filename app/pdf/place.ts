import type { Line } from '#app/domain/assessment/lines.ts'
import type { Fit } from './fit.ts'
import { plain, type Setting, widthOf } from './measure.ts'
import type { Box, TextItem } from './sheet.ts'

/** Where the baseline of a CJK em box lies. */
const baseline = 0.88
/** A stretched line gives each gap at most this much of the size; a looser line stays ragged. */
const mostStretch = 0.07

type Look = Pick<TextItem, 'bold' | 'grey' | 'name'>

export function baselineOf(top: number, size: number, leading: number): number {
  return top + (leading - size) / 2 + baseline * size
}

/** Running text from the top of a box, both edges even where that costs little. */
export function placeRunning(box: Box, { lines, size, leading }: Fit): TextItem[] {
  return lines.map((line, index) => {
    const spacing = stretch(line, (box.width * 1000) / size) * size
    const y = baselineOf(box.y + index * leading, size, leading)
    const width = (line.width * size) / 1000 + spacing * ([...line.text].length - 1)
    return { text: line.text, x: box.x + (line.indent * size) / 1000, y, size, width, spacing }
  })
}

function stretch(line: Line, room: number): number {
  const gaps = [...line.text].length - 1
  if (line.last || gaps < 1) return 0
  const each = (room - line.indent - line.width) / gaps / 1000
  return each > mostStretch ? 0 : Math.floor(each * 10_000) / 10_000
}

/** Lines in the middle of a box, centred or from its left edge. */
export function placeMiddle(box: Box, fit: Pick<Fit, 'lines' | 'size' | 'leading'>, left: boolean, look: Look = {}) {
  const { lines, size, leading } = fit
  const top = box.y + (box.height - lines.length * leading) / 2
  return lines.map((line, index): TextItem => {
    const width = (line.width * size) / 1000
    const x = left ? box.x : box.x + (box.width - width) / 2
    return { text: line.text, x, y: baselineOf(top + index * leading, size, leading), size, width, ...look }
  })
}

/** One line whose left, middle or right stands at `x`. */
export function placeLine(
  text: string,
  at: { x: number; y: number; size: number; align: 'left' | 'centre' | 'right' },
  look: Look & { setting?: Setting; spacing?: number } = {},
): TextItem {
  const { setting = plain, ...rest } = look
  const width = widthOf(text, at.size, setting) + (look.spacing ?? 0) * ([...text].length - 1)
  const back = { left: 0, centre: width / 2, right: width }[at.align]
  return { text, x: at.x - back, y: at.y, size: at.size, width, ...rest }
}
