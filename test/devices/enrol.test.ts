import { describe, expect, test } from 'vitest'
import { type EnrolResult, type EnrolStep, enrol } from '#devices/driver/enrol.ts'
import type { Reader } from '#devices/driver/reader.ts'
import { isTaken, removeSlot, takenSlots } from '#devices/driver/slots.ts'
import { tryFinger } from '#devices/driver/try-finger.ts'
import type { EmulatedReader } from '#devices/emulator/device.ts'
import type { Finger } from '#devices/emulator/finger.ts'
import { bench, eventually } from './reader-support.ts'

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
    if (next && step === 'retry')
      void eventually(() => device.module.noticed === 'empty').then(() => device.press(next))
    else if (next) setTimeout(() => device.press(next), 0)
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

describe('what is noticed early', () => {
  test('a finger that is in the library is refused at its first press, whoever it belongs to', async () => {
    const { device, library, connect } = bench('raw64', 'zfm')
    library.set(7, library.learn('ben'))
    const result = await enrolAs(await connect(), device, 1, [good('ben')])
    expect(result).toMatchObject({ ok: false, refusal: { kind: 'already_enrolled', slot: 7 }, steps: ['press'] })
  })

  test.each(['grow', 'syno'] as const)('%s: four presses, a stranger among them is asked to go', async (dialect) => {
    const { device, library, connect } = bench('cp2110', dialect)
    const reader = await connect()
    const { steps, onStep } = person(device, [good('ann'), good('ann'), good('ben'), good('ann'), good('ann')])
    const reasons: string[] = []
    const result = await enrol(reader, {
      slot: 2,
      presses: 4,
      onStep: (step) => {
        if (step.step === 'retry') reasons.push(step.reason)
        onStep(step)
      },
      now: () => performance.now(),
      pollMs: 1,
    })
    expect(result).toMatchObject({ ok: true, slot: 2 })
    expect(reasons).toEqual(['not_the_same_finger'])
    expect(steps.filter((step) => step === 'lift')).toHaveLength(Math.min(4, reader.dialect.buffers))
    expect(library.identityOf(2)).toBe('ann')
  })

  test('stopped in the middle, nothing stays in the module', async () => {
    const { device, library, connect } = bench('raw64', 'grow')
    const stopping = new AbortController()
    const { onStep } = person(device, [good('ann')])
    const result = await enrol(await connect(), {
      slot: 2,
      presses: 2,
      onStep: (step) => {
        onStep(step)
        if (step.step === 'press' && step.press === 2) stopping.abort()
      },
      now: () => performance.now(),
      pollMs: 1,
      signal: stopping.signal,
    })
    expect(result).toEqual({ ok: false, refusal: { kind: 'stopped' } })
    expect(library.slots()).toEqual([])
  })

  test('unplugged in the middle, nothing stays in the module', async () => {
    const { device, library, connect } = bench('raw64', 'grow')
    const { onStep } = person(device, [good('ann')])
    const enrolling = enrol(await connect(), {
      slot: 2,
      presses: 2,
      onStep: (step) => {
        onStep(step)
        if (step.step === 'press' && step.press === 2) device.unplug()
      },
      now: () => performance.now(),
      pollMs: 1,
    })
    await expect(enrolling).rejects.toMatchObject({ kind: 'unplugged' })
    expect(library.slots()).toEqual([])
  })
})

describe('a trial', () => {
  test('says whose slot it is and how sure it is, after a wet finger; a stranger is not recognised', async () => {
    const { device, library, connect } = bench('raw64', 'syno')
    library.set(5, library.learn('ann'))
    const reader = await connect()
    const trial = (fingers: Finger[]) => {
      const steps: string[] = []
      return tryFinger(reader, {
        onStep: ({ step }) => {
          steps.push(step)
          device.lift()
          const next = fingers.shift()
          if (next && step === 'retry')
            void eventually(() => device.module.noticed === 'empty').then(() => device.press(next))
          else if (next) setTimeout(() => device.press(next), 0)
        },
        now: () => performance.now(),
        pollMs: 1,
      }).then((result) => ({ ...result, steps }))
    }
    const found = await trial([{ identity: 'ann', quality: 'wet' }, good('ann')])
    expect(found).toMatchObject({ kind: 'recognised', slot: 5, steps: ['press', 'retry'] })
    device.lift()
    expect(await trial([good('ben')])).toMatchObject({ kind: 'not_recognised' })
  })
})
