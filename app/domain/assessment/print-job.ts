/** How a person's register came out of a print: as meant, with something to look at, or not at all. */
export type PrintOutcome = 'normal' | 'look' | 'failed'

/** What may be said of one person's register 打印结果. */
export type PrintProblem = {
  readonly personId: string
  readonly code: PrintProblemCode
  readonly facts: Readonly<Record<string, string | number>>
}

const outcomes = {
  blanks: 'look',
  font_changed: 'look',
  continued: 'look',
  characters_missing: 'failed',
  no_register: 'failed',
  not_here: 'failed',
  not_rendered: 'failed',
} as const satisfies Record<string, PrintOutcome>

export type PrintProblemCode = keyof typeof outcomes

/** Whether a problem leaves a register out or only asks for a look. */
export function outcomeOf(code: PrintProblemCode): PrintOutcome {
  return outcomes[code]
}

/** The outcome of each person of a job: the worst of what is said of that person. */
export function outcomesOf(
  personIds: readonly string[],
  problems: readonly PrintProblem[],
): Readonly<Record<PrintOutcome, readonly string[]>> {
  const worst = (id: string): PrintOutcome => {
    const found = problems.filter((problem) => problem.personId === id).map(({ code }) => outcomeOf(code))
    if (found.includes('failed')) return 'failed'
    return found.includes('look') ? 'look' : 'normal'
  }
  const of = (outcome: PrintOutcome) => personIds.filter((id) => worst(id) === outcome)
  return { normal: of('normal'), look: of('look'), failed: of('failed') }
}

/** How long a finished file is kept, and a job's record. */
export const fileKeptMs = 24 * 3_600_000
export const jobKeptMs = 30 * 24 * 3_600_000

/** More people than any centre has: what asks for more is no selection. */
export const selectionLimit = 2_000

const forbidden = /[\\/:*?"<>|]|\p{Cc}|\p{Cf}/gu

/** A file name that every system takes: number and name, without what a path or a shell would read otherwise. */
export function fileNameOf(number: string, name: string, ending: 'pdf' | 'zip'): string {
  const plain = `${number}-${name}`.replace(forbidden, '').replace(/\s+/gu, ' ').trim()
  const cut = [...plain]
    .slice(0, 80)
    .join('')
    .replace(/[. ]+$/u, '')
    .replace(/^[.-]+/u, '')
  return `${cut === '' ? 'register' : cut}.${ending}`
}
