import type { CommandBody } from '#devices/contract.ts'
import { type EnrolOptions, enrol } from '#devices/driver/enrol.ts'
import type { Patience } from '#devices/driver/finger.ts'
import type { Reader } from '#devices/driver/reader.ts'
import { rangesOf, removeSlot, takenSlots } from '#devices/driver/slots.ts'
import { tryFinger } from '#devices/driver/try-finger.ts'
import type { Clock } from './clock.ts'
import type { Facts, Outcome, Tell } from './commands.ts'
import type { Presses } from './presses.ts'
import type { ReaderWorker } from './worker.ts'

/** What a command that waits for a finger needs. The signal is this command's own: somebody cancelled it. */
export type AtReader = {
  worker: ReaderWorker
  presses: Presses | undefined
  clock: Clock
  signal: AbortSignal
  tell: Tell
}

/** From the officer's screen to the reader it is a few steps; a command that waits longer would be offered again. */
const fingerMs = 45_000

const takesFinger = { takesFinger: true }

/** Everything a page needs to prove what the module holds: its own count and its index table. */
async function proof(reader: Reader): Promise<{ templates: number; taken: string }> {
  return { templates: await reader.count(), taken: rangesOf(await takenSlots(reader)) }
}

/** Whoever is simulated waits while a real enrolment has the reader: his finger would be taken for the new one. */
async function alone<Value>({ presses }: AtReader, work: () => Promise<Value>): Promise<Value> {
  const release = presses?.hold()
  try {
    return await work()
  } finally {
    release?.()
  }
}

function patience({ clock, signal }: AtReader, stopping: AbortSignal): Patience & { signal: AbortSignal } {
  return { now: clock.monotonic, fingerMs, signal: AbortSignal.any([signal, stopping]) }
}

export function enrolFinger(at: AtReader, body: Extract<CommandBody, { kind: 'enrol' }>): Promise<Outcome> {
  const { slot, presses } = body
  return alone(at, () =>
    at.worker.do(async (reader, stopping) => {
      const before = await reader.count()
      const onStep: EnrolOptions['onStep'] = ({ step, ...facts }) => {
        if (step !== 'stored') at.tell(step, facts)
      }
      const result = await enrol(reader, { ...patience(at, stopping), slot, presses, onStep })
      const held: Facts = await proof(reader)
      if (result.ok) return { state: 'done', step: 'stored', facts: { slot, before, ...held } }
      const { kind, ...facts } = result.refusal
      return { state: 'failed', step: kind, facts: { ...facts, ...held } }
    }, takesFinger),
  )
}

export function identifyFinger(at: AtReader): Promise<Outcome> {
  return alone(at, () =>
    at.worker.do(async (reader, stopping) => {
      const onStep = ({ step, ...facts }: { step: string; reason?: string }) => at.tell(step, facts)
      const { kind, ...facts } = await tryFinger(reader, { ...patience(at, stopping), onStep })
      return { state: kind === 'recognised' ? 'done' : 'failed', step: kind, facts }
    }, takesFinger),
  )
}

export function deleteFinger(worker: ReaderWorker, slot: number): Promise<Outcome> {
  return worker.do(async (reader) => {
    const before = await reader.count()
    const { wasTaken } = await removeSlot(reader, slot)
    const facts = { slot, was_taken: wasTaken ? 1 : 0, before, ...(await proof(reader)) }
    return { state: 'done', step: 'deleted', facts }
  })
}
