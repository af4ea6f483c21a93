import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { attachedReaders } from '#devices/transport/hid.ts'
import type { ReaderSettings } from './virtual-reader.ts'

/** The test's hand on a virtual reader: fingers, plug, and a sudden end. */
export type FarEnd = {
  readonly serial: string
  press(identity: string): Promise<string>
  lift(): Promise<string>
  plug(): Promise<string>
  unplug(): Promise<string>
  flood(count: number): Promise<string>
  /** Lengths of the output reports it has received. */
  outputs(): Promise<number[]>
  /** SIGKILL: nothing is said goodbye to. */
  kill(): Promise<void>
}

const running = new Set<ChildProcess>()

/** Starts a virtual reader and waits until the kernel lists it. */
export async function startReader(settings: ReaderSettings): Promise<FarEnd> {
  const words = [process.argv[1] ?? '', 'reader', JSON.stringify(settings)]
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] })
  running.add(child)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const lines: string[] = []
  const waiting: ((line: string) => void)[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    const next = waiting.shift()
    next ? next(line) : lines.push(line)
  })
  const answer = () => {
    const line = lines.shift()
    return line === undefined ? new Promise<string>((resolve) => waiting.push(resolve)) : Promise.resolve(line)
  }
  const act = (line: string) => {
    child.stdin.write(`${line}\n`)
    return answer()
  }
  await answer()
  await listed(settings.serial)
  return {
    serial: settings.serial,
    press: (identity) => act(`press ${identity}`),
    lift: () => act('lift'),
    plug: () => act('plug'),
    unplug: () => act('unplug'),
    flood: (count) => act(`flood ${count}`),
    outputs: async () => JSON.parse((await act('outputs')).slice('outputs '.length)),
    async kill() {
      child.kill('SIGKILL')
      await ended
      running.delete(child)
    },
  }
}

/** Waits until the kernel lists a device with this serial number, and says under which path. */
export async function listed(serial: string): Promise<string> {
  return eventually(async () => (await attachedReaders()).find((reader) => reader.serial === serial)?.path)
}

export function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
  running.clear()
}

/** Waits for something that happens by itself. The limit only ends a broken test: emulated processors are slow. */
export async function eventually<Value>(look: () => Promise<Value | undefined | null | false>): Promise<Value> {
  const deadline = performance.now() + 30_000
  for (;;) {
    const value = await look()
    if (value) return value
    if (performance.now() > deadline) throw new Error(`did not happen: ${look}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
