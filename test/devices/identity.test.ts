import { describe, expect, test } from 'vitest'
import { readIdentity } from '#devices/driver/identity.ts'
import { openReader, type Reader } from '#devices/driver/reader.ts'
import { selfTest } from '#devices/driver/self-test.ts'
import { readTemplate, writeTemplate } from '#devices/driver/template.ts'
import { emptyLibrary, emulatedReader } from '#devices/emulator/device.ts'
import { openLink } from '#devices/link/profile.ts'
import { setSysPara } from '#devices/protocol/command.ts'
import type { DialectName } from '#devices/protocol/dialects.ts'
import { bench } from './reader-support.ts'

const cases = (['raw64', 'cp2110'] as const).flatMap((profile) =>
  (['zfm', 'grow', 'syno'] as const).map((dialect) => ({ profile, dialect })),
)

/** A second module beside the one on the bench. */
async function another(dialect: DialectName) {
  const library = emptyLibrary('BENCH2', dialect, 200)
  const device = emulatedReader({ profile: 'cp2110', library, latencyFactor: 0.02 })
  return { library, reader: await openReader(await openLink('cp2110', await device.open())) }
}

/** A reader that answers one command with another code than its module does. */
function answering(reader: Reader, name: string, code: number): Reader {
  const ask: Reader['ask'] = async (command) => (command.name === name ? { code, value: null } : reader.ask(command))
  return { ...reader, ask }
}

describe.each(cases)('$dialect over $profile', ({ profile, dialect }) => {
  test('says what it is, as far as its family can', async () => {
    const { library, connect } = bench(profile, dialect)
    library.setIdentity({ moduleSerial: 'A1B2C3D4', firmware: 'V2.31' })
    const reader = await connect()
    const identity = await readIdentity(reader)
    const expected = {
      zfm: { moduleSerial: null, firmware: 'V2.31', model: 'EMULATED' },
      grow: { moduleSerial: 'EMU0-A1B2C3D4', firmware: 'V2.31', model: 'EMULATED R503' },
      syno: { moduleSerial: 'A1B2C3D4', firmware: 'V2.31', model: 'EMULATED' },
    }
    expect(identity).toEqual(expected[dialect])
    library.setIdentity({ moduleSerial: 'FFFF0000' })
    const changed = (await readIdentity(reader)).moduleSerial
    expect(changed).toBe({ zfm: null, grow: 'EMU0-FFFF0000', syno: 'FFFF0000' }[dialect])
    await reader.close()
  })

  test('passes its self-test and tells each step before it is taken', async () => {
    const { library, connect } = bench(profile, dialect)
    for (const slot of [0, 1, 2, 7]) library.set(slot, library.learn(`finger ${slot}`))
    const reader = await connect()
    const steps: string[] = []
    const result = await selfTest(reader, (step) => steps.push(step))
    expect(result).toEqual({
      failedAt: null,
      reason: null,
      code: null,
      facts: { dialect, capacity: 200, sensor: 0, templates: 4, taken: '0-2,7' },
    })
    expect(steps).toEqual(['answer', 'parameters', 'sensor', 'count', 'index', 'light'])
    await reader.close()
  })

  test('gives a template to another module, once', async () => {
    const { library, connect } = bench(profile, dialect)
    library.set(3, library.learn('ann'))
    const source = await connect()
    const target = await another(dialect)
    await source.demand(setSysPara(6, 3))
    const template = await readTemplate(source, 3)
    await writeTemplate(target.reader, 9, template)
    expect(target.library.get(9)).toEqual(library.get(3))
    await expect(writeTemplate(target.reader, 9, template)).rejects.toMatchObject({ reason: 'slot_not_empty' })
    await expect(writeTemplate(target.reader, 10, template)).rejects.toMatchObject({ reason: 'already_enrolled' })
    expect(target.library.slots()).toEqual([9])
    await source.close()
    await target.reader.close()
  })
})

describe('an identity', () => {
  test('is null where a module refuses or does not answer the question', async () => {
    const reader = await bench('raw64', 'syno').connect()
    const mute = answering(answering(reader, 'GetChipSN', 0x01), 'ReadINFpage', 0x0f)
    expect(await readIdentity(mute)).toEqual({ moduleSerial: null, firmware: null, model: null })
    await reader.close()
  })

  test('is not read out of an information page with another layout', async () => {
    const { device, connect } = bench('raw64', 'zfm')
    const reader = await connect()
    const other = { ...reader, parameters: { ...reader.parameters, capacity: 1000 } }
    expect(await readIdentity(other)).toEqual({ moduleSerial: null, firmware: null, model: null })
    device.unplug()
    await expect(readIdentity(reader)).rejects.toMatchObject({ kind: 'unplugged' })
  })
})

