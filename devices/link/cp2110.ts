import type { DeviceTransport, Transport } from '#devices/transport/transport.ts'
import { type ByteLink, type DeviceLink, pieces } from './link.ts'

/**
 * Silicon Labs CP2110, the HID-to-UART bridge (10C4:EA80, application note AN434). A data report's id is the number of
 * UART bytes in it, 1 to 63. Settings are feature reports:
 *
 *     50  baud (4, big-endian), parity 0, flow control 0, data bits 3 (= 8), stop bits 0 (= 1)
 *     41  01 switches the UART on          43  02 empties the receive FIFO
 *
 * A written report is exactly its id and that many bytes. Linux passes on what it is given; Windows wants the longest
 * report's 64 bytes, to which hidapi fills shorter ones with zeros by itself; one byte more than 64 fails there. Received
 * reports may for the same reason be longer than their id says.
 */
export const cp2110 = { vendorId: 0x10c4, productId: 0xea80 } as const

const maxBytes = 63
const feature = { enable: 0x41, purge: 0x43, uart: 0x50 } as const
const purgeReceived = 0x02
const eightDataBits = 3

/** EF01 modules leave the factory at 57600 baud, 8 data bits, no parity, one stop bit. */
export const moduleBaud = 57_600

export async function openCp2110(transport: Transport, baud: number = moduleBaud): Promise<ByteLink> {
  const uart = new Uint8Array(9)
  uart[0] = feature.uart
  new DataView(uart.buffer).setUint32(1, baud)
  uart[7] = eightDataBits
  await transport.sendFeature(uart)
  await transport.sendFeature(Uint8Array.of(feature.enable, 1))
  await transport.sendFeature(Uint8Array.of(feature.purge, purgeReceived))
  return {
    async write(packet) {
      for (const part of pieces(packet, maxBytes)) await transport.write(Uint8Array.of(part.length, ...part))
    },
    onBytes: (listener) =>
      transport.onData((report) => {
        const bytes = uartBytes(report)
        if (bytes) listener(bytes)
      }),
    onError: transport.onError,
    close: transport.close,
  }
}

/** The bridge from the module's side: bytes pass only while the UART is on and runs at the module's speed. */
export function cp2110Device(transport: DeviceTransport, baud: number = moduleBaud): DeviceLink {
  let enabled = false
  let configured = 0
  transport.onFeature((report) => {
    if (report[0] === feature.enable) enabled = report[1] === 1
    if (report[0] === feature.uart) configured = new DataView(report.buffer, report.byteOffset).getUint32(1)
  })
  const passes = () => enabled && configured === baud
  return {
    write(packet) {
      if (!passes()) return
      for (const part of pieces(packet, maxBytes)) transport.send(Uint8Array.of(part.length, ...part))
    },
    onBytes: (listener) =>
      transport.onOutput((report) => {
        const bytes = passes() ? uartBytes(report) : null
        if (bytes) listener(bytes)
      }),
  }
}

/** The report may be longer than its data: some systems deliver every report in the longest report's size. */
function uartBytes(report: Uint8Array): Uint8Array | null {
  const count = report[0] ?? 0
  return count >= 1 && count <= maxBytes ? report.subarray(1, 1 + count) : null
}
