import { openReader, type Reader, type ReaderOptions } from '#devices/driver/reader.ts'
import { type EmulatedReader, emptyLibrary, emulatedReader } from '#devices/emulator/device.ts'
import type { Library } from '#devices/emulator/library.ts'
import type { ModuleOptions } from '#devices/emulator/module.ts'
import { openLink, type Profile } from '#devices/link/profile.ts'
import type { DialectName } from '#devices/protocol/dialects.ts'

export const latencyFactor = 0.02

/** Waits for something that happens by itself; the limit is only there to end a broken test. */
export async function eventually<Value>(
  look: () => Value | null | undefined | false,
  withinMs = 10_000,
): Promise<Value> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const value = look()
    if (value) return value
    if (performance.now() > deadline) throw new Error(`did not happen: ${look}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

export type Bench = { device: EmulatedReader; library: Library; connect(options?: ReaderOptions): Promise<Reader> }

/** An emulated reader on the bench and a way to open it as the agent would. */
export function bench(profile: Profile, dialect: DialectName, options: ModuleOptions = {}): Bench {
  const library = emptyLibrary('BENCH1', dialect, 200)
  const device = emulatedReader({ profile, library, latencyFactor, ...options })
  return {
    device,
    library,
    connect: async (readerOptions = {}) => openReader(await openLink(profile, await device.open()), readerOptions),
  }
}

export const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
