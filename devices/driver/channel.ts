import type { ByteLink } from '#devices/link/link.ts'
import { confirmation, ReaderError } from '#devices/protocol/codes.ts'
import type { Command } from '#devices/protocol/command.ts'
import { defaultAddress, encodePacket, type Packet, packetId, packetParser } from '#devices/protocol/packet.ts'
import { listeners } from '#devices/transport/transport.ts'
import { converse, type Reply } from './conversation.ts'
import { inbox } from './inbox.ts'

export type Channel = {
  /** Sends a command when all earlier ones are answered. Throws a ReaderError when no proper answer comes. */
  ask<Returns>(command: Command<Returns>): Promise<Reply<Returns>>
  /** The module says in ReadSysPara how long its data packets are. */
  setDataSize(bytes: number): void
  /** Acks nobody asked for, for example a module's notice that a finger woke it. */
  onUnsolicited(listener: (payload: Uint8Array) => void): () => void
  onError(listener: (error: ReaderError) => void): () => void
  close(): Promise<void>
}

export type ChannelOptions = {
  address?: number
  /** Multiplies every command's limit; tests use it to wait less. */
  patience?: number
  /** After a timeout nothing is sent until the line was silent for this long. */
  drainMs?: number
}

/** Systems give up a write that a device does not take after one to five seconds; this is for those that do not. */
const slowestWriteMs = 6000

/** A module that is never silent is not waited for longer than so many times the silence. */
const longestDrain = 50

/**
 * One command in flight. An ack says neither which command it answers nor has it a number, so two rules keep answers
 * with their questions: the next command waits for the answer, and after a timeout the line is drained until it is
 * silent, or the late answer would be taken for the next one's.
 */
export function openChannel(link: ByteLink, options: ChannelOptions = {}): Channel {
  const { address = defaultAddress, patience = 1, drainMs = 200 } = options
  const unsolicited = listeners<Uint8Array>()
  const errors = listeners<ReaderError>()
  const told = (packet: Packet) => {
    if (packet.id === packetId.ack) unsolicited.call(packet.payload)
  }
  const { arrived, parser, heard } = receiver(link, address, told)
  const send = sender(link, address, slowestWriteMs * patience)
  let dataSize = 128
  let last: Promise<unknown> = Promise.resolve()

  link.onError((cause) => {
    const error = new ReaderError('unplugged', cause.message, { cause })
    arrived.fail(error)
    errors.call(error)
  })

  async function exclusively<Returns>(command: Command<Returns>): Promise<Reply<Returns>> {
    const waitMs = command.timeoutMs * patience
    const timeout = () => silent(`${command.name}: no answer within ${waitMs} ms`, heard.foreign)
    heard.foreign = false
    heard.asking = true
    try {
      return await converse({ send, take: () => arrived.take(waitMs, timeout), dataSize }, command)
    } catch (error) {
      if (!(error instanceof ReaderError && error.kind === 'unplugged'))
        await arrived.silence(drainMs, longestDrain * drainMs)
      parser.reset()
      throw error
    } finally {
      heard.asking = false
      // An ack that came twice must not answer the next command.
      for (const packet of arrived.leftovers()) told(packet)
    }
  }

  return {
    ask(command) {
      const answer = last.then(() => exclusively(command))
      last = answer.catch(() => undefined)
      return answer
    },
    setDataSize(bytes) {
      dataSize = bytes
    },
    onUnsolicited: unsolicited.add,
    onError: errors.add,
    async close() {
      arrived.fail(new ReaderError('unplugged', 'The reader was closed'))
      await link.close()
    },
  }
}

/** What comes from the module goes to who asks, or is told when nobody does. */
function receiver(link: ByteLink, address: number, told: (packet: Packet) => void) {
  const arrived = inbox<Packet>()
  /** Foreign: packets came while a command waited, and they came from somebody else than who was asked. */
  const heard = { asking: false, foreign: false }
  const parser = packetParser({
    address,
    onFault: (fault) => {
      heard.foreign ||= fault === 'address'
    },
  })
  link.onBytes((bytes) => {
    for (const packet of parser.push(bytes)) {
      if (heard.asking && !isWakeUp(packet)) arrived.put(packet)
      else told(packet)
    }
  })
  return { arrived, parser, heard }
}

/** A module whose address was changed answers from the new one: it is there, and not the one that was called. */
function silent(message: string, foreign: boolean): ReaderError {
  if (!foreign) return new ReaderError('timeout', message, { reason: 'no_answer' })
  const reason = { reason: 'wrong_address', code: confirmation.wrongAddress }
  return new ReaderError('timeout', `${message}, but somebody at another address spoke`, reason)
}

/** A device that takes no bytes, and is not gone either, must not hold the reader for ever. */
function sender(link: ByteLink, address: number, withinMs: number) {
  return async (id: Packet['id'], payload: Uint8Array) => {
    let timer: NodeJS.Timeout | undefined
    const stuck = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(silent(`The reader took no bytes within ${withinMs} ms`, false)), withinMs)
    })
    const written = link.write(encodePacket(id, payload, address)).catch((cause: unknown) => {
      throw new ReaderError('unplugged', String(cause), { cause })
    })
    await Promise.race([written, stuck]).finally(() => clearTimeout(timer))
  }
}

function isWakeUp(packet: Packet): boolean {
  return packet.id === packetId.ack && packet.payload.length === 1 && packet.payload[0] === confirmation.wakeUp
}
