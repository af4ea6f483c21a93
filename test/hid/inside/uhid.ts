import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import { raw64Descriptor } from '#devices/link/raw64.ts'
import { type DeviceTransport, listeners } from '#devices/transport/transport.ts'

/** Events of the kernel's /dev/uhid (linux/uhid.h): packed structures in the machine's byte order. */
const event = {
  output: 6,
  getReport: 9,
  getReportReply: 10,
  create2: 11,
  input2: 12,
  setReport: 13,
  setReportReply: 14,
} as const
const eventSize = 4380
const busUsb = 3

/**
 * A descriptor of a CP2110 by the rules of AN434: data reports 1 to 63, each as long as its number, and the feature
 * reports with the bridge's settings. Made from those rules, not copied from a device.
 */
export function cp2110Descriptor(): Uint8Array {
  const bytes = [0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08]
  for (let n = 1; n <= 63; n++) {
    bytes.push(0x85, n, 0x95, n, 0x09, 0x01, 0x81, 0x02, 0x95, n, 0x09, 0x01, 0x91, 0x02)
  }
  const features = [
    [0x40, 1],
    [0x41, 1],
    [0x42, 6],
    [0x43, 1],
    [0x46, 2],
    [0x50, 8],
    [0x51, 1],
    [0x52, 1],
  ] as const
  for (const [id, size] of features) bytes.push(0x85, id, 0x95, size, 0x09, 0x01, 0xb1, 0x02)
  return Uint8Array.from([...bytes, 0xc0])
}

export type DeviceKind = { name: string; serial: string; vendorId: number; productId: number; descriptor: Uint8Array }

export const kinds = {
  raw64: (serial: string): DeviceKind => ({
    ...{ name: 'Window Staff raw64 reader', serial, vendorId: 0x0483, productId: 0x5750 },
    descriptor: raw64Descriptor,
  }),
  cp2110: (serial: string): DeviceKind => ({
    ...{ name: 'CP2110 HID USB-to-UART Bridge', serial, vendorId: 0x10c4, productId: 0xea80 },
    descriptor: cp2110Descriptor(),
  }),
}

/** The kernel keeps 63 unread reports and drops newer ones: so many may be sent in one turn of a millisecond. */
const reportsPerTurn = 16

export type UhidDevice = DeviceTransport & {
  /** Reports without pacing, as a device that does not care whether the host keeps up. */
  flood(reports: readonly Uint8Array[]): void
  /** The length of every output report that reached the device, report id included where there is one. */
  readonly outputs: readonly number[]
}

/**
 * Plugs a virtual HID device into this kernel. The file is read without blocking: a blocked read would hold a thread of
 * Node's pool, and a few devices would hold all of them.
 */
export function plugIn(kind: DeviceKind): UhidDevice {
  const file = openSync('/dev/uhid', constants.O_RDWR | constants.O_NONBLOCK)
  writeSync(file, createEvent(kind))
  const output = listeners<Uint8Array>()
  const feature = listeners<Uint8Array>()
  const outputs: number[] = []
  const waiting: Uint8Array[] = []
  const incoming = Buffer.alloc(eventSize)
  let plugged = true

  function handle(): void {
    const type = incoming.readUInt32LE(0)
    if (type === event.output) {
      const report = asOnTheWire(new Uint8Array(incoming.subarray(4, 4 + incoming.readUInt16LE(4100))))
      outputs.push(report.length)
      output.call(report)
    } else if (type === event.setReport) {
      feature.call(new Uint8Array(incoming.subarray(12, 12 + incoming.readUInt16LE(10))))
      writeSync(file, reply(event.setReportReply, incoming.readUInt32LE(4)))
    } else if (type === event.getReport) {
      writeSync(file, reply(event.getReportReply, incoming.readUInt32LE(4), Uint8Array.of(incoming[8] ?? 0, 1)))
    }
  }
  function readAll(): void {
    for (;;) {
      try {
        readSync(file, incoming, 0, eventSize, null)
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return
        throw error
      }
      handle()
    }
  }
  const input = (report: Uint8Array) => writeSync(file, inputEvent(report))
  const timer = setInterval(() => {
    readAll()
    for (const report of waiting.splice(0, reportsPerTurn)) input(report)
  }, 1)

  return {
    outputs,
    send: (report) => void waiting.push(report),
    flood: (reports) => reports.forEach(input),
    onOutput: (listener) => void output.add(listener),
    onFeature: (listener) => void feature.add(listener),
    unplug() {
      if (!plugged) return
      plugged = false
      clearInterval(timer)
      // Closing the file takes the device away, like pulling the plug.
      closeSync(file)
    },
  }
}

/** The 0 before a report without number is for the host's software; a USB controller never sends it, this kernel's uhid does. */
function asOnTheWire(report: Uint8Array): Uint8Array {
  return report[0] === 0 && report.length === 65 ? report.subarray(1) : report
}

function createEvent({ name, serial, vendorId, productId, descriptor }: DeviceKind): Buffer {
  const bytes = Buffer.alloc(280 + descriptor.length)
  bytes.writeUInt32LE(event.create2, 0)
  bytes.write(name, 4, 127)
  bytes.write(serial, 196, 63)
  bytes.writeUInt16LE(descriptor.length, 260)
  bytes.writeUInt16LE(busUsb, 262)
  bytes.writeUInt32LE(vendorId, 264)
  bytes.writeUInt32LE(productId, 268)
  bytes.set(descriptor, 280)
  return bytes
}

function inputEvent(report: Uint8Array): Buffer {
  const bytes = Buffer.alloc(6 + report.length)
  bytes.writeUInt32LE(event.input2, 0)
  bytes.writeUInt16LE(report.length, 4)
  bytes.set(report, 6)
  return bytes
}

function reply(type: number, id: number, data?: Uint8Array): Buffer {
  const bytes = Buffer.alloc(data ? 12 + data.length : 10)
  bytes.writeUInt32LE(type, 0)
  bytes.writeUInt32LE(id, 4)
  if (data) {
    bytes.writeUInt16LE(data.length, 10)
    bytes.set(data, 12)
  }
  return bytes
}
