import { listeners, type Transport, TransportError } from './transport.ts'

/** What this file needs of node-hid; tests pass a stand-in of the same shape. */
export type HidLibrary = {
  devicesAsync(): Promise<HidDeviceInfo[]>
  HIDAsync: { open(path: string): Promise<HidHandle> }
}
export type HidDeviceInfo = {
  vendorId: number
  productId: number
  path?: string | undefined
  serialNumber?: string | undefined
  product?: string | undefined
}
export type HidHandle = {
  on(event: 'data', listener: (report: Uint8Array) => void): unknown
  on(event: 'error', listener: (error: unknown) => void): unknown
  write(report: Buffer): Promise<number>
  sendFeatureReport(report: Buffer): Promise<number>
  close(): Promise<void>
}

export type AttachedReader = { path: string; serial: string; vendorId: number; productId: number; product: string }

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
  const hid = library ?? (await loadLibrary())
  const infos = await explain(() => hid.devicesAsync())
  return infos.flatMap(({ path, serialNumber, vendorId, productId, product }) =>
    path && serialNumber ? [{ path, serial: serialNumber, vendorId, productId, product: product ?? '' }] : [],
  )
}

/**
 * Opens the device with this serial number. Only node-hid's asynchronous class is used: the synchronous one occupies a
 * thread of the pool per device and may crash when closed during a read.
 */
export async function openHid(serial: string, library?: HidLibrary): Promise<Transport> {
  const hid = library ?? (await loadLibrary())
  const found = (await attachedReaders(hid)).find((reader) => reader.serial === serial)
  if (!found) throw new TransportError('not_found', `No HID device with the serial number ${serial} is attached`)
  const handle = await explain(() => hid.HIDAsync.open(found.path), found.path)
  return overHandle(handle)
}

function overHandle(handle: HidHandle): Transport {
  const data = listeners<Uint8Array>()
  const errors = listeners<TransportError>()
  let gone: TransportError | null = null
  let closing: Promise<void> | null = null

  handle.on('data', (report) => data.call(new Uint8Array(report)))
  // node-hid emits a plain string here, not an Error, and without a listener it would end the process.
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
      closing ??= handle.close().catch(() => undefined)
      return closing
    },
  }
}

async function explain<Value>(work: () => Promise<Value>, path?: string): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ERR_DLOPEN_FAILED') throw new TransportError('library_missing', libraryRemedy, error)
    const where = path ?? 'the list of HID devices'
    const remedy = 'On Linux a udev rule must give the agent access to the reader (GROUP="plugdev", MODE="0660").'
    throw new TransportError('no_permission', `Cannot open ${where}: ${String(error)}. ${remedy}`, error)
  }
}
