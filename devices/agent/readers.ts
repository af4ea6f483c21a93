import { pause } from '#devices/driver/pause.ts'
import { emulatedReader, libraryFromFile } from '#devices/emulator/device.ts'
import { cp2110 } from '#devices/link/cp2110.ts'
import { attachedReaders, openHid } from '#devices/transport/hid.ts'
import type { AgentConfig } from './config.ts'
import { emulatedPresses, type Presses } from './presses.ts'
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

/** Readers are looked for this often until the first one is found; listing devices is costly. */
const discoverAgainMs = 5000

/**
 * Adds a worker for every attached CP2110 bridge that nobody configured. A machine without a reader, or without the
 * libraries to look for one, goes on looking: the agent stays up and the log says why there is none.
 */
export async function discoverReaders(options: {
  known: ReadonlyMap<string, ReaderWorker>
  shared: Shared
  add(worker: ReaderWorker): void
  signal: AbortSignal
}): Promise<void> {
  const { known, shared, signal } = options
  let found = 0
  let told = ''
  while (found === 0 && !signal.aborted) {
    const serials = await attachedBridges().catch((error: unknown) => {
      if (told !== String(error)) shared.log.error({ error: String(error) }, 'readers cannot be looked for')
      told = String(error)
      return []
    })
    for (const serial of serials.filter((attached) => !known.has(attached))) {
      const open = () => openHid(serial)
      options.add(new ReaderWorker({ ...shared, serial, profile: 'cp2110', emulated: false, open }))
      found++
    }
    if (found === 0) await pause(discoverAgainMs, signal)
  }
}

async function attachedBridges(): Promise<string[]> {
  const attached = await attachedReaders()
  return attached
    .filter(({ vendorId, productId }) => vendorId === cp2110.vendorId && productId === cp2110.productId)
    .map(({ serial }) => serial)
}