describe('a self-test', () => {
  test.each([
    ['CheckSensor', 0x29, 'sensor', 'sensor_error'],
    ['TempleteNum', 0x18, 'count', 'flash_error'],
    ['ReadIndexTable', 0x0b, 'index', 'out_of_range'],
    ['Light', 0x1a, 'light', 'bad_register'],
    ['ReadSysPara', 0x18, 'parameters', 'flash_error'],
    ['HandShake', 0x01, 'answer', 'packet_error'],
  ])('%s answering %i fails at %s', async (name, code, failedAt, reason) => {
    const reader = await bench('raw64', 'grow').connect()
    const broken = answering(reader, name, code)
    const demand: Reader['demand'] = async (command) => {
      const reply = await broken.ask(command)
      if (reply.value) return reply.value.returns
      throw reader.refused(command.name, reply.code)
    }
    const result = await selfTest({ ...broken, demand }, () => undefined)
    expect(result).toMatchObject({ failedAt, reason, code })
    await reader.close()
  })

  test('a module without CheckSensor is asked for an image instead', async () => {
    const reader = await bench('raw64', 'zfm').connect()
    const result = await selfTest(answering(reader, 'CheckSensor', 0x01), () => undefined)
    expect(result).toMatchObject({ failedAt: null, facts: { sensor: 0x02 } })
    await reader.close()
  })

  test('a count that is not the index table’s fails at the index', async () => {
    const { library, connect } = bench('raw64', 'syno')
    const reader = await connect()
    const late: Reader['ask'] = async (command) => {
      const reply = await reader.ask(command)
      if (command.name === 'TempleteNum') library.set(5, library.learn('ann'))
      return reply
    }
    const result = await selfTest({ ...reader, ask: late }, () => undefined)
    expect(result).toMatchObject({ failedAt: 'index', reason: 'count_differs', code: null, facts: { taken: '5' } })
    await reader.close()
  })

  test('a module that falls silent is told as such, one that is gone is an error', async () => {
    const { device, connect } = bench('raw64', 'grow')
    const reader = await connect({ patience: 0.05, drainMs: 1 })
    device.module.powerOff()
    expect(await selfTest(reader, () => undefined)).toMatchObject({ failedAt: 'answer', reason: 'no_answer' })
    device.unplug()
    await expect(selfTest(reader, () => undefined)).rejects.toMatchObject({ kind: 'unplugged' })
  })
})

describe('a template', () => {
  test('of an empty slot, or outside the module, is refused', async () => {
    const reader = await bench('raw64', 'grow').connect()
    await expect(readTemplate(reader, 3)).rejects.toMatchObject({ kind: 'refused', code: 0x0c })
    await expect(readTemplate(reader, 200)).rejects.toMatchObject({ kind: 'refused', code: 0x0b })
    await expect(writeTemplate(reader, 3, new Uint8Array(0))).rejects.toMatchObject({ reason: 'bad_template' })
  })

  test('that lost a data packet on its way is read again until two readings agree', async () => {
    const { library, connect } = bench('raw64', 'grow')
    library.set(3, library.learn('ann'))
    const reader = await connect()
    let readings = 0
    const lossy: Reader['ask'] = async (command) => {
      const reply = await reader.ask(command)
      if (command.name !== 'UpChar' || reply.value === null || ++readings !== 2) return reply
      return { code: 0, value: { ...reply.value, data: reply.value.data.slice(128) } }
    }
    expect(await readTemplate({ ...reader, ask: lossy }, 3)).toEqual(library.get(3))
    expect(readings).toBe(4)
  })

  test('that did not arrive whole is not stored', async () => {
    const { library, connect } = bench('raw64', 'zfm')
    const reader = await connect()
    const template = library.learn('ann').slice()
    const lossy: Reader['ask'] = async (command) => {
      const reply = await reader.ask(command)
      if (command.name !== 'UpChar' || reply.value === null) return reply
      return { code: 0, value: { ...reply.value, data: reply.value.data.slice(128) } }
    }
    await expect(writeTemplate({ ...reader, ask: lossy }, 3, template)).rejects.toMatchObject({
      reason: 'cannot_receive_data',
    })
    expect(library.slots()).toEqual([])
  })
})
