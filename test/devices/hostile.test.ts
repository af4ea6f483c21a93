import { describe, expect, test } from 'vitest'
import { openReader } from '#devices/driver/reader.ts'
import { deviceLink, openLink, type Profile } from '#devices/link/profile.ts'
import { genImg, templeteNum, upChar } from '#devices/protocol/command.ts'
import { encodePacket } from '#devices/protocol/packet.ts'
import { memoryPair } from '#devices/transport/memory.ts'
import { eventually } from './reader-support.ts'
import { hex } from './vectors.ts'

const packet = (id: 2 | 7 | 8, payload: string, address?: number) => encodePacket(id, hex(payload), address)
const parameters = '00 00 04 00 00 00 C8 00 03 FF FF FF FF 00 02 00 06'

/** An opened reader whose module says, after the greeting, only what the test lets it say. */
async function peer(profile: Profile) {
  const { host, device } = memoryPair()
  const opened = openLink(profile, host)
  const module = deviceLink(profile, device)
  const heard: Uint8Array[] = []
  let greeting = true
  module.onBytes((bytes) => {
    heard.push(bytes)
    if (greeting) module.write(packet(7, bytes[9] === 0x0f ? parameters : '00'))
  })
  const reader = await openReader(await opened, { dialect: 'zfm', patience: 60, drainMs: 60 })
  greeting = false
  heard.length = 0
  return { reader, device, say: module.write, asked: (count: number) => eventually(() => heard.length >= count) }
}

describe.each(['raw64', 'cp2110'] as const)('a hostile module over %s', (profile) => {
  test('says too much, to others, and in pieces: the answer is still found', async () => {
    const { reader, say, asked } = await peer(profile)
    const count = reader.ask(templeteNum())
    await asked(1)
    say(packet(7, 'FF'))
    say(packet(7, '00 00 63', 0x12345678))
    say(Buffer.concat([hex('55 00 EF EF 01'), packet(7, '00 00 07'), packet(7, '00 00 08')]))
    expect((await count).value?.returns).toBe(7)

    const image = reader.ask(genImg())
    await asked(2)
    say(packet(7, '02'))
    expect((await image).code).toBe(0x02)
    await reader.close()
  })

  test('breaks off a template, answers late: the next question gets its own answer', async () => {
    const { reader, say, asked } = await peer(profile)
    const template = expect(reader.ask({ ...upChar(1), timeoutMs: 1 })).rejects.toMatchObject({ kind: 'timeout' })
    await asked(1)
    say(packet(7, '00'))
    say(packet(2, '01 02 03'))
    say(packet(8, '04 05 06').subarray(0, 8))
    await template

    const late = expect(reader.ask({ ...templeteNum(), timeoutMs: 1 })).rejects.toMatchObject({ kind: 'timeout' })
    const next = reader.ask(templeteNum())
    await asked(2)
    setTimeout(() => say(packet(7, '00 00 63')), 80)
    await late
    await asked(3)
    say(packet(7, '00 00 03'))
    expect((await next).value?.returns).toBe(3)
    await reader.close()
  })

  test('disappears between question and answer: the question ends at once', async () => {
    const { reader, device, asked } = await peer(profile)
    const image = expect(reader.ask(genImg())).rejects.toMatchObject({ kind: 'unplugged' })
    await asked(1)
    device.unplug()
    await image
    await expect(reader.ask(genImg())).rejects.toMatchObject({ kind: 'unplugged' })
    await reader.close()
  })
})
