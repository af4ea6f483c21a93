import type { DeviceTransport, Transport } from '#devices/transport/transport.ts'
import { type ByteLink, type DeviceLink, pieces } from './link.ts'

/**
 * raw64: OUR OWN format for a microcontroller that carries an EF01 module's bytes in plain HID reports. No vendor
 * publishes such a format, so a reader of this kind is always configured, never guessed. What its firmware must do:
 *
 * USB
 * - One HID interface, one interrupt endpoint each way, 64 bytes, polled every millisecond (bInterval 1 at full speed).
 * - A serial number string, another one for each device: readers are known by nothing else. One without is not used.
 * - The report descriptor below, 27 bytes: vendor page FF00 usage 1; 64 bytes in (usage 2), 64 bytes out (usage 3); no
 *   report id, no feature report. Other interfaces of the same device, a keyboard say, do not disturb.
 *
 *       06 00 FF 09 01 A1 01 15 00 26 FF 00 75 08 95 40 09 02 81 02 95 40 09 03 91 02 C0
 *
 * Both directions
 * - Every EF01 packet begins at byte 0 of a report and goes on in the following ones; the last is filled with zeros. A
 *   packet of 12 bytes is one report, one with 256 bytes of data (267 in all) is five. No report carries two packets.
 * - How many bytes count is said by the packet's own length field (bytes 7 and 8); zeros between packets are skipped by
 *   whoever receives. A payload may contain zeros and EF 01 anywhere: never search inside one.
 *
 * From the host to the module
 * - Join the reports of one packet, send its bytes to the UART, leave the zeros out. 57600 baud, 8 data bits, no parity,
 *   one stop bit unless the module was set otherwise. Keep room for a whole template of data packets: the host sends them
 *   one after the other and waits for no ack between them.
 *
 * From the module to the host
 * - Send each packet as soon as it is complete; the host waits 1 to 5 seconds for an answer, depending on the command. A
 *   packet that stays unfinished for 300 ms is thrown away. The bare 55 of power-on may be passed on or swallowed.
 * - Never send faster than one report in a millisecond: a Linux host keeps 63 unread reports and drops what comes after
 *   them without a word; a UART at 57600 baud cannot do that, an image from a fast module can.
 * - Never send a report that the module did not cause, and never the same one twice: acks carry no number.
 *
 * To try a firmware: the emulated modules speak the same (`devices/emulator`), and `test/devices/independent-client.ts`
 * is a client of a hundred lines that uses nothing of this folder.
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
