import { confirmation, poorImageReason } from '#devices/protocol/codes.ts'
import { img2Tz } from '#devices/protocol/command.ts'
import { asksForAnotherPress, findInLibrary, type Patience, waitForFinger } from './finger.ts'
import type { Reader } from './reader.ts'

export type Tried =
  | { kind: 'recognised'; slot: number; score: number; milliseconds: number }
  | { kind: 'not_recognised' }
  | { kind: 'nobody_came' }
  | { kind: 'stopped' }

export type TryOptions = Patience & { onStep(step: { step: 'press' } | { step: 'retry'; reason: string }): void }

/**
 * Looks at one finger and says which slot it is: the trial after an enrolment. It is no punch, and nothing is kept of it;
 * the milliseconds are those from the finger's image to the answer.
 */
export async function tryFinger(reader: Reader, options: TryOptions): Promise<Tried> {
  await reader.light('waiting')
  const tried = await lookOnce(reader, options)
  await reader.light(tried.kind === 'recognised' ? 'success' : 'failure')
  return tried
}

async function lookOnce(reader: Reader, options: TryOptions): Promise<Tried> {
  options.onStep({ step: 'press' })
  for (;;) {
    const came = await waitForFinger(reader, options, 'there')
    if (came !== 'so') return { kind: came === 'stopped' ? 'stopped' : 'nobody_came' }
    const start = options.now()
    const { code } = await reader.ask(img2Tz(1))
    if (code === confirmation.ok) return whose(reader, () => Math.round(options.now() - start))
    if (!asksForAnotherPress(reader, code)) throw reader.refused('Img2Tz', code)
    options.onStep({ step: 'retry', reason: poorImageReason(code, reader.dialect.name) })
    // One that stays is looked at again; the next turn notices a stop.
    await waitForFinger(reader, options, 'gone')
  }
}

async function whose(reader: Reader, elapsed: () => number): Promise<Tried> {
  const found = await findInLibrary(reader, 1)
  return found === null ? { kind: 'not_recognised' } : { kind: 'recognised', ...found, milliseconds: elapsed() }
}
