import { describe, expect, test } from 'vitest'
import { readerCodes as english } from '#app/i18n/en/reader-codes.ts'
import { readerCodes as chinese } from '#app/i18n/zh-CN/reader-codes.ts'
import { enrol } from '#devices/driver/enrol.ts'
import { identifier, type Sighting } from '#devices/driver/identify.ts'
import type { Reader } from '#devices/driver/reader.ts'
import { codeMeaning, poorImageReason } from '#devices/protocol/codes.ts'
import { code } from '#devices/protocol/command.ts'
import type { DialectName } from '#devices/protocol/dialects.ts'
import { bench, eventually } from './reader-support.ts'

const names: DialectName[] = ['zfm', 'grow', 'syno']
const all = names.flatMap((dialect) => Array.from({ length: 256 }, (_, value) => ({ dialect, value })))
/** Reasons that the driver gives without a code of the module. */
const driverReasons = [
  'no_answer',
  'garbled',
  'refused',
  'unplugged',
  'not_stored',
  'parameters_changed',
  'count_differs',
  'wrong_dialect',
]

describe('every code of every dialect', () => {
  test('has a name, a sentence in both languages that says what to do, and what follows', () => {
    const used = new Set(driverReasons)
    for (const { dialect, value } of all) used.add(codeMeaning(value, dialect).name)
    expect([...used].sort()).toEqual(Object.keys(chinese).sort())
    expect(Object.keys(english)).toEqual(Object.keys(chinese))
    for (const sentence of [...Object.values(chinese), ...Object.values(english)]) {
      expect(sentence.length).toBeGreaterThan(7)
    }
  })

  test.each([
    ['zfm', 0x22, 'template_empty', 'refuse_command'],
    ['grow', 0x22, 'template_empty', 'refuse_command'],
    ['syno', 0x22, 'slot_not_empty', 'refuse_command'],
    ['zfm', 0xfc, 'unknown_code', 'refuse_command'],
    ['grow', 0xfc, 'unsupported', 'refuse_command'],
    ['syno', 0xfc, 'blocked', 'refuse_command'],
    ['grow', 0xfb, 'unknown_code', 'refuse_command'],
    ['syno', 0xfb, 'busy', 'send_again'],
    ['grow', 0xfd, 'hardware_error', 'reader_fault'],
    ['syno', 0xfd, 'parameter_error', 'refuse_command'],
    ['syno', 0x13, 'wrong_password', 'locked'],
    ['zfm', 0x21, 'password_needed', 'locked'],
    ['zfm', 0x02, 'no_finger', 'wait_finger'],
    ['grow', 0xff, 'wake_up_notice', 'ignore'],
  ] as const)('%s %i is %s', (dialect, value, name, next) => {
    expect(codeMeaning(value, dialect)).toEqual({ name, next })
  })
})

/** What one look at the sensor makes of a module that answers one command with this code, and the others well. */
async function lookWith(real: Reader, dialect: DialectName, broken: string, value: number) {
  const seen: Sighting[] = []
  let accepted = 0
  const good = { Search: { slot: 3, score: 100 } } as Readonly<Record<string, unknown>>
  const ask = async ({ name }: { name: string }) =>
    name === broken
      ? { code: value, value: null }
      : { code: 0, value: { returns: good[name], data: new Uint8Array(0) } }
  const reader = { ...real, dialect: { ...real.dialect, name: dialect }, ask: ask as Reader['ask'] }
  const identify = identifier(
    { ...reader, light: async () => undefined },
    {
      accept: async () => void accepted++,
      emit: (sighting) => void seen.push(sighting),
      now: () => 0,
      pollMs: 0,
    },
  )
  const error = await identify.step().then(
    () => null,
    (thrown: { kind: string; code: number }) => ({ kind: thrown.kind, code: thrown.code }),
  )
  return { kinds: seen.map(({ kind }) => kind), accepted, error }
}

