import { expect } from 'vitest'
import { emptyLibrary, emulatedReader } from '#devices/emulator/device.ts'
import type { Finger } from '#devices/emulator/finger.ts'
import type { ModuleOptions } from '#devices/emulator/module.ts'
import { type Answer, independentClient } from './independent-client.ts'

/** What an emulated module and the second client need to meet. */
export type Dialect = 'zfm' | 'grow' | 'syno'
export const good = (identity: string): Finger => ({ identity, quality: 'good' })
export const ok: Answer = { code: 0, bytes: [] }
export const word = ([high = 0, low = 0]: readonly number[]) => high * 256 + low

export async function wired(bridge: 'raw64' | 'cp2110', dialect: Dialect, options: ModuleOptions = {}) {
  const library = emptyLibrary('INDEPENDENT', dialect, 200)
  const device = emulatedReader({ profile: bridge, library, latencyFactor: 0.01, ...options })
  const client = await independentClient(await device.open(), bridge)
  const plugInAgain = async () => {
    device.unplug()
    device.replug()
    return independentClient(await device.open(), bridge)
  }
  return { device, library, client, plugInAgain }
}

/** One finger, pressed so often, each time into a buffer of its own; merged and stored. */
export async function enrol(
  { client, device }: Awaited<ReturnType<typeof wired>>,
  who: string,
  slot: number,
  presses: number,
) {
  for (let press = 1; press <= presses; press++) {
    device.press(good(who))
    expect(await client.command(0x01)).toEqual(ok)
    expect(await client.command(0x02, press)).toEqual(ok)
    device.lift()
    expect(await client.command(0x01)).toEqual({ code: 0x02, bytes: [] })
  }
  expect(await client.command(0x05)).toEqual(ok)
  expect(await client.command(0x06, 1, Math.floor(slot / 256), slot % 256)).toEqual(ok)
}
