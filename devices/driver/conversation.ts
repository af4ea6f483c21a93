import { confirmation, ReaderError } from '#devices/protocol/codes.ts'
import type { Command } from '#devices/protocol/command.ts'
import { type Packet, packetId } from '#devices/protocol/packet.ts'

/** The module's answer: `value` is there exactly when `code` is 00. */
export type Reply<Returns> =
  | { code: typeof confirmation.ok; value: { returns: Returns; data: Uint8Array } }
  | { code: number; value: null }

export type Line = {
  send(id: Packet['id'], payload: Uint8Array): Promise<void>
  /** The next packet; throws when none comes in time. */
  take(): Promise<Packet>
  /** Data packets to the module carry this many bytes. */
  dataSize: number
}

/** One command from its first byte to the last byte of its answer, data phase included. */
export async function converse<Returns>(line: Line, command: Command<Returns>): Promise<Reply<Returns>> {
  await line.send(packetId.command, command.payload)
  const ack = await line.take()
  const [code] = ack.payload
  if (ack.id !== packetId.ack || code === undefined) throw garbled(command, `an ack, got packet id ${ack.id}`)
  if (code !== confirmation.ok) return { code, value: null }
  const bytes = ack.payload.slice(1)
  // Acks do not say what they answer; one of another length answers another command and came late.
  if (bytes.length !== command.returns) throw garbled(command, `${command.returns} bytes, got ${bytes.length}`)
  const returns = command.read(bytes)
  if (command.data instanceof Uint8Array) await sendData(line, command.data)
  const data = command.data === 'receive' ? await receiveData(line, command) : new Uint8Array(0)
  return { code: confirmation.ok, value: { returns, data } }
}

async function sendData(line: Line, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += line.dataSize) {
    const id = at + line.dataSize < bytes.length ? packetId.data : packetId.end
    await line.send(id, bytes.subarray(at, at + line.dataSize))
  }
}

/** More than the largest thing a module sends, an image of 8 bits per pixel. */
const mostData = 128 * 1024

async function receiveData(line: Line, command: Command<unknown>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for (let size = 0; size <= mostData; ) {
    const packet = await line.take()
    if (packet.id !== packetId.data && packet.id !== packetId.end) {
      throw garbled(command, `a data packet, got packet id ${packet.id}`)
    }
    parts.push(packet.payload)
    size += packet.payload.length
    if (packet.id === packetId.end) return new Uint8Array(Buffer.concat(parts))
  }
  throw garbled(command, `at most ${mostData} bytes of data`)
}

function garbled(command: Command<unknown>, detail: string): ReaderError {
  return new ReaderError('garbled', `${command.name}: expected ${detail}`)
}
