import { characterTable } from './table.ts'

export type CharacterFact = {
  readonly character: string
  /** What it is made of, one level down: 㛃 is 㓞 and 女. Empty where nobody has said. */
  readonly parts: readonly string[]
  /** Letters without tones: "jie". */
  readonly readings: readonly string[]
}

function factOf(entry: string): CharacterFact {
  const letters = entry.search(/[a-zê]/u)
  const [written, read] = letters < 0 ? [entry, ''] : [entry.slice(0, letters), entry.slice(letters)]
  const [character = '', ...parts] = [...written]
  return { character, parts, readings: read === '' ? [] : read.split(',') }
}

let known: ReadonlyMap<string, CharacterFact> | null = null

/** The table as a map, read at its first use. */
export function characterFacts(): ReadonlyMap<string, CharacterFact> {
  known ??= new Map(characterTable.flatMap((line) => line.split(' ').map(factOf)).map((fact) => [fact.character, fact]))
  return known
}