describe('a look at the sensor', () => {
  test.each(['GenImg', 'Img2Tz', 'Search'])(
    'reacts to every answer to %s as it is defined, and never punches',
    async (name) => {
      const real = await bench('raw64', 'grow').connect()
      for (const { dialect, value } of all.filter((one) => one.value !== 0)) {
        const { next } = codeMeaning(value, dialect)
        const { kinds, accepted, error } = await lookWith(real, dialect, name, value)
        const where = `${dialect} ${name} ${value.toString(16)} ${next}`
        expect(accepted, where).toBe(0)
        const unknown = name === 'Search' && [0x08, 0x09, 0x24].includes(value)
        const expected = {
          ok: null,
          wait_finger: { kinds: [], error: null },
          press_again: { kinds: [unknown ? 'not_recognised' : 'poor_image'], error: null },
          send_again: { kinds: [], error: { kind: 'garbled', code: value } },
          ignore: { kinds: [], error: { kind: 'garbled', code: value } },
          refuse_command: { kinds: [], error: { kind: 'refused', code: value } },
          reader_fault: { kinds: [], error: { kind: 'refused', code: value } },
          locked: { kinds: [], error: { kind: 'refused', code: value } },
        }[next]
        expect({ kinds, error }, where).toEqual(expected)
      }
      await real.close()
    },
  )

  test('says a poor image in the few words that people at the reader are told', () => {
    const reasons = all
      .filter(({ dialect, value }) => codeMeaning(value, dialect).next === 'press_again')
      .map(({ dialect, value }) => poorImageReason(value, dialect))
    expect([...new Set(reasons)].sort()).toEqual([
      'features_related',
      'image_failed',
      'no_image',
      'poor_template',
      'residual_finger',
      'small_area',
      'too_dry',
      'too_few_features',
      'too_messy',
      'too_wet',
    ])
  })

  test('a sensor that fails while a judged finger lies there is told at once', async () => {
    const real = await bench('raw64', 'grow').connect()
    const reader = { ...real, ask: (async () => ({ code: 0x29, value: null })) as Reader['ask'] }
    const glass = { lying: { since: 0, reported: true } }
    const identify = identifier(reader, { accept: async () => undefined, emit: () => undefined, now: () => 0, glass })
    await expect(identify.step()).rejects.toMatchObject({ kind: 'refused', reason: 'sensor_error' })
    await real.close()
  })

  test('a slot that the module does not have is nobody', async () => {
    const real = await bench('raw64', 'grow').connect()
    const small = { ...real, parameters: { ...real.parameters, capacity: 3 } }
    const { accepted, error } = await lookWith(small, 'grow', 'nothing', 0)
    expect({ accepted, kind: error?.kind }).toEqual({ accepted: 0, kind: 'garbled' })
    await real.close()
  })
})

describe('a module that answers', () => {
  test('that it did not get the packet, or that it is busy, is asked the same again', async () => {
    const { device, connect } = bench('cp2110', 'syno')
    const reader = await connect()
    for (const value of [0x01, 0xfb]) {
      device.module.fault(code.templeteNum, value)
      const count = reader.count()
      setTimeout(() => device.module.fault(code.templeteNum, null), 20)
      expect(await count).toBe(0)
    }
    device.module.fault(code.templeteNum, 0xfb)
    await expect(reader.count()).rejects.toMatchObject({ kind: 'refused', reason: 'busy' })
    await reader.close()
  })

  test('from another address than it was called at is told apart from one that is silent', async () => {
    const { device, connect } = bench('raw64', 'grow')
    const reader = await connect({ patience: 0.1, drainMs: 1, address: 0xffffffff })
    await reader.close()
    const refused = connect({ patience: 0.1, drainMs: 1, address: 0x01020304 })
    await expect(refused).rejects.toMatchObject({ kind: 'timeout', reason: 'wrong_address', code: 0x20 })
    device.module.powerOff()
    await expect(connect({ patience: 0.1, drainMs: 1 })).rejects.toMatchObject({ kind: 'timeout', reason: 'no_answer' })
  })
})

describe('an enrolment ends', () => {
  async function refusedWith(dialect: DialectName, command: number, value: number) {
    const { device, library, connect } = bench('raw64', dialect)
    const reader = await connect()
    device.module.fault(command, value)
    const result = await enrol(reader, {
      slot: 5,
      presses: 2,
      now: () => performance.now(),
      pollMs: 1,
      onStep: ({ step }) => {
        if (step === 'press') device.press({ identity: 'ann', quality: 'good' })
        if (step === 'lift') device.lift()
      },
    }).catch((error: { kind: string; reason: string }) => ({ ok: false, refusal: null, thrown: error }))
    await eventually(() => library.slots().length === 0)
    await reader.close()
    return result
  }

  test.each([
    ['syno', code.store, 0x1f, { kind: 'library_full' }],
    ['grow', code.store, 0x1f, { kind: 'library_full' }],
    ['syno', code.store, 0x22, { kind: 'slot_taken', slot: 5 }],
    ['zfm', code.genImg, 0x29, { kind: 'sensor_error' }],
    ['grow', code.img2Tz, 0xfd, { kind: 'sensor_error' }],
    ['grow', code.regModel, 0x0a, { kind: 'not_the_same_finger' }],
    ['syno', code.regModel, 0x3b, { kind: 'not_the_same_finger' }],
  ] as const)('%s: command %i answering %i', async (dialect, command, value, refusal) => {
    expect(await refusedWith(dialect, command, value)).toEqual({ ok: false, refusal })
  })

  test.each([
    ['grow', code.store, 0x22, 'template_empty'],
    ['syno', code.store, 0x27, 'already_enrolled'],
    ['zfm', code.store, 0x18, 'flash_error'],
    ['zfm', code.genImg, 0x21, 'password_needed'],
    ['grow', code.img2Tz, 0xee, 'unknown_code'],
  ] as const)('%s: command %i answering %i is an error of its name', async (dialect, command, value, reason) => {
    expect(await refusedWith(dialect, command, value)).toMatchObject({ thrown: { kind: 'refused', reason } })
  })
})
