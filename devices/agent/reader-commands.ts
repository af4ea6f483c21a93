import type { CommandBody } from '#devices/contract.ts'
import { selfTest } from '#devices/driver/self-test.ts'
import { rangesOf, takenSlots } from '#devices/driver/slots.ts'
import { readTemplate, writeTemplate } from '#devices/driver/template.ts'
import { ReaderError } from '#devices/protocol/codes.ts'
import type { Clock } from './clock.ts'
import type { Outcome, Tell } from './commands.ts'
import { troubleOf } from './trouble.ts'
import type { ReaderWorker } from './worker.ts'

/** Each step is told before it is tried; a test that fails says at which one. */
export function selfTestReader(worker: ReaderWorker, clock: Clock, tell: Tell): Promise<Outcome> {
  return worker.do(async (reader): Promise<Outcome> => {
    const start = clock.monotonic()
    const { failedAt, reason, code, facts: learnt } = await selfTest(reader, (step) => tell(step))
    const facts = { ...learnt, milliseconds: Math.round(clock.monotonic() - start) }
    if (failedAt === null) return { state: 'done', step: 'passed', facts }
    if (reason === 'count_differs') return { state: 'failed', step: 'count_differs', facts }
    const why = { at: failedAt, reason: reason ?? 'refused', ...(code === null ? {} : { code }) }
    return { state: 'failed', step: 'failed_at', facts: { ...facts, ...why } }
  })
}

export function readIndex(worker: ReaderWorker): Promise<Outcome> {
  return worker.do(async (reader) => {
    const templates = await reader.count()
    const taken = rangesOf(await takenSlots(reader))
    return { state: 'done', step: 'read', facts: { taken, templates, capacity: reader.parameters.capacity } }
  })
}

type Copy = Extract<CommandBody, { kind: 'copy' }>
type Target = Copy['to'][number]

/**
 * Carries one template to other readers of this agent. It is in this process's memory only while it is carried, is never
 * written, logged or sent to the server, and is overwritten at the end. At any moment one reader is used: two copies in
 * opposite directions do not wait for each other.
 */
export async function copyFinger(
  source: ReaderWorker,
  workers: ReadonlyMap<string, ReaderWorker>,
  { slot, to }: Copy,
  tell: Tell,
): Promise<Outcome> {
  const unfit = to.map((target) => ({ target, reason: unfitFor(source, workers.get(target.serial)) }))
  for (const { target, reason } of unfit) if (reason !== null) return copyRefused(target, reason)
  const template = await source.do((reader) => readTemplate(reader, slot))
  try {
    for (const target of to) {
      try {
        await workers.get(target.serial)?.do((reader) => writeTemplate(reader, target.slot, template))
      } catch (error) {
        return copyRefused(target, reasonOf(error))
      }
      tell('copied', { serial: target.serial, slot: target.slot })
    }
  } finally {
    template.fill(0)
  }
  return { state: 'done', step: 'copied_all', facts: { readers: to.length } }
}

/** Known before anything is read. A template is the maker's own format: another family would take it for noise. */
function unfitFor(source: ReaderWorker, target: ReaderWorker | undefined): string | null {
  if (!target) return 'other_agent'
  if (target === source) return 'same_reader'
  if (!target.isConnected) return target.status.detail ?? 'unplugged'
  return target.status.dialect === source.status.dialect ? null : 'dialect_differs'
}

function copyRefused({ serial, slot }: Target, reason: string): Outcome {
  return { state: 'failed', step: 'copy_refused', facts: { serial, slot, reason } }
}

/** A name that the pages have a sentence for: of the module's answer where it gave one. */
function reasonOf(error: unknown): string {
  return (error instanceof ReaderError && error.reason) || troubleOf(error).detail
}
