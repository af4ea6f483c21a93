import { describe, expect, test } from 'vitest'
import { type IndependentClient, makePacket } from './independent-client.ts'
import { enrol, good, ok, wired, word } from './independent-support.ts'

const cases = (['raw64', 'cp2110'] as const).flatMap((bridge) =>
  (['zfm', 'grow', 'syno'] as const).map((dialect) => ({ bridge, dialect })),
)

async function find({ client, device }: Awaited<ReturnType<typeof wired>>, who: string, search = 0x04) {
  device.press(good(who))
  expect(await client.command(0x01)).toEqual(ok)
  expect(await client.command(0x02, 1)).toEqual(ok)
  device.lift()
  return client.command(search, 1, 0, 0, 0, 200)
}

async function taken(client: IndependentClient): Promise<number[]> {
  const { code, bytes } = await client.command(0x1f, 0)
  expect({ code, length: bytes.length }).toEqual({ code: 0, length: 32 })
  return bytes.flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte >> bit) % 2 === 1).map((bit) => 8 * at + bit),
  )
}

describe.each(cases)('an independent client and $dialect over $bridge', ({ bridge, dialect }) => {
  test('password, parameters, random numbers and the sensor’s check', async () => {
    const { client } = await wired(bridge, dialect)
    expect(await client.command(0x13, 0, 0, 0, 0)).toEqual(ok)
    const { code, bytes } = await client.command(0x0f)
    expect(code).toBe(0)
    expect(bytes).toHaveLength(16)
    expect(word(bytes.slice(4))).toBe(200)
    expect(bytes.slice(8)).toEqual([255, 255, 255, 255, 0, 2, 0, 6])
    expect((await client.command(0x14)).bytes).toHaveLength(4)
    expect(await client.command(0x36)).toEqual(ok)
    expect(await client.command(0x33)).toEqual(ok)
    expect(await client.command(0x1d)).toEqual({ code: 0, bytes: [0, 0] })
  })

  test.each(dialect === 'zfm' ? [2] : [2, 6])('enrols with %i presses, finds, deletes and clears', async (presses) => {
    const bench = await wired(bridge, dialect)
    const { client, library } = bench
    expect((await find(bench, 'ann')).code).toBe(0x09)
    await enrol(bench, 'ann', 7, presses)
    await enrol(bench, 'ben', 130, presses)
    expect([library.identityOf(7), library.identityOf(130)]).toEqual(['ann', 'ben'])
    expect(await client.command(0x1d)).toEqual({ code: 0, bytes: [0, 2] })
    expect(await taken(client)).toEqual([7, 130])

    for (const search of [0x04, 0x1b]) {
      const found = await find(bench, 'ben', search)
      expect({ code: found.code, slot: word(found.bytes) }).toEqual({ code: 0, slot: 130 })
      expect(word(found.bytes.slice(2))).toBeGreaterThan(0)
      expect(await find(bench, 'eve', search)).toEqual({ code: 0x09, bytes: [0, 0, 0, 0] })
    }
    // Outside the part that is searched, ben is nobody.
    await find(bench, 'ben')
    expect((await client.command(0x04, 1, 0, 0, 0, 100)).code).toBe(0x09)
    expect((await client.command(0x04, 1, 0, 130, 0, 1)).code).toBe(0)

    expect(await client.command(0x0c, 0, 7, 0, 1)).toEqual(ok)
    expect(await taken(client)).toEqual([130])
    expect((await client.command(0x0c, 0, 250, 0, 1)).code).toBe(0x10)
    expect(await client.command(0x0d)).toEqual(ok)
    expect(await taken(client)).toEqual([])
  })

  test('two different fingers do not match and do not merge', async () => {
    const { client, device } = await wired(bridge, dialect)
    for (const [buffer, who] of [
      [1, 'ann'],
      [2, 'ben'],
    ] as const) {
      device.press(good(who))
      await client.command(0x01)
      await client.command(0x02, buffer)
    }
    expect((await client.command(0x03)).code).toBe(0x08)
    expect((await client.command(0x05)).code).toBe(0x0a)
    await client.command(0x02, 1)
    const { code, bytes } = await client.command(0x03)
    expect({ code, length: bytes.length }).toEqual({ code: 0, length: 2 })
  })

  test('wet and dry fingers have no features, and without an image there are none either', async () => {
    const { client, device } = await wired(bridge, dialect)
    expect((await client.command(0x02, 1)).code).toBe(0x15)
    for (const quality of ['wet', 'dry'] as const) {
      device.press({ identity: 'ann', quality })
      expect(await client.command(0x01)).toEqual(ok)
      expect([4, 5, 6, 7]).toContain((await client.command(0x02, 1)).code)
    }
    device.press(good('ann'))
    await client.command(0x01)
    await client.command(0x02, 1)
    device.module.smudge()
    expect((await client.command(0x04, 1, 0, 0, 0, 200)).code).toBe(0x17)
  })

  test('a template goes up and down in packets of every size', async () => {
    const bench = await wired(bridge, dialect)
    const { client, library } = bench
    await enrol(bench, 'ann', 3, 2)
    for (const [code, size] of [
      [0, 32],
      [1, 64],
      [2, 128],
      [3, 256],
    ] as const) {
      expect(await client.command(0x0e, 6, code)).toEqual(ok)
      expect(await client.command(0x07, 2, 0, 3)).toEqual(ok)
      expect(await client.command(0x08, 2)).toEqual(ok)
      const { sizes, bytes } = await client.receive()
      expect(sizes).toEqual(new Array(512 / size).fill(size))
      expect(Uint8Array.from(bytes)).toEqual(library.get(3))
      expect(await client.command(0x09, 1)).toEqual(ok)
      await client.send(bytes, size)
      // The data phase has no ack of its own.
      expect(await client.quiet(20)).toBe(true)
      expect(await client.command(0x06, 1, 0, 20 + code)).toEqual(ok)
      expect(library.get(20 + code)).toEqual(library.get(3))
    }
    expect((await client.command(0x07, 1, 0, 99)).code).toBe(0x0c)
    expect((await client.command(0x07, 1, 1, 0)).code).toBe(0x0b)
    expect((await client.command(0x06, 1, 1, 0)).code).toBe(0x0b)
  })

  test('a password locks everything but its own question, from the next power-on', async () => {
    const { client, plugInAgain } = await wired(bridge, dialect)
    expect(await client.command(0x12, 0x12, 0x34, 0x56, 0x78)).toEqual(ok)
    const locked = await plugInAgain()
    for (const command of [[0x01], [0x0f], [0x1d], [0x04, 1, 0, 0, 0, 200], [0x12, 0, 0, 0, 0]] as const) {
      expect(await locked.command(...(command as [number]))).toEqual({ code: 0x21, bytes: [] })
    }
    expect((await locked.command(0x13, 0, 0, 0, 0)).code).toBe(0x13)
    expect(await locked.command(0x13, 0x12, 0x34, 0x56, 0x78)).toEqual(ok)
    expect((await locked.command(0x1d)).code).toBe(0)
  })

  test('a new address answers at once, the old one is refused, and it stays over power-off', async () => {
    const { client, plugInAgain } = await wired(bridge, dialect)
    expect(await client.commandFrom(0x12345678, 0x15, 0x12, 0x34, 0x56, 0x78)).toEqual(ok)
    expect(await client.commandFrom(0x12345678, 0x1d)).toEqual({ code: 0x20, bytes: [] })
    client.address = 0x12345678
    expect((await client.command(0x1d)).code).toBe(0)
    const again = await plugInAgain()
    again.address = 0x12345678
    expect((await again.command(0x0f)).bytes.slice(8, 12)).toEqual([0x12, 0x34, 0x56, 0x78])
    expect(await again.commandFrom(0xffffffff, 0x15, 255, 255, 255, 255)).toEqual(ok)
  })

  test('a silent module ignores who calls another address', async () => {
    const { client } = await wired(bridge, dialect, { otherAddress: 'ignore' })
    await client.raw(makePacket(0x01020304, 1, [0x1d]))
    expect(await client.quiet(30)).toBe(true)
    expect((await client.command(0x1d)).code).toBe(0)
  })

  test('the notepad keeps sixteen pages of 32 bytes', async () => {
    const { client, plugInAgain } = await wired(bridge, dialect)
    const page = (number: number) => Array.from({ length: 32 }, (_, at) => (at * 7 + number) % 256)
    for (const number of [0, 15]) expect(await client.command(0x18, number, ...page(number))).toEqual(ok)
    const again = await plugInAgain()
    for (const number of [0, 15]) {
      expect(await again.command(0x19, number)).toEqual({ code: 0, bytes: page(number) })
    }
    expect((await again.command(0x18, 16, ...page(1))).code).toBe(0x1c)
    expect((await again.command(0x19, 16)).code).toBe(0x1c)
  })

  test('registers take their values and no others', async () => {
    const { client } = await wired(bridge, dialect)
    expect(await client.command(0x0e, 5, 4)).toEqual(ok)
    expect(word((await client.command(0x0f)).bytes.slice(6))).toBe(4)
    expect((await client.command(0x0e, 5, 6)).code).toBe(0x1b)
    expect((await client.command(0x0e, 6, 4)).code).toBe(0x1b)
    expect((await client.command(0x0e, 4, 13)).code).toBe(0x1b)
    expect((await client.command(0x0e, 9, 1)).code).toBe(0x1a)
    expect((await client.command(0x0e, 3, 1)).code).toBe(dialect === 'syno' ? 0 : 0x1a)
  })

  test('damaged, cut and unknown commands are told as such', async () => {
    const { client } = await wired(bridge, dialect)
    const damaged = makePacket(0xffffffff, 1, [0x1d])
    damaged[damaged.length - 1] = 0x99
    await client.raw(damaged)
    expect((await client.ack()).code).toBe(0x01)
    expect((await client.command(0x02)).code).toBe(0x01)
    expect((await client.command(0x77)).code).toBe(dialect === 'grow' ? 0xfc : 0x01)
    await client.raw(makePacket(0xffffffff, 1, [0x1d]).slice(0, 8))
    await client.quiet(400)
    expect((await client.command(0x1d)).code).toBe(0)
  })

  test('an image goes up as 36864 bytes and comes back as the same finger', async () => {
    const bench = await wired(bridge, dialect, { latencyFactor: 0.001 })
    const { client, device } = bench
    await enrol(bench, 'ann', 3, 2)
    expect(await client.command(0x0e, 6, 3)).toEqual(ok)
    device.press(good('ann'))
    await client.command(0x01)
    expect(await client.command(0x0a)).toEqual(ok)
    const { sizes, bytes } = await client.receive()
    expect([sizes.length, bytes.length]).toEqual([144, 36_864])
    device.press(good('eve'))
    await client.command(0x01)
    expect(await client.command(0x0b)).toEqual(ok)
    await client.send(bytes, 256)
    expect(await client.command(0x02, 1)).toEqual(ok)
    expect(word((await client.command(0x04, 1, 0, 0, 0, 200)).bytes)).toBe(3)
  })

  test('the information page has 512 bytes and begins with the parameters', async () => {
    const { client } = await wired(bridge, dialect)
    const parameters = (await client.command(0x0f)).bytes
    expect(await client.command(0x16)).toEqual(ok)
    const { bytes } = await client.receive()
    expect(bytes).toHaveLength(512)
    expect(bytes.slice(0, 16)).toEqual(parameters)
  })
})
