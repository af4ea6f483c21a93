import { TransportError } from './transport.ts'

/** A device as node-hid lists it. */
export type HidDeviceInfo = {
  vendorId: number
  productId: number
  path?: string | undefined
  serialNumber?: string | undefined
  product?: string | undefined
  /** -1 or absent where the system does not know. */
  interface?: number | undefined
  usagePage?: number | undefined
}

export type AttachedReader = { path: string; serial: string; vendorId: number; productId: number; product: string }

/** Devices with a serial number. One path may be listed several times, once for each usage. */
export function namedDevices(infos: readonly HidDeviceInfo[]): AttachedReader[] {
  return distinct(infos).flatMap(({ path, serialNumber, vendorId, productId, product }) =>
    path && serialNumber ? [{ path, serial: serialNumber, vendorId, productId, product: product ?? '' }] : [],
  )
}

/**
 * The one device with this serial number. Two devices that claim the same one cannot be told apart, and punches of one
 * door must never be booked on another: neither is opened.
 */
export function chooseDevice(infos: readonly HidDeviceInfo[], serial: string): AttachedReader {
  const candidates = mainInterface(distinct(infos).filter(({ serialNumber }) => serialNumber === serial))
  const [found] = namedDevices(candidates)
  if (!found)
    throw new TransportError(
      'not_found',
      `No HID device with the serial number ${serial} is attached${nameless(infos)}`,
    )
  if (candidates.length > 1) {
    const paths = candidates.map(({ path }) => path).join(' and ')
    throw new TransportError(
      'duplicate_serial',
      `Two devices have the serial number ${serial}: ${paths}. Unplug one of them.`,
    )
  }
  return found
}

const firstVendorPage = 0xff00

/** One device may show several interfaces under one serial number, a keyboard for example: the maker's own counts. */
function mainInterface(infos: HidDeviceInfo[]): HidDeviceInfo[] {
  const own = infos.filter(({ usagePage }) => usagePage !== undefined && usagePage >= firstVendorPage)
  const left = own.length > 0 ? own : infos
  const numbers = new Set(left.map((info) => info.interface ?? -1))
  const one = left.every(
    ({ vendorId, productId }) => vendorId === left[0]?.vendorId && productId === left[0]?.productId,
  )
  if (!one || numbers.has(-1) || numbers.size < left.length) return left
  return left.sort((a, b) => (a.interface ?? 0) - (b.interface ?? 0)).slice(0, 1)
}

function distinct(infos: readonly HidDeviceInfo[]): HidDeviceInfo[] {
  const byPath = new Map<string, HidDeviceInfo>()
  for (const info of infos) {
    const known = info.path ? byPath.get(info.path) : undefined
    // Of one path's usages the maker's own says most about it.
    if (info.path && (known?.usagePage ?? 0) <= (info.usagePage ?? 0)) byPath.set(info.path, info)
  }
  return [...byPath.values()]
}

/** A reader without a serial number looks like one that is not there: say that it may be this one. */
function nameless(infos: readonly HidDeviceInfo[]): string {
  const found = distinct(infos).filter(({ serialNumber }) => !serialNumber)
  if (found.length === 0) return ''
  const ids = found.map(({ vendorId, productId }) =>
    [vendorId, productId].map((id) => id.toString(16).padStart(4, '0')).join(':'),
  )
  return `. Attached without a serial number, and so of no use: ${ids.join(', ')}`
}
