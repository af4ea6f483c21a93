import { describe, expect, test } from 'vitest'
import { enrol, good, ok, wired, word } from './independent-support.ts'

describe.each(['raw64', 'cp2110'] as const)('what only GROW does, over %s', (bridge) => {
  test('greeting, light, versions, product, quality and restart', async () => {
    const { client, device } = await wired(bridge, 'grow')
    expect(await client.command(0x40)).toEqual(ok)
    expect(await client.command(0x35, 1, 0x80, 2, 0)).toEqual(ok)
    expect((await client.command(0x39)).bytes).toHaveLength(32)
    expect((await client.command(0x3a)).bytes).toHaveLength(32)
    const product = (await client.command(0x3c)).bytes
    expect(product).toHaveLength(46)
    expect([word(product.slice(38)), word(product.slice(40))]).toEqual([256, 288])
    expect([word(product.slice(42)), word(product.slice(44))]).toEqual([512, 200])
    device.press({ identity: 'ann', quality: 'dry' })
    expect((await client.command(0x28)).code).toBe(0x07)
    expect(await client.command(0x3d)).toEqual(ok)
    expect((await client.command(0x1d)).code).toBe(0)
    expect(client.between).toEqual([0x55])
  })

  test('AutoEnroll takes six presses, refuses a second number, and chooses a slot when asked to', async () => {
    const { client, device, library } = await wired(bridge, 'grow', { fingerMs: 400 })
    library.set(0, library.learn('old'))
    const first = client.command(0x31, 0xc8, 0, 0, 1, 1)
    device.press(good('ann'))
    expect(await first).toEqual({ code: 0, bytes: [1, 1] })
    expect(await client.ack()).toEqual({ code: 0, bytes: [2, 1] })
    device.lift()
    for (let step = 3; step <= 12; step += 2) {
      await client.quiet(15)
      device.press(good('ann'))
      expect([await client.ack(), await client.ack()]).toEqual([
        { code: 0, bytes: [step, 1] },
        { code: 0, bytes: [step + 1, 1] },
      ])
      device.lift()
    }
    for (const step of [0x0d, 0x0e, 0x0f]) expect(await client.ack()).toEqual({ code: 0, bytes: [step, 1] })
    expect(library.identityOf(1)).toBe('ann')
    expect(await client.command(0x31, 1, 0, 0, 1, 1)).toEqual({ code: 0x01, bytes: [0, 1] })
    expect(await client.command(0x31, 0xc7, 0, 0, 0, 0)).toMatchObject({ code: 0x26 })
  })

  test('AutoIdentify finds, does not find, and waits in vain', async () => {
    const { client, device, library } = await wired(bridge, 'grow', { fingerMs: 60 })
    expect((await client.command(0x32, 3, 0, 200, 0, 1)).code).toBe(0x24)
    library.set(9, library.learn('ann'))
    device.press(good('ann'))
    expect(await client.command(0x32, 3, 0, 200, 1, 1)).toEqual({ code: 0, bytes: [1, 0, 0, 0, 0] })
    expect(await client.ack()).toEqual({ code: 0, bytes: [2, 0, 0, 0, 0] })
    const { code, bytes } = await client.ack()
    expect({ code, step: bytes[0], slot: word(bytes.slice(1)) }).toEqual({ code: 0, step: 3, slot: 9 })
    device.press(good('eve'))
    expect((await client.command(0x32, 3, 0, 200, 0, 1)).code).toBe(0x09)
    device.lift()
    expect((await client.command(0x32, 3, 0, 200, 0, 1)).code).toBe(0x26)
    expect((await client.command(0x32, 3, 10, 200, 0, 1)).code).toBe(0x0b)
  })
})

describe.each(['raw64', 'cp2110'] as const)('what only SYNO does, over %s', (bridge) => {
  test('greeting, light, chip number, image information, SearchNow', async () => {
    const bench = await wired(bridge, 'syno')
    const { client, device } = bench
    expect(await client.command(0x35)).toEqual(ok)
    expect(await client.command(0x3c, 3, 2, 2, 0)).toEqual(ok)
    expect((await client.command(0x34, 0)).bytes).toHaveLength(32)
    await enrol(bench, 'ann', 3, 2)
    device.press(good('ann'))
    expect(await client.command(0x29)).toEqual(ok)
    expect((await client.command(0x3d)).bytes).toHaveLength(2)
    await client.command(0x02, 1)
    expect(word((await client.command(0x3e, 0, 0, 0, 200)).bytes)).toBe(3)
  })

  test.each([2, 6])('AutoEnroll with %i presses', async (presses) => {
    const { client, device, library } = await wired(bridge, 'syno')
    expect(await client.command(0x31, 0, 5, presses, 0, 0x10)).toEqual({ code: 0, bytes: [0, 0] })
    for (let press = 1; press <= presses; press++) {
      device.press(good('ann'))
      expect(await client.ack()).toEqual({ code: 0, bytes: [1, press] })
      expect(await client.ack()).toEqual({ code: 0, bytes: [2, press] })
      device.lift()
      if (press < presses) expect(await client.ack()).toEqual({ code: 0, bytes: [3, press] })
    }
    for (const last of [
      [4, 0xf0],
      [5, 0xf1],
      [6, 0xf2],
    ]) {
      expect(await client.ack()).toEqual({ code: 0, bytes: last })
    }
    expect(library.identityOf(5)).toBe('ann')
    expect(await client.command(0x31, 0, 5, 2, 0, 0)).toEqual({ code: 0x22, bytes: [0, 0] })
    expect(await client.command(0x31, 1, 5, 2, 0, 0)).toEqual({ code: 0x0b, bytes: [0, 0] })
    expect(await client.command(0x31, 0, 6, 7, 0, 0)).toEqual({ code: 0x25, bytes: [0, 0] })
  })

  test('AutoIdentify, its timeout, and Cancel', async () => {
    const { client, device, library } = await wired(bridge, 'syno', { fingerMs: 60 })
    expect((await client.command(0x32, 3, 255, 255, 0, 0)).code).toBe(0x24)
    library.set(9, library.learn('ann'))
    expect((await client.command(0x32, 3, 0, 7, 0, 0)).code).toBe(0x23)
    device.press(good('ann'))
    expect(await client.command(0x32, 3, 255, 255, 0, 0)).toEqual({ code: 0, bytes: [0, 0, 0, 0, 0] })
    expect((await client.ack()).bytes[0]).toBe(1)
    const { code, bytes } = await client.ack()
    expect({ code, stage: bytes[0], slot: word(bytes.slice(1)) }).toEqual({ code: 0, stage: 5, slot: 9 })
    device.lift()
    await client.command(0x32, 3, 255, 255, 0, 0)
    expect((await client.ack()).code).toBe(0x26)
    await client.command(0x32, 3, 255, 255, 0, 0)
    expect(await client.command(0x30)).toEqual(ok)
    expect(await client.quiet(90)).toBe(true)
  })
})
