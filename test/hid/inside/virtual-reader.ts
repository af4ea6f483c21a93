import { createInterface } from 'node:readline'
import { makeLibrary } from '#devices/emulator/library.ts'
import { EmulatedModule } from '#devices/emulator/module.ts'
import { deviceLink, type Profile } from '#devices/link/profile.ts'
import type { DialectName } from '#devices/protocol/dialects.ts'
import { kinds, plugIn, type UhidDevice } from './uhid.ts'

/**
 * A virtual reader as a process of its own, so that it can be killed like a device that dies: an emulated module behind
 * a bridge, plugged into the kernel. Argument: a JSON object. Lines on standard input move fingers and the plug.
 */
export type ReaderSettings = {
  serial: string
  profile: Profile
  dialect: DialectName
  slots?: Record<string, string>
  latency?: number
}

export function runVirtualReader(text: string): void {
  const { serial, profile, dialect, slots = {}, latency = 0.05 }: ReaderSettings = JSON.parse(text)
  const library = makeLibrary({ serial, dialect, capacity: 200, password: 0, slots })
  const module = new EmulatedModule(library, { latencyFactor: latency })
  let device: UhidDevice | null = null

  const plug = () => {
    device = plugIn(kinds[profile](serial))
    const link = deviceLink(profile, device)
    module.onSend(link.write)
    link.onBytes((bytes) => module.receive(bytes))
    module.powerOn()
  }
  const unplug = () => {
    module.powerOff()
    device?.unplug()
    device = null
  }
  const acts: Record<string, (subject: string) => void> = {
    press: (identity) => module.press({ identity, quality: 'good' }),
    lift: () => module.lift(),
    plug,
    unplug,
    flood: (count) => device?.flood(noise(Number(count), profile)),
    outputs: () => undefined,
  }
  createInterface({ input: process.stdin }).on('line', (line) => {
    const [act = '', subject = ''] = line.split(/\s+/)
    acts[act]?.(subject)
    process.stdout.write(`${line} ${act === 'outputs' ? JSON.stringify(device?.outputs ?? []) : 'done'}\n`)
  })
  plug()
  process.stdout.write('plugged in\n')
}

/** Reports that hold no packet: numbered, so that a look at them tells which are missing. */
function noise(count: number, profile: Profile): Uint8Array[] {
  return Array.from({ length: count }, (_, n) => {
    const report = new Uint8Array(64).fill(0xa5)
    if (profile === 'cp2110') report[0] = 63
    new DataView(report.buffer).setUint16(1, n)
    return report
  })
}
