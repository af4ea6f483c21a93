import { pause } from '#devices/driver/pause.ts'
import { emulatedReader, libraryFromFile } from '#devices/emulator/device.ts'
import { cp2110 } from '#devices/link/cp2110.ts'
import { attachedReaders, openHid } from '#devices/transport/hid.ts'
import type { AgentConfig } from './config.ts'
import { emulatedPresses, type Presses } from './presses.ts'
import { troubleOf } from './trouble.ts'
import { ReaderWorker, type WorkerOptions } from './worker.ts'

/** What all workers of an agent share. */
export type Shared = Pick<WorkerOptions, 'spool' | 'clock' | 'offset' | 'log' | 'retryMs'>

type ReaderConfig = AgentConfig['readers'][number]

/** The worker of a configured reader; an emulated one comes with the fingers to press on it. */
export function configuredReader(
  config: ReaderConfig,
  shared: Shared,
  signal: AbortSignal,
): { worker: ReaderWorker; presses: Presses | null } {
  const { serial, profile } = config
  if (!config.emulated) {
    const { password, dialect } = config
    const reader = { password, ...(dialect === undefined ? {} : { dialect }) }
    const open = () => openHid(serial)
    return { worker: new ReaderWorker({ ...shared, serial, profile, emulated: false, open, reader }), presses: null }
  }
  const library = libraryFromFile(config.file)
  if (library.file.serial !== serial || library.file.dialect !== config.dialect) {
    throw new Error(`${config.file} is the memory of another module than ${serial} (${config.dialect})`)
  }
  const device = emulatedReader({ library, profile, latencyFactor: config.latency })
  const reader = { password: library.file.password }
  const options = { ...shared, serial, profile, emulated: true, open: device.open, reader }
  return { worker: new ReaderWorker(options), presses: emulatedPresses(device, config.latency, signal) }
}

/** Readers are looked for this often; listing devices is costly. */
const discoverAgainMs = 5000

/**
 * Adds a worker for every attached CP2110 bridge that nobody configured, whenever it is plugged in. Whoever is found
 * once stays known and is tried again by its worker. A machine without the libraries to look for readers goes on
 * looking: the agent stays up and says why it has none.
 */
export async function discoverReaders(options: {
  known: ReadonlyMap<string, ReaderWorker>
  shared: Shared
  add(worker: ReaderWorker): void
  /** Why looking failed, as a code; null each time it worked. */
  searched(trouble: string | null): void
  signal: AbortSignal
  /** The serial numbers of all attached bridges. */
  attached?: () => Promise<string[]>
  everyMs?: number
}): Promise<void> {
  const { known, shared, signal, attached = attachedBridges } = options
  let told = ''
  while (!signal.aborted) {
    try {
      const serials = await attached()
      // The agent may have stopped meanwhile: a worker that begins now would never end.
      if (signal.aborted) return
      for (const serial of serials.filter((found) => !known.has(found))) {
        const open = () => openHid(serial)
        options.add(new ReaderWorker({ ...shared, serial, profile: 'cp2110', emulated: false, open }))
      }
      told = ''
      options.searched(null)
    } catch (error) {
      if (told !== String(error)) shared.log.error({ error: String(error) }, 'readers cannot be looked for')
      told = String(error)
      options.searched(troubleOf(error).detail)
    }
    await pause(options.everyMs ?? discoverAgainMs, signal)
  }
}

async function attachedBridges(): Promise<string[]> {
  const attached = await attachedReaders()
  return attached
    .filter(({ vendorId, productId }) => vendorId === cp2110.vendorId && productId === cp2110.productId)
    .map(({ serial }) => serial)
}
