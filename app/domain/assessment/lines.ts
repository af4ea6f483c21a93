/**
 * Chinese line breaking 中文排版避头尾: no closing mark at a line's start, no opening mark at its end, nothing torn inside a number or a
 * Latin word unless it is longer than the line. Works by code point. Source: GB/T 15834-2011 §5; domain.md §2.7.
 */
export type Line = {
  readonly text: string
  /** In the units of the widths that were given. */
  readonly width: number
  readonly indent: number
  /** The last line of its paragraph, which is never stretched. */
  readonly last: boolean
}

export type LineRoom = {
  /** Advance of a code point. */
  readonly advance: (codePoint: number) => number
  readonly room: number
  /** Before the first line of each paragraph 首行缩进. */
  readonly indent: number
  /** A name: broken behind the dot between its parts, a hyphen or a space before anywhere else. */
  readonly name?: boolean
}

export const neverFirst = new Set(points('。，、；：？！》」』）〉】〕］｝”’…‥·．‰％℃°″′,.;:?!)]}%～'))
export const neverLast = new Set(points('《「『（〈【〔［｛“‘￥＄([{$'))

const pairs = new Set(points('—…‥'))
const joiners = new Set(points(".,:/%‰°'’-_@+&#=~–—"))
const [space, wideSpace, hyphen, dot] = [0x20, 0x3000, 0x2d, 0xb7]

function points(text: string): number[] {
  return [...text].map((character) => character.codePointAt(0) as number)
}

/** Breaks a text into lines; each line feed begins a paragraph, empty ones and the writer's own indents are left out. */
export function breakLines(text: string, room: LineRoom): Line[] {
  return text.split('\n').flatMap((paragraph) => {
    const trimmed = paragraph.trim()
    return trimmed === '' ? [] : paragraphLines(points(trimmed), room)
  })
}

function paragraphLines(text: readonly number[], { advance, room, indent, name }: LineRoom): Line[] {
  const rank = name ? nameRank : breakRank
  const lines: Line[] = []
  let from = 0
  while (from < text.length) {
    const before = lines.length === 0 ? indent : 0
    const to = lineEnd(text, from, rank, advance, room - before)
    lines.push(lineOf(text, from, to, before, advance))
    from = to
    while (from < text.length && isSpace(text[from] as number)) from += 1
  }
  return lines
}

function lineOf(text: readonly number[], from: number, to: number, indent: number, advance: LineRoom['advance']): Line {
  let end = to
  while (end > from && isSpace(text[end - 1] as number)) end -= 1
  const shown = text.slice(from, end)
  const width = shown.reduce((sum, point) => sum + advance(point), 0)
  return { text: String.fromCodePoint(...shown), width, indent, last: to === text.length }
}

/** Where the line that begins at `from` ends: the last place that may be broken, else the least bad one. */
function lineEnd(
  text: readonly number[],
  from: number,
  rank: typeof breakRank,
  advance: LineRoom['advance'],
  room: number,
): number {
  const best = [from, from, from]
  let width = 0
  for (let at = from; at < text.length; at += 1) {
    const point = text[at] as number
    if (at > from) best[rank(text, at)] = at
    width += advance(point)
    if (width > room && !isSpace(point)) return best.find((place) => place > from) ?? Math.max(at, from + 1)
  }
  return text.length
}

/** 0 a good place to break before `at`, 1 after the hyphen of a long word, 2 inside a word, 3 never. */
function breakRank(text: readonly number[], at: number): 0 | 1 | 2 | 3 {
  const [left, right] = [text[at - 1] as number, text[at] as number]
  if (isSpace(right) || neverFirst.has(right) || neverLast.has(left)) return insideWord(text, at) ? 2 : 3
  if (left === right && pairs.has(left)) return 3
  if (left === space) return isDigit(text[at - 2]) && isDigit(right) ? 2 : 0
  if (!insideWord(text, at)) return 0
  return left === hyphen ? 1 : 2
}

/** In a name, a Chinese part holds together as a Latin word does. */
function nameRank(text: readonly number[], at: number): 0 | 1 | 2 | 3 {
  const [rank, left] = [breakRank(text, at), text[at - 1]]
  return rank === 0 && left !== dot && left !== space ? 2 : rank
}

function insideWord(text: readonly number[], at: number): boolean {
  const [left, right] = [text[at - 1] as number, text[at] as number]
  if (isLatin(left)) return isLatin(right) || (joiners.has(right) && isLatin(text[at + 1]))
  return joiners.has(left) && isLatin(text[at - 2]) && isLatin(right)
}

function isDigit(point: number | undefined): boolean {
  return point !== undefined && point >= 0x30 && point <= 0x39
}

function isLatin(point: number | undefined): boolean {
  if (point === undefined) return false
  return isDigit(point) || (point >= 0x41 && point <= 0x5a) || (point >= 0x61 && point <= 0x7a) || isAccented(point)
}

function isAccented(point: number): boolean {
  return point >= 0xc0 && point <= 0x24f && point !== 0xd7 && point !== 0xf7
}

function isSpace(point: number): boolean {
  return point === space || point === wideSpace
}
