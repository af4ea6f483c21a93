import { characterFacts } from './parse.ts'

/** How deep inside a character a part is looked for, counted from its own parts. */
export const deepest = 3

let direct: ReadonlyMap<string, readonly string[]> | null = null

/** For each part the characters that have it one level down. */
function directHolders(): ReadonlyMap<string, readonly string[]> {
  if (direct) return direct
  const made = new Map<string, string[]>()
  for (const { character, parts } of characterFacts().values()) {
    for (const part of new Set(parts)) {
      const known = made.get(part)
      if (known) known.push(character)
      else made.set(part, [character])
    }
  }
  direct = made
  return made
}

/** Whether anything is made of it. */
export function isPart(character: string): boolean {
  return directHolders().has(character)
}

/** All characters that have one of these shapes inside, at any depth that is searched. */
export function holders(shapes: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>()
  let level: readonly string[] = [...shapes]
  for (let depth = 0; depth <= deepest; depth += 1) {
    level = level.flatMap((part) => directHolders().get(part) ?? []).filter((holder) => !found.has(holder))
    for (const holder of level) found.add(holder)
  }
  return found
}
