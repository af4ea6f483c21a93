/** The first blocks that GB 18030 writes with two bytes 双字节部分; office fonts hold these and often nothing more. */
const lastTwoByte = 0x9fa5
const firstUnified = 0x4e00

/**
 * Characters that fonts of office machines lack 生僻字: Extension A and beyond, and what was added to the first block later
 * (U+9FA6 on). Source: domain study §6.2–6.3, decisions 19.
 */
export function isRareOnScreen(character: string): boolean {
  const at = character.codePointAt(0) ?? 0
  if (!/^\p{Script=Han}$/u.test(character)) return false
  return at >= 0x3400 && (at < firstUnified || at > lastTwoByte)
}

/** The rare characters of some names, each once, in the order of their numbers: what the name font must hold. */
export function rareCharacters(names: Iterable<string>): string[] {
  const found = new Set<string>()
  for (const name of names) for (const character of name) if (isRareOnScreen(character)) found.add(character)
  return [...found].sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0))
}

/** The value of unicode-range for these characters: neighbours as one range. */
export function unicodeRange(characters: readonly string[]): string {
  const points = characters.map((one) => one.codePointAt(0) ?? 0).sort((a, b) => a - b)
  const ranges: [number, number][] = []
  for (const point of points) {
    const last = ranges[ranges.length - 1]
    if (last && point <= last[1] + 1) last[1] = point
    else ranges.push([point, point])
  }
  const hex = (point: number) => point.toString(16).toUpperCase()
  return ranges.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(', ')
}

/** Puts a character into a name where it is wanted; at the end when the place is unknown. Counted in characters. */
export function insertCharacter(name: string, character: string, at: number | null): string {
  const written = [...name]
  const place = at === null || at < 0 || at > written.length ? written.length : at
  return [...written.slice(0, place), character, ...written.slice(place)].join('')
}
