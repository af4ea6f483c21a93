import { breakLines, type Line } from '#app/domain/assessment/lines.ts'
import { advanceIn, type Setting } from './measure.ts'

/** A text broken at one size: the lines that the room holds and those that go on elsewhere. */
export type Fit = {
  readonly size: number
  readonly leading: number
  readonly lines: readonly Line[]
  readonly rest: readonly Line[]
}

export type Room = { readonly width: number; readonly height: number }

/** Sizes tried in turn, from the one that is wanted to the smallest allowed. */
export type Ladder = {
  readonly sizes: readonly [number, ...number[]]
  readonly leading: number
  /** In characters. */
  readonly indent: number
}

/** Running text of a register: 小四 to 五号, then a continuation sheet. Source: domain.md §2.7. */
export const running: Ladder = { sizes: [12, 11.5, 11, 10.5], leading: 1.62, indent: 2 }
export const listed: Ladder = { sizes: [12, 11.5, 11, 10.5], leading: 1.5, indent: 0 }
const single: Ladder = { sizes: [12, 11.5, 11, 10.5, 10], leading: 1.2, indent: 0 }
/** In a narrow box a short value rather gets smaller than is torn. */
const narrow = { width: 100, sizes: [9.5, 9] }
const wrapped: Ladder = { sizes: [10.5, 10, 9.5, 9, 8.5, 8, 7.5], leading: 1.2, indent: 0 }

/** The largest size at which the whole text fits; at the smallest, what the room holds and the rest. */
export function fitText(text: string, room: Room, ladder: Ladder, setting: Setting): Fit {
  const [largest, ...smaller] = ladder.sizes
  const first = fitAt(text, room, largest, ladder, setting)
  const smallest = smaller.pop()
  if (first.rest.length === 0 || smallest === undefined) return first
  // A text of many pages fits at no size: the last is asked before those between.
  const last = fitAt(text, room, smallest, ladder, setting)
  if (last.rest.length > 0) return last
  for (const size of smaller) {
    const fit = fitAt(text, room, size, ladder, setting)
    if (fit.rest.length === 0) return fit
  }
  return last
}

/** A value in a small box shrinks on one line first, then wraps and shrinks; null when the box cannot hold it. */
export function fitValue(text: string, room: Room, setting: Setting): Fit | null {
  const sizes = room.width < narrow.width ? [...single.sizes, ...narrow.sizes] : single.sizes
  for (const size of sizes) {
    const fit = fitAt(text, room, size, single, setting)
    if (fit.lines.length <= 1 && fit.rest.length === 0) return fit
  }
  const fit = fitText(text, room, wrapped, setting)
  return fit.rest.length === 0 ? fit : null
}

function fitAt(text: string, room: Room, size: number, ladder: Ladder, setting: Setting): Fit {
  const scale = 1000 / size
  const indent = ladder.indent * 1000
  const lines = breakLines(text, {
    advance: advanceIn(setting),
    room: room.width * scale,
    indent,
    name: setting.name ?? false,
  })
  const leading = size * ladder.leading
  const held = Math.max(0, Math.floor((room.height + leading - size) / leading + 1e-6))
  return { size, leading, lines: lines.slice(0, held), rest: lines.slice(held) }
}
