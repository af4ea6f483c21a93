import { describe, expect, test } from 'vitest'
import { identifier, type Sighting } from '#devices/driver/identify.ts'
import type { Reader } from '#devices/driver/reader.ts'
import { deviceLink } from '#devices/link/profile.ts'
import { type Bench, bench, eventually } from './reader-support.ts'

const cases = (['raw64', 'cp2110'] as const).flatMap((profile) =>
  (['zfm', 'grow', 'syno'] as const).map((dialect) => ({ profile, dialect })),
)

/** Runs the identify loop until the test is done, as the agent does. */
function watching(reader: Reader, options: { heldMs?: number; accept?: () => Promise<void> } = {}) {
  const seen: Sighting[] = []
  const stop = new AbortController()
  const accepted: number[] = []
  const identify = identifier(reader, {
    accept: async ({ slot }) => {
      await options.accept?.()
      accepted.push(slot)
    },
    emit: (sighting) => void seen.push(sighting),
    now: () => performance.now(),
    pollMs: 2,
    ...(options.heldMs === undefined ? {} : { heldMs: options.heldMs }),
  })
  const done = (async () => {
    while (!stop.signal.aborted) await identify.step(stop.signal)
  })()
  return {
    seen,
    accepted,
    identify,
    async end() {
      stop.abort()
      await done
      await reader.close()
    },
  }
}

async function pressAndLift({ device }: Bench, identity: string, until: () => boolean): Promise<void> {
  device.press({ identity, quality: 'good' })
  await eventually(until)
  device.lift()
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
})
