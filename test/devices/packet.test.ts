import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultAddress, encodePacket, type Packet, type PacketId, packetParser } from '#devices/protocol/packet.ts'

const ids: PacketId[] = [1, 2, 7, 8]
const packets = fc.array(
  fc.record({ id: fc.constantFrom(...ids), payload: fc.uint8Array({ minLength: 0, maxLength: 256 }) }),
  { minLength: 1, maxLength: 8 },
)
/** Bytes between packets in which no header can begin. */
const noise = fc.uint8Array({ maxLength: 80 }).map((bytes) => bytes.map((byte) => (byte === 0xef ? 0 : byte)))

function encodeAll(items: { id: PacketId; payload: Uint8Array }[]): Uint8Array[] {
  return items.map(({ id, payload }) => encodePacket(id, payload))
}
function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}
function parseAll(bytes: Uint8Array): Packet[] {
  return packetParser().push(bytes)
}
const bare = (found: Packet[]) => found.map(({ id, payload }) => ({ id, payload: [...payload] }))
const wanted = (items: { id: PacketId; payload: Uint8Array }[]) =>
  items.map(({ id, payload }) => ({ id, payload: [...payload] }))

describe('the packet parser', () => {
  test('finds every packet of a clean stream', () => {
    fc.assert(
      fc.property(packets, (items) => {
        expect(bare(parseAll(joined(encodeAll(items))))).toEqual(wanted(items))
      }),
    )
  })

  test('finds the same packets however any stream of bytes is cut', () => {
    const anything = fc.oneof(
      noise,
      fc.uint8Array({ maxLength: 60 }),
      packets.map((items) => joined(encodeAll(items))),
    )
    const cuts = fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 6 }), cuts, (parts, sizes) => {
        const bytes = joined(parts)
        const parser = packetParser()
        const found: Packet[] = []
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1
          found.push(...parser.push(bytes.subarray(at, at + size)))
          at += size
        }
        expect(bare(found)).toEqual(bare(parseAll(bytes)))
      }),
    )
  })

  test('steps over garbage, zero padding and the bare 55 between packets', () => {
    fc.assert(
      fc.property(packets, fc.array(noise, { minLength: 1, maxLength: 9 }), (items, gaps) => {
        const parts = encodeAll(items).flatMap((packet, at) => [gaps[at % gaps.length] ?? new Uint8Array(0), packet])
        expect(bare(parseAll(joined([Uint8Array.of(0x55), ...parts])))).toEqual(wanted(items))
      }),
    )
  })

  test('loses only the packet whose checksum is wrong', () => {
    fc.assert(
      fc.property(packets, fc.nat(), (items, pick) => {
        const encoded = encodeAll(items)
        const broken = pick % items.length
        const bytes = encoded[broken] ?? new Uint8Array(0)
        bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 0x40
        // What follows is long enough to complete whatever the broken one seemed to begin.
        const found = parseAll(joined([...encoded, new Uint8Array(300)]))
        const others = wanted(items).filter((_, at) => at !== broken)
        for (const other of others) expect(bare(found)).toContainEqual(other)
      }),
    )
  })

  test('finds a whole packet behind half a packet', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 256 }), fc.nat(), (payload, cut) => {
        const clean = payload.map((byte) => (byte === 0xef ? 0 : byte))
        const half = encodePacket(2, clean).subarray(0, 2 + (cut % (clean.length + 8)))
        const whole = encodePacket(7, Uint8Array.of(0))
        const parser = packetParser()
        const found = [...parser.push(joined([half, whole])), ...parser.flush()]
        expect(bare(found)).toContainEqual({ id: 7, payload: [0] })
      }),
    )
  })

  test('takes a payload with EF 01 in it as it is', () => {
    const inner = encodePacket(7, Uint8Array.of(0))
    const payload = joined([Uint8Array.of(0xef, 0x01), inner, Uint8Array.of(0xef)])
    expect(bare(parseAll(encodePacket(2, payload)))).toEqual([{ id: 2, payload: [...payload] }])
  })

  test('takes a data packet of 267 bytes', () => {
    const packet = encodePacket(2, new Uint8Array(256).fill(0xab))
    expect(packet).toHaveLength(267)
    expect(parseAll(packet)).toHaveLength(1)
  })

  test('refuses what is addressed to somebody else, and a length that cannot be', () => {
    const faults: string[] = []
    const parser = packetParser({ address: defaultAddress, onFault: (fault) => faults.push(fault) })
    const tooLong = encodePacket(7, Uint8Array.of(0))
    tooLong[7] = 0x01
    tooLong[8] = 0x03
    const stranger = encodePacket(7, Uint8Array.of(0), 0x12345678)
    const mine = encodePacket(7, Uint8Array.of(0))
    expect(parser.push(joined([stranger, tooLong, mine]))).toHaveLength(1)
    expect(faults).toEqual(['address', 'length'])
  })
})
