import type { DeviceTransport, Transport } from '#devices/transport/transport.ts'
import { type ByteLink, type DeviceLink, pieces } from './link.ts'

/**
 * raw64: OUR OWN format for a microcontroller that carries an EF01 module's bytes in plain HID reports. No vendor
 * publishes such a format, so a reader of this kind is always configured, never guessed.
 *
 * - One input and one output report of 64 bytes, no report id.
 * - Every packet begins at byte 0 of a report, goes on in the following reports, and the last one is filled with zeros.
 * - The receiver treats the reports as one stream and ignores zeros between packets.
 *
 * Report descriptor, 27 bytes: vendor page FF00 usage 1; 64 bytes in (usage 2), 64 bytes out (usage 3).
 *
 *     06 00 FF 09 01 A1 01 15 00 26 FF 00 75 08 95 40 09 02 81 02 95 40 09 03 91 02 C0
 */
export const raw64Descriptor = Uint8Array.from([
  0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x40, 0x09, 0x02, 0x81,
  0x02, 0x95, 0x40, 0x09, 0x03, 0x91, 0x02, 0xc0,
])

const reportSize = 64

export function openRaw64(transport: Transport): ByteLink {
  return {
    async write(packet) {
      for (const part of pieces(packet, reportSize)) {
        // Exactly 65 bytes, report id 0 first: Linux accepts any length without complaint, Windows does not.
        const report = new Uint8Array(reportSize + 1)
        report.set(part, 1)
        await transport.write(report)
      }
    },
    onBytes: transport.onData,
    onError: transport.onError,
    close: transport.close,
  }
}

export function raw64Device(transport: DeviceTransport): DeviceLink {
  return {
    write(packet) {
      for (const part of pieces(packet, reportSize)) {
        const report = new Uint8Array(reportSize)
        report.set(part)
        transport.send(report)
      }
    },
    onBytes: transport.onOutput,
  }
}
