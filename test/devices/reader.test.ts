import { describe, expect, test } from 'vitest'
import { troubleOf } from '#devices/agent/trouble.ts'
import { imageOf, templateOf } from '#devices/emulator/finger.ts'
import {
  downChar,
  getRandomCode,
  loadChar,
  readNotepad,
  setSysPara,
  store,
  upChar,
  writeNotepad,
} from '#devices/protocol/command.ts'
import { bench, eventually } from './reader-support.ts'

const cases = (['raw64', 'cp2110'] as const).flatMap((profile) =>
  (['zfm', 'grow', 'syno'] as const).map((dialect) => ({ profile, dialect })),
)
const ann = templateOf(imageOf({ identity: 'ann', quality: 'good' }))

describe('a configured dialect', () => {
  test.each([
    ['grow', 'syno'],
    ['syno', 'grow'],
  ] as const)('a %s module is not driven as %s: the refusal names it', async (module, configured) => {
    const asked = bench('raw64', module).connect({ dialect: configured })
    await expect(asked).rejects.toMatchObject({ kind: 'refused', reason: 'wrong_dialect' })
    await expect(asked).rejects.toThrow(new RegExp(`${module}.*${configured}`))
    expect(troubleOf(await asked.catch((error: unknown) => error))).toEqual({ state: 'fault', detail: 'wrong_dialect' })
  })

  test.each([
    ['zfm', 'syno'],
    ['zfm', 'grow'],
    ['grow', 'zfm'],
    ['grow', 'grow'],
  ] as const)('a %s module that does not say otherwise is driven as %s', async (module, configured) => {
    const reader = await bench('raw64', module).connect({ dialect: configured })
    expect(reader.dialect.name).toBe(configured)
    expect(await reader.count()).toBe(0)
    await reader.close()
  })
})

describe.each(cases)('$dialect over $profile', ({ profile, dialect }) => {
  test('templates go both ways in data packets of every size', async () => {
    const { library, connect } = bench(profile, dialect)
    for (const sizeCode of [0, 1, 2, 3]) {
      const setting = await connect()
      await setting.demand(setSysPara(6, sizeCode))
      await setting.close()
      const reader = await connect()
      await reader.demand(downChar(1, ann))
      await reader.demand(store(1, 20 + sizeCode))
      expect(library.identityOf(20 + sizeCode) ?? library.get(20 + sizeCode)).toEqual(ann)
      await reader.demand(loadChar(2, 20 + sizeCode))
      expect((await reader.ask(upChar(2))).value?.data).toEqual(ann)
      await reader.close()
    }
  })

  test('an unplugged reader ends what was asked; plugged in again it is greeted anew', async () => {
    const { device, connect } = bench(profile, dialect)
    const reader = await connect()
    const errors: string[] = []
    reader.onError(({ kind }) => errors.push(kind))
    const asked = expect(reader.count()).rejects.toMatchObject({ kind: 'unplugged' })
    device.unplug()
    await asked
    await eventually(() => errors.length === 1)
    await expect(reader.count()).rejects.toMatchObject({ kind: 'unplugged' })
    await reader.close()
    await expect(connect()).rejects.toMatchObject({ kind: 'not_found' })
    device.replug()
    const again = await connect()
    expect(await again.count()).toBe(0)
    await again.close()
  })

  test('a changed password is asked for', async () => {
    const { device, library, connect } = bench(profile, dialect)
    library.setPassword(0x12345678)
    device.unplug()
    device.replug()
    await expect(connect()).rejects.toMatchObject({ kind: 'refused', code: 0x13 })
    const reader = await connect({ password: 0x12345678 })
    expect(await reader.count()).toBe(0)
    await reader.close()
  })
})

describe('a reader', () => {
  test('keeps notes and gives random numbers', async () => {
    const reader = await bench('raw64', 'zfm').connect()
    const note = new Uint8Array(32).fill(7)
    await reader.demand(writeNotepad(2, note))
    expect(await reader.demand(readNotepad(2))).toEqual(note)
    expect(await reader.demand(getRandomCode())).toBeGreaterThanOrEqual(0)
    await expect(reader.demand(readNotepad(16))).rejects.toMatchObject({ kind: 'refused', code: 0x1c })
    await reader.close()
  })

  test('is not probed when its dialect is known', async () => {
    const reader = await bench('raw64', 'grow').connect({ dialect: 'grow' })
    expect(reader.dialect.name).toBe('grow')
    await reader.close()
  })

  test('that says nothing is given up', async () => {
    const { connect, device } = bench('raw64', 'zfm')
    device.module.powerOff()
    await expect(connect({ patience: 0.02, drainMs: 1 })).rejects.toMatchObject({ kind: 'timeout' })
  })
})
