/** The five aspects 德能勤绩廉 that a year's summary answers to. Source: domain study §2.1 (art. 35). */
export const aspects = ['virtue', 'ability', 'diligence', 'results', 'integrity'] as const
export type Aspect = (typeof aspects)[number]

/** What the database keeps of each text, in characters 字. */
export const limits = { summary: 20_000, training: 4_000 } as const
export type OwnText = keyof typeof limits

/** From here on a text says how much room is left. */
const nearShare = 0.9

/** Characters as a reader counts them: a rare character outside the first plane is one, a line break is one. */
export function countCharacters(text: string): number {
  return [...text].length
}

/**
 * The text as it is kept: one kind of line break, no invisible control characters, no half characters, no trailing space.
 * Whatever a person can see stays as typed.
 */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/gu, '\n')
    .replace(/(?![\n\t])\p{Cc}|\p{Surrogate}|\ufeff/gu, '')
    .replace(/[ \t\u3000]+$/gmu, '')
    .trimEnd()
}

export type Room = {
  readonly count: number
  readonly limit: number
  /** Characters too many; 0 while it fits. */
  readonly over: number
  readonly state: 'empty' | 'fits' | 'near' | 'over'
}

/** How a text stands against its limit, after cleaning, so that page and server say the same number. */
export function roomOf(field: OwnText, text: string): Room {
  const count = countCharacters(cleanText(text))
  const limit = limits[field]
  const over = Math.max(0, count - limit)
  if (count === 0) return { count, limit, over, state: 'empty' }
  if (over > 0) return { count, limit, over, state: 'over' }
  return { count, limit, over, state: count >= limit * nearShare ? 'near' : 'fits' }
}

/** Under what a summary names an aspect; how people begin such a paragraph. */
const spoken: Readonly<Record<Aspect, RegExp>> = {
  virtue: /德|政治|思想/u,
  ability: /能：|能力|业务|本领|学习/u,
  diligence: /勤|出勤|作风|纪律/u,
  results: /绩|完成|办理|受理|成效/u,
  integrity: /廉/u,
}

/** Which aspects a summary does not seem to speak of: a hint for its writer, never a verdict. */
export function silentAspects(text: string): Aspect[] {
  return aspects.filter((aspect) => !spoken[aspect].test(text))
}

/** The years a person may still write: this one, and the last until the end of March, when the forms are in the files. */
export function writableYears(today: string): number[] {
  const year = Number(today.slice(0, 4))
  return Number(today.slice(5, 7)) <= 3 ? [year - 1, year] : [year]
}

/** The year whose forms are at hand: in January and February still the one that has just ended. */
export function yearAtHand(today: string): number {
  const year = Number(today.slice(0, 4))
  return Number(today.slice(5, 7)) <= 2 ? year - 1 : year
}
