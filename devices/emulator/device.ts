import { deviceLink, type Profile } from '#devices/link/profile.ts'
import type { DialectName } from '#devices/protocol/dialects.ts'
import { memoryPair } from '#devices/transport/memory.ts'
import { type DeviceTransport, type Transport, TransportError } from '#devices/transport/transport.ts'
import type { Finger } from './finger.ts'
import { type Library, loadLibrary, makeLibrary } from './library.ts'
import { EmulatedModule, type ModuleOptions } from './module.ts'

/** A whole emulated reader: the module, the bridge before it, and the cable. */
export type EmulatedReader = {
  readonly serial: string
  readonly module: EmulatedModule
  /** What opening the USB device would give; throws not_found while it is unplugged. */
  open(): Promise<Transport>
  /** Whose finger to lay on so that this slot is found; an empty slot has a finger of its own, ready to be enrolled. */
  fingerOfSlot(slot: number): string
  /** A finger that is in no slot. */
  stranger(): string
  press(finger: Finger): void
  lift(): void
  unplug(): void
  replug(): void
}

export type EmulatedReaderOptions = ModuleOptions & { profile: Profile; library: Library }

export function emulatedReader(options: EmulatedReaderOptions): EmulatedReader {
  const { library, profile } = options
  const module = new EmulatedModule(library, options)
  const serial = library.file.serial
  let plugged = true
  let cable: DeviceTransport | null = null
  module.powerOn()

  return {
    serial,
    module,
    async open() {
      if (!plugged) throw new TransportError('not_found', `The emulated reader ${serial} is unplugged`)
      cable?.unplug()
      const pair = memoryPair()
      cable = pair.device
      const link = deviceLink(profile, pair.device)
      module.onSend(link.write)
      link.onBytes((bytes) => module.receive(bytes))
      return pair.host
    },
    fingerOfSlot: (slot) => library.identityOf(slot) ?? `finger ${slot} of ${serial}`,
    stranger() {
      const taken = new Set(library.slots().map((slot) => library.identityOf(slot)))
      let number = 1
      while (taken.has(`stranger ${number}`)) number++
      return `stranger ${number}`
    },
    press: (finger) => module.press(finger),
    lift: () => module.lift(),
    unplug() {
      plugged = false
      module.powerOff()
      cable?.unplug()
      cable = null
    },
    replug() {
      if (plugged) return
      plugged = true
      module.powerOn()
    },
  }
}

/** The library of a reader from its file. */
export const libraryFromFile = loadLibrary

/** A module fresh from the factory, in memory only. */
export function emptyLibrary(serial: string, dialect: DialectName, capacity = 200): Library {
  return makeLibrary({ serial, dialect, capacity, password: 0, slots: {} })
}
