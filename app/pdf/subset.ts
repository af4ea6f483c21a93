import type { FontFile } from './font-file.ts'

/** The glyphs that one document uses, numbered in the order of their first use. */
export type Subset = {
  /** The number by which the page calls this glyph; the same code point has the same number. */
  readonly add: (codePoint: number, glyph: number) => number
  readonly encode: () => Uint8Array
}

/**
 * A TrueType file of the used glyphs alone. Their outlines are cut out of the open file as they stand, without being read, and each
 * code point has an entry of its own, so that 一 and the radical ⼀, one drawing in the font, come back as what they were.
 */
export function trueTypeSubset(font: FontFile): Subset {
  const numbers = new Map<number, number>()
  const glyphs = [0]
  return {
    add: (codePoint, glyph) => {
      const known = numbers.get(codePoint)
      if (known !== undefined) return known
      numbers.set(codePoint, glyphs.length)
      return glyphs.push(glyph) - 1
    },
    encode: () => fontOf(font, outlines(font, glyphs)),
  }
}

type Outlines = { readonly glyphs: readonly number[]; readonly data: readonly Buffer[] }

/** The outlines in order; the parts of composite glyphs follow behind. */
function outlines(font: FontFile, wanted: readonly number[]): Outlines {
  const glyphs = [...wanted]
  const data: Buffer[] = []
  for (let index = 0; index < glyphs.length; index += 1) {
    const own = outline(font, glyphs[index] as number)
    data.push(own.length > 0 && own.readInt16BE(0) < 0 ? renumbered(own, glyphs) : own)
  }
  return { glyphs, data }
}

function outline(font: FontFile, glyph: number): Buffer {
  const [loca, glyf, head] = [table(font, 'loca'), table(font, 'glyf'), table(font, 'head')]
  const long = head.readInt16BE(50) === 1
  const at = (index: number) => (long ? loca.readUInt32BE(index * 4) : loca.readUInt16BE(index * 2) * 2)
  return glyf.subarray(at(glyph), at(glyph + 1))
}

const [wordsFlag, scaleFlag, moreFlag, xyScaleFlag, matrixFlag] = [0x1, 0x8, 0x20, 0x40, 0x80]

/** A composite glyph whose parts are called by their numbers in the subset. Source: OpenType `glyf`, composite description. */
function renumbered(own: Buffer, glyphs: number[]): Buffer {
  const copy = Buffer.from(own)
  let [at, flags] = [10, moreFlag]
  while (flags & moreFlag) {
    flags = copy.readUInt16BE(at)
    copy.writeUInt16BE(glyphs.push(copy.readUInt16BE(at + 2)) - 1, at + 2)
    at += 4 + (flags & wordsFlag ? 4 : 2) + transformSize(flags)
  }
  return copy
}

function transformSize(flags: number): number {
  if (flags & scaleFlag) return 2
  if (flags & xyScaleFlag) return 4
  return flags & matrixFlag ? 8 : 0
}

function fontOf(font: FontFile, { glyphs, data }: Outlines): Uint8Array {
  const offsets = Buffer.alloc((data.length + 1) * 4)
  const metrics = Buffer.alloc(glyphs.length * 4)
  let end = 0
  data.forEach((one, index) => {
    metrics.writeUInt16BE(font.advanceOf(glyphs[index] as number), index * 4)
    metrics.writeInt16BE(font.bearingOf(glyphs[index] as number), index * 4 + 2)
    end += padded(one.length)
    offsets.writeUInt32BE(end, index * 4 + 4)
  })
  const prep = font.table('prep')
  return assembled([
    ['glyf', Buffer.concat(data.flatMap((one) => [one, Buffer.alloc(padded(one.length) - one.length)]))],
    [
      'head',
      edited(table(font, 'head'), [
        [8, 0],
        [10, 0],
        [50, 1],
      ]),
    ],
    ['hhea', edited(table(font, 'hhea'), [[34, glyphs.length]])],
    ['hmtx', metrics],
    ['loca', offsets],
    ['maxp', edited(table(font, 'maxp'), [[4, glyphs.length]])],
    ...(prep ? [['prep', prep] as [string, Buffer]] : []),
  ])
}

/** A copy of a table with numbers of two bytes written anew, each at its place. */
function edited(source: Buffer, changes: readonly (readonly [number, number])[]): Buffer {
  const copy = Buffer.from(source)
  for (const [at, value] of changes) copy.writeUInt16BE(value, at)
  return copy
}

function assembled(tables: readonly (readonly [string, Buffer])[]): Uint8Array {
  const header = Buffer.alloc(12 + tables.length * 16)
  const power = 2 ** Math.floor(Math.log2(tables.length))
  header.writeUInt32BE(0x0001_0000, 0)
  header.writeUInt16BE(tables.length, 4)
  header.writeUInt16BE(power * 16, 6)
  header.writeUInt16BE(Math.log2(power), 8)
  header.writeUInt16BE((tables.length - power) * 16, 10)
  const parts: Buffer[] = [header]
  let start = header.length
  tables.forEach(([tag, body], index) => {
    const entry = 12 + index * 16
    header.write(tag.padEnd(4), entry, 'latin1')
    header.writeUInt32BE(checksum(body), entry + 4)
    header.writeUInt32BE(start, entry + 8)
    header.writeUInt32BE(body.length, entry + 12)
    parts.push(body, Buffer.alloc(padded(body.length) - body.length))
    start += padded(body.length)
  })
  return Buffer.concat(parts)
}

function checksum(body: Buffer): number {
  let sum = 0
  const whole = body.length - (body.length % 4)
  for (let at = 0; at < whole; at += 4) sum = (sum + body.readUInt32BE(at)) >>> 0
  for (let at = whole; at < body.length; at += 1)
    sum = (sum + (body[at] as number) * 2 ** (24 - 8 * (at - whole))) >>> 0
  return sum
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4
}

function table(font: FontFile, tag: string): Buffer {
  const found = font.table(tag)
  if (!found) throw new Error(`${font.name} has no table ${tag}`)
  return found
}
