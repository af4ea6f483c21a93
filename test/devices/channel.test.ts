import { describe, expect, test } from 'vitest'
import { type ChannelOptions, openChannel } from '#devices/driver/channel.ts'
import type { ByteLink } from '#devices/link/link.ts'
import { genImg, readSysPara, templeteNum, upChar } from '#devices/protocol/command.ts'
import { encodePacket, packetId } from '#devices/protocol/packet.ts'
import { listeners, TransportError } from '#devices/transport/transport.ts'
import { eventually } from './reader-support.ts'
import { hex } from './vectors.ts'

/** A module that answers exactly what the test says, when it says so. */
function scripted(options: ChannelOptions = {}) {
  const bytes = listeners<Uint8Array>()
  const errors = listeners<TransportError>()
  const written: Uint8Array[] = []
  const link: ByteLink = {
    write: async (packet) => void written.push(packet.slice()),
    onBytes: bytes.add,
    onError: errors.add,
    close: async () => undefined,
  }
  const channel = openChannel(link, { drainMs: 60, ...options })
  return {
    channel,
    written,
    say: (text: string) => bytes.call(hex(text)),
    ack: (...payload: number[]) => bytes.call(encodePacket(packetId.ack, Uint8Array.from(payload))),
    data: (payload: Uint8Array) => bytes.call(encodePacket(packetId.data, payload)),
    unplug: () => errors.call(new TransportError('unplugged', 'gone')),
    asked: (count: number) => eventually(() => written.length === count),
  }
}

describe('a channel', () => {
  test('sends the next command only when the one before is answered', async () => {
    const module = scripted()
    const first = module.channel.ask(genImg())
    const second = module.channel.ask(templeteNum())
    await module.asked(1)
    module.ack(0x02)
    expect((await first).code).toBe(0x02)
    await module.asked(2)
    module.ack(0x00, 0x00, 0x07)
    expect((await second).value?.returns).toBe(7)
  })

  test('a late answer is never taken for the next command’s', async () => {
    const module = scripted()
    const late = expect(module.channel.ask({ ...genImg(), timeoutMs: 3 })).rejects
    const next = module.channel.ask(templeteNum())
    await module.asked(1)
    // During the drain, and as long as an answer to TempleteNum: only draining tells them apart.
    setTimeout(() => module.ack(0x00, 0xff, 0xff), 20)
    await late.toMatchObject({ kind: 'timeout' })
    await module.asked(2)
    module.ack(0x00, 0x00, 0x03)
    expect((await next).value?.returns).toBe(3)
  })

  test('an answer that is too short, or no ack, is garbled', async () => {
    const module = scripted({ drainMs: 1 })
    const short = module.channel.ask(readSysPara())
    await module.asked(1)
    module.ack(0x00, 0x01)
    await expect(short).rejects.toMatchObject({ kind: 'garbled' })
    const data = module.channel.ask(genImg())
    await module.asked(2)
    module.say('… 02 00 03 00 00 05')
    await expect(data).rejects.toMatchObject({ kind: 'garbled' })
  })

  test('a data phase without its end is a timeout', async () => {
    const module = scripted({ patience: 0.01, drainMs: 1 })
    const up = module.channel.ask(upChar(1))
    await module.asked(1)
    module.ack(0x00)
    module.say('… 02 00 03 00 00 05')
    await expect(up).rejects.toMatchObject({ kind: 'timeout' })
  })

  test('acks nobody asked for go their own way, also while a command waits', async () => {
    const module = scripted()
    const unsolicited: number[][] = []
    module.channel.onUnsolicited((payload) => unsolicited.push([...payload]))
    module.say('… 07 00 03 00 00 0A')
    const ask = module.channel.ask(genImg())
    await module.asked(1)
    module.say('… 07 00 03 FF 01 09')
    module.ack(0x02)
    expect((await ask).code).toBe(0x02)
    expect(unsolicited).toEqual([[0x00], [0xff]])
  })

  test('a wrong checksum is no answer', async () => {
    const module = scripted({ patience: 0.01, drainMs: 1 })
    const ask = module.channel.ask(genImg())
    await module.asked(1)
    module.say('… 07 00 07 00 00 05 00 C8 00 D9')
    await expect(ask).rejects.toMatchObject({ kind: 'timeout' })
  })

  test('an unplugged reader ends the waiting command and all later ones', async () => {
    const module = scripted()
    const ask = module.channel.ask(genImg())
    await module.asked(1)
    module.unplug()
    await expect(ask).rejects.toMatchObject({ kind: 'unplugged' })
    await expect(module.channel.ask(genImg())).rejects.toMatchObject({ kind: 'unplugged' })
  })

  test('an ack said twice is not the answer to the next command', async () => {
    const module = scripted()
    const unasked: Uint8Array[] = []
    module.channel.onUnsolicited((payload) => void unasked.push(payload))
    const first = module.channel.ask(genImg())
    await module.asked(1)
    module.say('EF 01 FF FF FF FF 07 00 03 00 00 0A EF 01 FF FF FF FF 07 00 03 00 00 0A')
    expect((await first).code).toBe(0x00)
    const second = module.channel.ask(genImg())
    await module.asked(2)
    module.ack(0x02)
    expect((await second).code).toBe(0x02)
    expect(unasked).toEqual([Uint8Array.of(0)])
  })

  test('an ack with more in it than the command returns answers another command', async () => {
    const module = scripted({ drainMs: 1 })
    const image = expect(module.channel.ask(genImg())).rejects
    await module.asked(1)
    module.ack(0x00, 0x00, 0x05, 0x00, 0x96)
    await image.toMatchObject({ kind: 'garbled' })
  })

  test('a module that never falls silent does not hold up the driver for ever', async () => {
    const module = scripted({ drainMs: 20 })
    const talk = setInterval(() => module.ack(0x00), 2)
    try {
      await expect(module.channel.ask(templeteNum())).rejects.toMatchObject({ kind: 'garbled' })
    } finally {
      clearInterval(talk)
    }
  })

  test('a data phase that never ends is given up', async () => {
    const module = scripted({ drainMs: 1 })
    const endless = expect(module.channel.ask(upChar(1))).rejects
    await module.asked(1)
    module.ack(0x00)
    for (let packet = 0; packet < 1024; packet++) module.data(new Uint8Array(256))
    await endless.toMatchObject({ kind: 'garbled' })
  })
})
