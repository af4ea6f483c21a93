import { describe, expect, test } from 'vitest'
import { openChannel } from '#devices/driver/channel.ts'
import { identifier, type Sighting } from '#devices/driver/identify.ts'
import { openReader } from '#devices/driver/reader.ts'
import { emptyLibrary, emulatedReader } from '#devices/emulator/device.ts'
import { deviceLink, openLink, type Profile } from '#devices/link/profile.ts'
import { genImg, plainCommand, templeteNum } from '#devices/protocol/command.ts'
import { encodePacket, packetParser } from '#devices/protocol/packet.ts'
import { memoryPair } from '#devices/transport/memory.ts'
import { eventually } from './reader-support.ts'
import { acks, capturedParameters, hex, wrongChecksum } from './vectors.ts'

const profiles = ['raw64', 'cp2110'] as const
const ackOf = (name: string) => hex(acks.find(([known]) => known === name)?.[1] ?? '')
const found = ackOf('found 1, 50')
/** GROW's greeting, which a SYNO module does not know: "parameter error". */
const otherGreeting = { 64: encodePacket(7, hex('FD')) }

/** A module that says what real ones said, byte for byte, whatever command comes. */
async function recorded(profile: Profile, answers: Readonly<Record<number, Uint8Array>>) {
  const { host, device } = memoryPair()
  const opened = openLink(profile, host)
  const module = deviceLink(profile, device)
  const asked: number[] = []
  module.onBytes((bytes) => {
    asked.push(bytes[9] ?? 0)
    module.write({ ...otherGreeting, ...answers }[bytes[9] ?? 0] ?? ackOf('ok'))
  })
  return { link: await opened, say: module.write, asked }
}

/** The captured AutoEnroll of a real module, two presses, from its first ack to its last. */
const enrolment = [
  'accepted',
  'image 1',
  'features 1',
  'lifted 1',
  'image 2',
  'features 2',
  'merged',
  'checked',
  'stored',
].map((name) => ackOf(`AutoEnroll ${name}`))

describe.each(profiles)('recorded answers of a real module over %s', (profile) => {
  const answers = {
    15: hex(capturedParameters),
    4: found,
    29: ackOf('count 1'),
  }

  test('are understood by the driver: greeting, parameters, count and a punch', async () => {
    const { link } = await recorded(profile, answers)
    const reader = await openReader(link, { dialect: 'syno' })
    expect(reader.parameters).toMatchObject({ capacity: 100, systemId: 0x2ec8, packetSizeCode: 2, baudFactor: 6 })
    expect(await reader.count()).toBe(1)
    const punches: unknown[] = []
    const options = { accept: async (match: unknown) => void punches.push(match), emit: () => undefined, now: () => 0 }
    await identifier(reader, { ...options, pollMs: 0 }).step()
    expect(punches).toEqual([{ slot: 1, score: 0x50 }])
    await reader.close()
  })

  test('a finger that was not found, and a match with the wrong checksum, are no punch', async () => {
    for (const [search, expected] of [
      [ackOf('not found'), { kinds: ['not_recognised'], error: null }],
      [hex(wrongChecksum), { kinds: [], error: 'timeout' }],
      [ackOf('wake-up notice'), { kinds: [], error: 'timeout' }],
    ] as const) {
      const { link } = await recorded(profile, { ...answers, 4: search })
      const reader = await openReader(link, { dialect: 'syno', patience: 0.02, drainMs: 1 })
      const seen: Sighting[] = []
      const accept = () => Promise.reject(new Error('a punch'))
      const identify = identifier(reader, { accept, emit: (one) => void seen.push(one), now: () => 0, pollMs: 0 })
      const error = await identify.step().then(
        () => null,
        (thrown: { kind: string }) => thrown.kind,
      )
      expect({ kinds: seen.map(({ kind }) => kind), error }).toEqual(expected)
      await reader.close()
    }
  })

  test('the many acks of AutoEnroll are told one by one and answer nothing else', async () => {
    const [first = hex(''), ...later] = enrolment
    const { link, say } = await recorded(profile, { 49: first, 1: ackOf('ok'), 29: ackOf('count 1') })
    const channel = openChannel(link, { drainMs: 20 })
    const told: string[] = []
    channel.onUnsolicited((payload) => told.push(Buffer.from(payload).toString('hex')))
    const begin = { ...plainCommand('AutoEnroll', [0x31, 0, 1, 2, 0, 0x4b]), returns: 2 }
    expect((await channel.ask(begin)).code).toBe(0)
    for (const ack of later) say(ack)
    await eventually(() => told.length === later.length)
    expect(told).toEqual(['000101', '000201', '000301', '000102', '000202', '0004f0', '0005f1', '0006f2'])

    // One that comes while something else is asked is no answer to it: a good image is not seen where none was taken.
    const image = channel.ask(genImg())
    say(ackOf('AutoEnroll image 2'))
    const outcome = await image.then(
      ({ code }) => code,
      ({ kind }: { kind: string }) => kind,
    )
    expect(outcome).toBe('garbled')
    expect((await channel.ask(templeteNum())).value?.returns).toBe(1)
    await channel.close()
  })
})

describe.each(profiles)('the emulated SYNO module over %s', (profile) => {
  test('enrols with exactly the bytes of the recording, also when nobody comes', async () => {
    const library = emptyLibrary('CAPTURE', 'syno', 100)
    const device = emulatedReader({ profile, library, latencyFactor: 0.01, fingerMs: 300 })
    const link = await openLink(profile, await device.open())
    const parser = packetParser()
    const payloads: string[] = []
    link.onBytes((bytes) => {
      for (const packet of parser.push(bytes)) payloads.push(Buffer.from(packet.payload).toString('hex'))
    })
    const came = (count: number) => eventually(() => payloads.length >= count)
    const request = hex('… 01 00 08 31 00 01 02 00 4B 00 88')

    await link.write(request)
    await came(1)
    device.press({ identity: 'ann', quality: 'good' })
    await came(3)
    device.lift()
    await came(4)
    device.press({ identity: 'ann', quality: 'good' })
    // The recorded module was asked with flag 40, which no manual explains, and said every step.
    await came(9)
    device.lift()
    const recordedPayloads = enrolment.map((frame) => Buffer.from(frame.subarray(9, -2)).toString('hex'))
    expect(payloads).toEqual(recordedPayloads)

    payloads.length = 0
    await link.write(request)
    await came(2)
    expect(payloads).toEqual(['000000', '260101'])
    await link.close()
  })
})
