import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { offsetMeter, systemClock } from '#devices/agent/clock.ts'
import { Spool } from '#devices/agent/spool.ts'
import { ReaderWorker } from '#devices/agent/worker.ts'
import { openReader, type Reader } from '#devices/driver/reader.ts'
import { openLink, type Profile } from '#devices/link/profile.ts'
import type { DialectName } from '#devices/protocol/dialects.ts'
import { openHid } from '#devices/transport/hid.ts'
import { eventually, type FarEnd } from '#test/hid/inside/far-end.ts'

/** What is played, by its name. */
export type Scenarios = Record<string, () => Promise<void>>

/** A virtual reader of one profile that holds one finger, in slot 7. */
export function settingsOf(profile: Profile, dialect: DialectName) {
  return (serial: string, latency = 0.05) => ({
    serial,
    profile,
    dialect,
    latency,
    slots: { 7: 'li-zhe.left-thumb' },
  })
}

/** Emulated processors are slow, and slower still beside other work: modules are given that much more time to answer. */
const patience = 5
const open = new Set<Reader>()

/** node-hid on the left, the kernel between, a virtual reader on the right: everything of ours is the real thing. */
export async function connect(serial: string, profile: Profile): Promise<Reader> {
  const reader = await openReader(await openLink(profile, await openHid(serial)), { patience })
  open.add(reader)
  return reader
}

/** Closes what a scenario that failed has left open, so that the next one finds its reader free. */
export async function closeAll(): Promise<void> {
  for (const reader of open) await reader.close()
  open.clear()
}

/** The agent's own worker over a reader, with a spool on the machine's disk. */
export async function watch(serial: string, profile: Profile) {
  const spool = await Spool.open(mkdtempSync(join(tmpdir(), 'spool-')))
  const clock = systemClock()
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const common = { spool, clock, offset: offsetMeter(clock), log, emulated: false, retryMs: 100, reader: { patience } }
  const worker = new ReaderWorker({ ...common, serial, profile, open: () => openHid(serial) })
  worker.start()
  await eventually(async () => worker.status.state === 'online')
  const punches = () => spool.batch(1000)?.punches ?? []
  const stop = async () => {
    await worker.stop()
    await spool.close()
  }
  return { worker, punches, stop }
}

export async function touch(reader: FarEnd, identity: string, seen: () => boolean): Promise<void> {
  await reader.press(identity)
  await eventually(async () => seen())
  await reader.lift()
  await new Promise((resolve) => setTimeout(resolve, 400))
}
