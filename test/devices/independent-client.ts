import type { Transport } from '#devices/transport/transport.ts'

/**
 * A second client of EF01 modules, written from the packet tables of the manuals alone: it shares no line with the
 * product's links, protocol or driver, so that a mistake made there cannot hide itself here. It is strict: a byte that
 * the tables do not explain is an error.
 */
export type Answer = { code: number; bytes: number[] }

export type IndependentClient = {
  /** Whom the next command is for; answers must come from there, or from `answersFrom`. */
  address: number
  /** Sends a command and takes its ack. */
  command(code: number, ...parameters: number[]): Promise<Answer>
  /** The same, but the ack must come from this address. */
  commandFrom(address: number, code: number, ...parameters: number[]): Promise<Answer>
  /** The next ack of a command that answers many times. */
  ack(): Promise<Answer>
  /** Data packets up to the last one: their sizes, and all bytes. */
  receive(): Promise<{ sizes: number[]; bytes: number[] }>
  /** Data packets of this size; the last one is shorter when it does not fit. */
  send(bytes: readonly number[], size: number): Promise<void>
  /** Any bytes, as they are. */
  raw(bytes: readonly number[]): Promise<void>
  /** Whether nothing comes for this long. */
  quiet(forMs: number): Promise<boolean>
  /** Bytes that stood between packets, zero padding left out. */
  readonly between: number[]
  close(): Promise<void>
}

type Packet = { address: number; kind: number; payload: number[] }

const slowest = 5000

/** The module's bytes behind the bridge, without the reports they came in. */
function byteStream(transport: Transport, bridge: 'raw64' | 'cp2110') {
  const bytes: number[] = []
  const between: number[] = []
  let arrived = () => undefined as unknown
  transport.onData((report) => {
    bytes.push(...(bridge === 'raw64' ? report : report.slice(1, 1 + (report[0] ?? 0))))
    arrived()
  })
  const more = (withinMs: number) =>
    new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), withinMs)
      arrived = () => {
        clearTimeout(timer)
        resolve(true)
      }
    })
  return {
    bytes,
    between,
    more,
    async write(packet: readonly number[]) {
      const most = bridge === 'raw64' ? 64 : 63
      for (let at = 0; at < packet.length; at += most) {
        const part = packet.slice(at, at + most)
        const padding = bridge === 'raw64' ? new Array<number>(most - part.length).fill(0) : []
        await transport.write(Uint8Array.from([bridge === 'raw64' ? 0 : part.length, ...part, ...padding]))
      }
    },
    async until(enough: () => boolean) {
      const deadline = performance.now() + slowest
      while (!enough()) {
        const left = deadline - performance.now()
        if (left <= 0) throw new Error(`nothing more came; waiting: ${bytes.join(' ')}`)
        await more(left)
      }
    },
    /** Skips what is no packet; true when something that may be one waits. */
    waits() {
      while (bytes.length > 0 && bytes[0] !== 0xef) {
        const byte = bytes.shift() ?? 0
        if (byte !== 0) between.push(byte)
      }
      return bytes.length > 0
    },
  }
}

export async function independentClient(transport: Transport, bridge: 'raw64' | 'cp2110'): Promise<IndependentClient> {
  const stream = byteStream(transport, bridge)
  if (bridge === 'cp2110') await setUp(transport)
  const packet = async (): Promise<Packet> => {
    await stream.until(() => stream.waits() && stream.bytes.length >= 9)
    const length = (stream.bytes[7] ?? 0) * 256 + (stream.bytes[8] ?? 0)
    await stream.until(() => stream.bytes.length >= 9 + length)
    return readPacket(stream.bytes.splice(0, 9 + length))
  }
  const answerFrom = async (address: number): Promise<Answer> => {
    const { address: from, kind, payload } = await packet()
    if (kind !== 7) throw new Error(`expected an ack, got packet ${kind}`)
    if (from !== address) throw new Error(`the ack came from ${from.toString(16)}, not from ${address.toString(16)}`)
    return { code: payload[0] ?? -1, bytes: payload.slice(1) }
  }
  const client: IndependentClient = {
    address: 0xffffffff,
    command: (code, ...parameters) => client.commandFrom(client.address, code, ...parameters),
    async commandFrom(address, code, ...parameters) {
      await stream.write(makePacket(client.address, 1, [code, ...parameters]))
      return answerFrom(address)
    },
    ack: () => answerFrom(client.address),
    async receive() {
      const sizes: number[] = []
      const bytes: number[] = []
      for (;;) {
        const { kind, payload } = await packet()
        if (kind !== 2 && kind !== 8) throw new Error(`expected data, got packet ${kind}`)
        sizes.push(payload.length)
        bytes.push(...payload)
        if (kind === 8) return { sizes, bytes }
      }
    },
    async send(bytes, size) {
      for (let at = 0; at < bytes.length; at += size) {
        await stream.write(makePacket(client.address, at + size < bytes.length ? 2 : 8, bytes.slice(at, at + size)))
      }
    },
    raw: stream.write,
    async quiet(forMs) {
      do if (stream.waits()) return false
      while (await stream.more(forMs))
      return true
    },
    between: stream.between,
    close: () => transport.close(),
  }
  return client
}

/** Table: EF 01, address 4, kind 1, length 2 (what follows it), payload, checksum 2 (kind to payload). Highest byte first. */
export function makePacket(address: number, kind: number, payload: readonly number[]): number[] {
  const length = payload.length + 2
  const summed = [kind, Math.floor(length / 256), length % 256, ...payload]
  let sum = 0
  for (const byte of summed) sum = (sum + byte) % 65536
  const from = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256)
  return [0xef, 0x01, ...from, ...summed, Math.floor(sum / 256), sum % 256]
}

function readPacket(bytes: number[]): Packet {
  if (bytes[0] !== 0xef || bytes[1] !== 0x01) throw new Error(`no packet: ${bytes.join(' ')}`)
  const address = bytes.slice(2, 6).reduce((value, byte) => value * 256 + byte, 0)
  const kind = bytes[6] ?? 0
  const payload = bytes.slice(9, -2)
  if (makePacket(address, kind, payload).join() !== bytes.join()) throw new Error(`wrong checksum: ${bytes.join(' ')}`)
  return { address, kind, payload }
}

/** Application note AN434: 57600 baud, 8 data bits, no parity, one stop bit; UART on; receive buffer emptied. */
async function setUp(transport: Transport): Promise<void> {
  await transport.sendFeature(Uint8Array.from([0x50, 0x00, 0x00, 0xe1, 0x00, 0x00, 0x00, 0x03, 0x00]))
  await transport.sendFeature(Uint8Array.from([0x41, 0x01]))
  await transport.sendFeature(Uint8Array.from([0x43, 0x02]))
}
