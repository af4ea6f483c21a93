import { describe, expect, test } from 'vitest'
import { identifier, type Sighting } from '#devices/driver/identify.ts'
import type { Reader } from '#devices/driver/reader.ts'
import { ReaderError } from '#devices/protocol/codes.ts'
import { bench, eventually } from './reader-support.ts'

const cases = (['raw64', 'cp2110'] as const).flatMap((profile) =>
  (['zfm', 'grow', 'syno'] as const).map((dialect) => ({ profile, dialect })),
)

/** Runs the identify loop until the test is done, as the agent does. */
function watching(reader: Reader, options: { heldMs?: number; accept?: () => Promise<void>; lying?: boolean } = {}) {
  const seen: Sighting[] = []
  const accepted: number[] = []
  const stop = new AbortController()
  let asked = 0
  let looked = 0
  const watched: Reader = {
    ...reader,
    async ask(command) {
      const reply = await reader.ask(command)
      if (command.name === 'GenImg') looked++
      return reply
    },
  }
  const identify = identifier(watched, {
    accept: async ({ slot }) => {
      asked++
      await options.accept?.()
      accepted.push(slot)
    },
    emit: (sighting) => void seen.push(sighting),
    now: () => performance.now(),
    pollMs: 1,
    heldMs: options.heldMs ?? 60_000,
  })
  if (options.lying) identify.requireLift()
  const done = (async () => {
    while (!stop.signal.aborted) await identify.step(stop.signal)
  })()
  return {
    seen,
    accepted,
    asked: () => asked,
    kinds: () => seen.map(({ kind }) => kind),
    /** The loop has looked at the sensor so often since now. */
    async looks(count: number) {
      const before = looked
      await eventually(() => looked >= before + count)
    },
    async end() {
      stop.abort()
      await done
      await reader.close()
    },
  }
}

describe.each(cases)('$dialect over $profile', ({ profile, dialect }) => {
  test('the greeting finds dialect, capacity and count', async () => {
    const { library, connect } = bench(profile, dialect)
    library.set(7, new Uint8Array(512))
    const reader = await connect()
    expect(reader.dialect.name).toBe(dialect)
    expect(reader.parameters.capacity).toBe(200)
    expect(await reader.count()).toBe(1)
    await reader.close()
  })

  test('a known finger is one punch, however long it lies there, and one more after it was lifted', async () => {
    const { device, library, connect } = bench(profile, dialect)
    library.set(12, library.learn('ann'))
    const watch = watching(await connect(), { heldMs: 20 })
    device.press({ identity: 'ann', quality: 'good' })
    await eventually(() => watch.seen.some(({ kind }) => kind === 'finger_held'))
    await watch.looks(5)
    expect(watch.accepted).toEqual([12])
    expect(watch.kinds()).toEqual(['matched', 'finger_held'])
    device.lift()
    await watch.looks(5)
    device.press({ identity: 'ann', quality: 'good' })
    await eventually(() => watch.accepted.length === 2)
    await watch.end()
  })

  test('an unknown finger and poor images are told and are no punch', async () => {
    const { device, library, connect } = bench(profile, dialect)
    library.set(12, library.learn('ann'))
    const watch = watching(await connect())
    for (const finger of [
      { identity: 'nobody', quality: 'good' },
      { identity: 'ann', quality: 'wet' },
      { identity: 'ann', quality: 'dry' },
    ] as const) {
      const before = watch.seen.length
      device.press(finger)
      await eventually(() => watch.seen.length > before)
      device.lift()
      await watch.looks(5)
    }
    expect(watch.kinds()).toEqual(['not_recognised', 'poor_image', 'poor_image'])
    expect(watch.accepted).toEqual([])
    await watch.end()
  })
})

describe('identification', () => {
  test('shows success only when the punch is safe, and failure when it is not', async () => {
    const { device, library, connect } = bench('raw64', 'grow')
    library.set(1, library.learn('ann'))
    const reader = await connect()
    const signals: string[] = []
    const lit = { ...reader, light: async (signal: string) => void signals.push(signal) }
    let safe: () => void = () => undefined
    const accept = () => new Promise<void>((resolve) => (safe = resolve))
    const watch = watching(lit, { accept })
    device.press({ identity: 'ann', quality: 'good' })
    await eventually(() => watch.asked() === 1)
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(signals).toEqual([])
    safe()
    await eventually(() => signals.length === 1)
    expect(signals).toEqual(['success'])
    await watch.end()

    const again = await connect()
    const failing = identifier(
      { ...again, light: async (signal) => void signals.push(signal) },
      { accept: () => Promise.reject(new Error('disk full')), emit: () => undefined, now: () => 0 },
    )
    await expect(failing.step()).rejects.toThrow('disk full')
    expect(signals).toEqual(['success', 'failure'])
    await again.close()
  })

  test('what an earlier finger left on the glass is a poor image', async () => {
    const { device, library, connect } = bench('raw64', 'zfm')
    library.set(1, library.learn('ann'))
    const watch = watching(await connect())
    device.module.smudge()
    device.press({ identity: 'ann', quality: 'good' })
    await eventually(() => watch.seen.length === 1)
    expect(watch.seen[0]).toMatchObject({ kind: 'poor_image', reason: 'residual_finger' })
    await watch.end()
  })

  test('after an enrolment the finger must leave before it counts', async () => {
    const { device, library, connect } = bench('raw64', 'zfm')
    library.set(1, library.learn('ann'))
    const reader = await connect()
    device.press({ identity: 'ann', quality: 'good' })
    const watch = watching(reader, { lying: true })
    await watch.looks(5)
    expect(watch.seen).toEqual([])
    device.lift()
    await watch.looks(5)
    device.press({ identity: 'ann', quality: 'good' })
    await eventually(() => watch.accepted.length === 1)
    await watch.end()
  })

  test('a finger whose answer got lost is looked at again while it lies there, for one punch', async () => {
    const { device, library, connect } = bench('raw64', 'zfm')
    library.set(1, library.learn('ann'))
    const reader = await connect()
    const faults: (() => never)[] = [
      () => {
        throw new ReaderError('timeout', 'Search: no answer')
      },
    ]
    const ask: Reader['ask'] = async (command) => {
      const reply = await reader.ask(command)
      if (command.name === 'Search') faults.shift()?.()
      return reply
    }
    const accepted: number[] = []
    const accept = async ({ slot }: { slot: number }) => void accepted.push(slot)
    const identify = identifier({ ...reader, ask }, { accept, emit: () => undefined, now: () => 0, pollMs: 1 })
    device.press({ identity: 'ann', quality: 'good' })
    await expect(identify.step()).rejects.toMatchObject({ kind: 'timeout' })
    for (let look = 0; look < 3; look++) await identify.step()
    expect(accepted).toEqual([1])
    await reader.close()
  })

  test('a packet that reached the module damaged is no trouble of the reader', async () => {
    const { connect } = bench('raw64', 'zfm')
    const reader = await connect()
    const ask: Reader['ask'] = async () => ({ code: 0x01, value: null })
    const identify = identifier(
      { ...reader, ask },
      { accept: async () => undefined, emit: () => undefined, now: () => 0 },
    )
    await expect(identify.step()).rejects.toMatchObject({ kind: 'garbled' })
    await reader.close()
  })
})
