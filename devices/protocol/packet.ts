/**
 * The EF01 packet, which the Synochip, ZhianTec and GROW modules share. All integers are big-endian.
 *
 *     0  EF 01      2  address (4)      6  packet id      7  length (2) = payload + 2
 *     9  payload    9+n  checksum (2) = sum of the bytes 6 to 8+n, modulo 65536
 */
export const packetId = { command: 0x01, data: 0x02, ack: 0x07, end: 0x08 } as const
export type PacketId = (typeof packetId)[keyof typeof packetId]

export type Packet = { address: number; id: PacketId; payload: Uint8Array }

export const defaultAddress = 0xffffffff

const overhead = 11
const beforePayload = 9
const checksumSize = 2
/** The manuals say "at most 256" and mean the payload: with 256-byte data packets the length field says 258. */
const minLength = 2
const maxLength = 258

export function encodePacket(id: PacketId, payload: Uint8Array, address: number = defaultAddress): Uint8Array {
  const bytes = new Uint8Array(overhead + payload.length)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, 0xef01)
  view.setUint32(2, address)
  view.setUint8(6, id)
  view.setUint16(7, payload.length + checksumSize)
  bytes.set(payload, beforePayload)
  view.setUint16(beforePayload + payload.length, checksum(bytes, beforePayload + payload.length))
  return bytes
}

function checksum(bytes: Uint8Array, end: number): number {
  let sum = 0
  for (let at = 6; at < end; at++) sum += bytes[at] ?? 0
  return sum & 0xffff
}

/** Why a frame was given up: it began like a packet and was none. */
export type FrameFault = 'address' | 'id' | 'length' | 'checksum' | 'unfinished'
/** `before` tells how many packets that the same call gives back came before the fault. */
type OnFault = (fault: FrameFault, before: number) => void

export type PacketParser = {
  /** Takes any part of the stream and gives back the packets that are complete now. */
  push(bytes: Uint8Array): Packet[]
  /** Nothing more will come for the frame that waits: gives it up and looks for packets behind its header. */
  flush(): Packet[]
  /** Forgets what waits. */
  reset(): void
  /** Whether a frame has begun and is not complete. */
  readonly waiting: boolean
}

/**
 * A parser that finds its way back. Bytes between packets (zero padding, the bare 55 of power-on, line noise) are
 * skipped. A frame whose checksum fails loses only its two header bytes, because a good packet may begin inside it; a
 * payload may itself contain EF 01, so the parser looks for a header only where no good frame is.
 */
export function packetParser(options: { address?: number; onFault?: OnFault } = {}): PacketParser {
  let buffer = new Uint8Array(0)

  const take = (): Packet[] => {
    const packets: Packet[] = []
    for (;;) {
      buffer = buffer.subarray(headerAt(buffer))
      const frame = readFrame(buffer, options.address)
      if (frame === 'incomplete') return packets
      if (typeof frame === 'string') {
        options.onFault?.(frame, packets.length)
        buffer = buffer.subarray(2)
      } else {
        packets.push(frame)
        buffer = buffer.subarray(overhead + frame.payload.length)
      }
    }
  }
  return {
    push(bytes) {
      const joined = new Uint8Array(buffer.length + bytes.length)
      joined.set(buffer)
      joined.set(bytes, buffer.length)
      buffer = joined
      return take()
    },
    flush() {
      const packets: Packet[] = []
      while (buffer.length > 0) {
        options.onFault?.('unfinished', packets.length)
        buffer = buffer.subarray(Math.min(2, buffer.length))
        packets.push(...take())
      }
      return packets
    },
    reset() {
      buffer = new Uint8Array(0)
    },
    get waiting() {
      return buffer.length > 0
    },
  }
}

/** Where the next header begins; a last EF counts, its 01 may still come. */
function headerAt(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1)) {
    if (at + 1 === bytes.length || bytes[at + 1] === 0x01) return at
  }
  return bytes.length
}

/** Judges each field as soon as it is there, so that a false header never makes the parser wait for long. */
function readFrame(bytes: Uint8Array, expected: number | undefined): Packet | FrameFault | 'incomplete' {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 6) return 'incomplete'
  const address = view.getUint32(2)
  if (expected !== undefined && address !== expected) return 'address'
  if (bytes.length < 7) return 'incomplete'
  const id = view.getUint8(6)
  if (!isPacketId(id)) return 'id'
  if (bytes.length < beforePayload) return 'incomplete'
  const length = view.getUint16(7)
  if (length < minLength || length > maxLength) return 'length'
  if (bytes.length < beforePayload + length) return 'incomplete'
  const end = beforePayload + length - checksumSize
  if (checksum(bytes, end) !== view.getUint16(end)) return 'checksum'
  return { address, id, payload: bytes.slice(beforePayload, end) }
}

function isPacketId(id: number): id is PacketId {
  return id === packetId.command || id === packetId.data || id === packetId.ack || id === packetId.end
}
