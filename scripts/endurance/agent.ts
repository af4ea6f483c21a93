import { createInterface } from 'node:readline'
import { pino } from 'pino'
import { startAgent } from '#devices/agent/agent.ts'
import { ReaderWorker } from '#devices/agent/worker.ts'
import { openCable } from './sockets.ts'

/**
 * An agent like any other, but for two things: its readers hang on sockets, because they must outlive it, and its clock
 * can be set by a line on standard input.
 */
export type EnduranceAgent = {
  readonly server: string
  readonly dataDir: string
  readonly name: string
  readonly pairingCode: string
  readonly shiftMs: number
  readonly readers: readonly { readonly serial: string; readonly path: string }[]
}

export async function runEnduranceAgent(settings: EnduranceAgent): Promise<void> {
  const { server, dataDir, name, pairingCode, shiftMs, readers } = settings
  let jump = 0
  const clock = { now: () => Date.now() + shiftMs + jump, monotonic: () => performance.now() }
  const config = { server, dataDir, name, pairingCode, clockOffsetMs: 0, readers: [], discover: false }
  const log = pino({ name, level: 'warn' }, process.stderr)
  await startAgent({
    config,
    clock,
    log,
    version: 'endurance',
    retryMs: 100,
    workers: (shared) =>
      readers.map(({ serial, path }) => {
        const open = () => openCable(path)
        return new ReaderWorker({ ...shared, serial, profile: 'raw64', emulated: true, open })
      }),
  })
  createInterface({ input: process.stdin }).on('line', (line) => {
    jump = Number(line)
    process.stdout.write(`clock ${jump}\n`)
  })
  process.stdout.write('started\n')
}
