/** A rectangle in points, measured from the upper left corner of the paper. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** One line of text at its place: `y` is the baseline, `spacing` is added behind each character. */
export type TextItem = {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size: number
  readonly width: number
  readonly spacing?: number
  readonly bold?: boolean
  readonly grey?: boolean
  /** The whole name that this is, or is a line of: it is set in one face. */
  readonly name?: string
  /** What stands here as one piece, for search and extraction, where it is set in several lines or with gaps. */
  readonly actual?: string
  /** Belongs to the piece begun before. */
  readonly joined?: boolean
}

export type Rule = { readonly from: readonly [number, number]; readonly to: readonly [number, number] }

/** One side of paper, laid out: all that stands on it, in reading order. */
export type Sheet = {
  readonly width: number
  readonly height: number
  readonly texts: readonly TextItem[]
  readonly frames: readonly Box[]
  readonly rules: readonly Rule[]
}

const pointsPerMillimetre = 72 / 25.4

export function mm(millimetres: number): number {
  return millimetres * pointsPerMillimetre
}

export function inset(box: Box, across: number, top: number, bottom = top): Box {
  return { x: box.x + across, y: box.y + top, width: box.width - 2 * across, height: box.height - top - bottom }
}

/** Lines that are one piece to whoever reads the file with a program. */
export function asOne(texts: readonly TextItem[], actual: string): TextItem[] {
  return texts.map((item, index) => (index === 0 ? { ...item, actual } : { ...item, joined: true }))
}
