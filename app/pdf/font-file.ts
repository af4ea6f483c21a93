/** A font opened once per process: where each character's drawing lies, how wide it is, and the measures of the whole. */
export type FontFile = {
  readonly name: string
  readonly bytes: Buffer
  readonly unitsPerEm: number
  readonly ascent: number
  readonly descent: number
  readonly capHeight: number
  readonly xHeight: number
  readonly bounds: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number }
  /** The glyph of a code point; 0 when the font has none. */
  readonly glyphOf: (codePoint: number) => number
  readonly advanceOf: (glyph: number) => number
  readonly bearingOf: (glyph: number) => number
  readonly table: (tag: string) => Buffer | null
}

const highestCodePoint = 0x32_3af

/** Reads a TrueType or OpenType file as far as paper needs it. Source: OpenType 1.9.1, `cmap` format 12, `hmtx`, `head`, `OS/2`. */
export function openFont(name: string, bytes: Buffer): FontFile {
  const table = tablesOf(bytes)
  const [head, hhea, os2] = [need(table, 'head'), need(table, 'hhea'), need(table, 'OS/2')]
  const glyphs = characterMap(need(table, 'cmap'))
  const metrics = need(table, 'hmtx')
  const lastMetric = hhea.readUInt16BE(34) - 1
  return {
    name,
    bytes,
    unitsPerEm: head.readUInt16BE(18),
    ascent: hhea.readInt16BE(4),
    descent: hhea.readInt16BE(6),
    capHeight: os2.readInt16BE(88),
    xHeight: os2.readInt16BE(86),
    bounds: {
      minX: head.readInt16BE(36),
      minY: head.readInt16BE(38),
      maxX: head.readInt16BE(40),
      maxY: head.readInt16BE(42),
    },
    glyphOf: (codePoint) => glyphs[codePoint] ?? 0,
    advanceOf: (glyph) => metrics.readUInt16BE(Math.min(glyph, lastMetric) * 4),
    bearingOf: (glyph) => bearing(metrics, glyph, lastMetric),
    table,
  }
}

function bearing(metrics: Buffer, glyph: number, lastMetric: number): number {
  return glyph <= lastMetric
    ? metrics.readInt16BE(glyph * 4 + 2)
    : metrics.readInt16BE((lastMetric + 1) * 4 + (glyph - lastMetric - 1) * 2)
}

function tablesOf(bytes: Buffer): (tag: string) => Buffer | null {
  const tables = new Map<string, Buffer>()
  for (let index = 0; index < bytes.readUInt16BE(4); index += 1) {
    const at = 12 + index * 16
    const start = bytes.readUInt32BE(at + 8)
    tables.set(bytes.toString('latin1', at, at + 4), bytes.subarray(start, start + bytes.readUInt32BE(at + 12)))
  }
  return (tag) => tables.get(tag) ?? null
}

function need(table: (tag: string) => Buffer | null, tag: string): Buffer {
  const found = table(tag)
  if (!found) throw new Error(`the font file has no table ${tag}`)
  return found
}

/** All characters in one flat list, so that a look-up is one read. */
function characterMap(cmap: Buffer): Uint16Array {
  const groups = cmap.subarray(formatTwelve(cmap))
  const glyphs = new Uint16Array(highestCodePoint + 1)
  for (let index = 0; index < groups.readUInt32BE(12); index += 1) {
    const [first, last, glyph] = [0, 4, 8].map((offset) => groups.readUInt32BE(16 + index * 12 + offset))
    fill(glyphs, first as number, Math.min(last as number, highestCodePoint), glyph as number)
  }
  return glyphs
}

function fill(glyphs: Uint16Array, first: number, last: number, glyph: number): void {
  for (let codePoint = first; codePoint <= last; codePoint += 1) glyphs[codePoint] = glyph + codePoint - first
}

function formatTwelve(cmap: Buffer): number {
  for (let index = 0; index < cmap.readUInt16BE(2); index += 1) {
    const at = cmap.readUInt32BE(4 + index * 8 + 4)
    if (cmap.readUInt16BE(at) === 12) return at
  }
  throw new Error('the font file has no cmap of format 12')
}
