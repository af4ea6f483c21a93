import { describe, expect, test } from 'vitest'
import { type EnrolResult, type EnrolStep, enrol } from '#devices/driver/enrol.ts'
import type { Reader } from '#devices/driver/reader.ts'
import { isTaken, removeSlot, takenSlots } from '#devices/driver/slots.ts'
import type { EmulatedReader } from '#devices/emulator/device.ts'
import type { Finger } from '#devices/emulator/finger.ts'
import { bench } from './reader-support.ts'

const cases = (['raw64', 'cp2110'] as const).flatMap((profile) =>
  (['zfm', 'grow', 'syno'] as const).map((dialect) => ({ profile, dialect })),
)

/** Somebody who does what the steps say: lays on the next finger of the list, lifts it when asked. */
function person(device: EmulatedReader, fingers: Finger[]) {
  const steps: EnrolStep['step'][] = []
  const onStep = ({ step }: EnrolStep) => {
    steps.push(step)
    if (step === 'lift' || step === 'retry') device.lift()
    const next = step === 'press' || step === 'retry' ? fingers.shift() : undefined
    // After a poor image the finger comes back only when the module has seen it go.
    if (next) setTimeout(() => device.press(next), step === 'retry' ? 60 : 0)
  }
  return { steps, onStep }
}

function enrolAs(
  reader: Reader,
  device: EmulatedReader,
  slot: number,
  fingers: Finger[],
  fingerMs = 10_000,
): Promise<EnrolResult & { steps: string[] }> {
  const { steps, onStep } = person(device, fingers)
  const options = { slot, presses: 2, onStep, now: () => performance.now(), pollMs: 1, fingerMs }
  return enrol(reader, options).then((result) => ({ ...result, steps }))
}

const good = (identity: string): Finger => ({ identity, quality: 'good' })

describe.each(cases)('$dialect over $profile', ({ profile, dialect }) => {
  test('a finger is enrolled once, found taken, refused under a second number, and deleted with proof', async () => {
    const { device, connect } = bench(profile, dialect)
    const reader = await connect()
    const first = await enrolAs(reader, device, 9, [good('ann'), good('ann')])
    expect(first).toMatchObject({ ok: true, slot: 9 })
    expect(first.steps).toEqual(['press', 'lift', 'press', 'lift', 'stored'])
    expect(await isTaken(reader, 9)).toBe(true)

    const again = await enrolAs(reader, device, 10, [good('ann'), good('ann')])
    expect(again).toMatchObject({ ok: false, refusal: { kind: 'already_enrolled', slot: 9 } })
    expect(await takenSlots(reader)).toEqual([9])

    expect(await removeSlot(reader, 9)).toEqual({ wasTaken: true })
    expect(await takenSlots(reader)).toEqual([])
    expect(await reader.count()).toBe(0)
    await reader.close()
  })
})

describe('enrolment', () => {
  test('two different fingers do not make one', async () => {
    const { device, connect } = bench('raw64', 'zfm')
    const reader = await connect()
    const result = await enrolAs(reader, device, 1, [good('ann'), good('ben'), good('ben')])
    expect(result).toMatchObject({ ok: false, refusal: { kind: 'not_the_same_finger' } })
    expect(result.steps).toEqual(['press', 'lift', 'press', 'retry'])
    expect(await reader.count()).toBe(0)
  })

  test('a wet finger is asked for again', async () => {
    const { device, connect } = bench('raw64', 'syno')
    const reader = await connect()
    const result = await enrolAs(reader, device, 1, [{ identity: 'ann', quality: 'wet' }, good('ann'), good('ann')])
    expect(result.steps).toEqual(['press', 'retry', 'lift', 'press', 'lift', 'stored'])
  })

  test('a taken slot is refused before anybody presses', async () => {
    const { device, library, connect } = bench('raw64', 'grow')
    library.set(4, library.learn('ann'))
    const result = await enrolAs(await connect(), device, 4, [])
    expect(result).toMatchObject({ ok: false, steps: [], refusal: { kind: 'slot_taken', slot: 4 } })
  })

  test('a slot that the reader does not have is refused', async () => {
    const { device, connect } = bench('raw64', 'grow')
    await expect(enrolAs(await connect(), device, 200, [])).rejects.toMatchObject({ kind: 'refused', code: 0x0b })
  })

  test('nobody comes', async () => {
    const { device, connect } = bench('raw64', 'grow')
    const result = await enrolAs(await connect(), device, 1, [], 30)
    expect(result).toMatchObject({ ok: false, refusal: { kind: 'nobody_came', press: 1 } })
  })
})
