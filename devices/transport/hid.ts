import { type AttachedReader, chooseDevice, type HidDeviceInfo, namedDevices } from './attached.ts'
import { type Lock, lockName } from './lock.ts'
import { listeners, type Transport, TransportError } from './transport.ts'

/** What this file needs of node-hid; tests pass a stand-in of the same shape. */
export type HidLibrary = {
  devicesAsync(): Promise<HidDeviceInfo[]>
  HIDAsync: { open(path: string): Promise<HidHandle> }
}
export type HidHandle = {
  on(event: 'data', listener: (report: Uint8Array) => void): unknown
  on(event: 'error', listener: (error: unknown) => void): unknown
  write(report: Buffer): Promise<number>
  sendFeatureReport(report: Buffer): Promise<number>
  close(): Promise<void>
}

const libraryRemedy =
  'USB HID devices cannot be used because a system library is missing. ' +
  'Install the packages libudev1 and libusb-1.0-0 (Debian: apt-get install libudev1 libusb-1.0-0) and start again.'

/** Loaded on first use: a machine without USB libraries can still run everything else. */
async function loadLibrary(): Promise<HidLibrary> {
  try {
    const module = await import('node-hid')
    return (module.default ?? module) as unknown as HidLibrary
  } catch (error) {
    throw new TransportError('library_missing', libraryRemedy, error)
  }
}

/**
 * All attached HID devices that have a serial number. Readers are known by serial, never by path: after replugging,
 * the same path may be another device.
 */
export async function attachedReaders(library?: HidLibrary): Promise<AttachedReader[]> {
  return namedDevices(await listed(library ?? (await loadLibrary())))
}

/**
 * Opens the device with this serial number, for this process alone: systems let two processes open one device, and each
 * would then read half of the other's answers. Only node-hid's asynchronous class is used: the synchronous one occupies
 * a thread of the pool per device and may crash when closed during a read.
 */
export async function openHid(serial: string, library?: HidLibrary): Promise<Transport> {
  const hid = library ?? (await loadLibrary())
  const found = chooseDevice(await listed(hid), serial)
  const lock = await lockName(`reader ${serial}`)
  if (!lock) {
    throw new TransportError(
      'in_use',
      `The reader ${serial} is already used by another agent or program of this product`,
    )
  }
  try {
    return overHandle(await opened(hid, found), lock)
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function opened(hid: HidLibrary, { path, serial }: AttachedReader): Promise<HidHandle> {
  try {
    return await hid.HIDAsync.open(path)
  } catch (error) {
    // Pulled out between listing and opening: that is no matter of permission. This throws not_found.
    chooseDevice(await listed(hid), serial)
    const remedy = 'On Linux a udev rule must give the agent access to the reader (GROUP="plugdev", MODE="0660").'
    throw new TransportError('no_permission', `Cannot open ${path}: ${String(error)}. ${remedy}`, error)
  }
}

function overHandle(handle: HidHandle, lock: Lock): Transport {
  const data = listeners<Uint8Array>()
  const errors = listeners<TransportError>()
  let gone: TransportError | null = null
  let closing: Promise<void> | null = null

  handle.on('data', (report) => {
    if (!closing) data.call(new Uint8Array(report))
  })
  // node-hid emits a plain string here, not an Error, and without a listener it would end the process. It is the only
  // sign of an unplugged device; its text speaks of a timeout, so the text is never looked at.
  handle.on('error', (error) => {
    if (gone || closing) return
    gone = new TransportError('unplugged', String(error), error)
    errors.call(gone)
  })

  const send = async (work: () => Promise<number>) => {
    if (closing) throw new TransportError('closed', 'This end is closed')
    if (gone) throw gone
    try {
      // The count that comes back differs between systems (64 or 65 for the same report): it is not looked at.
      await work()
    } catch (error) {
      throw new TransportError('unplugged', String(error), error)
    }
  }
  return {
    write: (report) => send(() => handle.write(Buffer.from(report))),
    sendFeature: (report) => send(() => handle.sendFeatureReport(Buffer.from(report))),
    onData: data.add,
    onError: errors.add,
    close() {
      // A second close of the handle rejects, and so may the first one when the device is already gone.
      closing ??= listening()
        .then(() => handle.close())
        .catch(() => undefined)
        .then(lock.release)
      return closing
    },
  }
}

/**
 * node-hid begins to read one tick after somebody listens, and throws where nobody can catch it when the device was closed
 * in that tick: a close waits until it has begun.
 */
function listening(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** The native part is loaded by the first call only, and that is this one. */
async function listed(hid: HidLibrary): Promise<HidDeviceInfo[]> {
  try {
    return await hid.devicesAsync()
  } catch (error) {
    throw new TransportError('library_missing', `${libraryRemedy} (${String(error)})`, error)
  }
}
