import type { Log } from './log.ts'

/** Longer than any command a reader may be busy with. */
export const longestStopMs = 20_000

/** A part that does not end, a USB library that never answers for example, must not hold the others for ever. */
export async function within(part: Promise<unknown>, name: string, log: Log, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      log.error({ part: name }, 'a part of the agent did not end and is left behind')
      resolve()
    }, ms)
  })
  await Promise.race([part, late]).finally(() => clearTimeout(timer))
}
