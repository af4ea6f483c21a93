import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readers } from '../../prisma/seed/hall.ts'
import { fingerOf, hasTemplate } from '../../prisma/seed/people.ts'
import { instant } from '../../prisma/seed/tables.ts'
import { demoDay } from './clock.ts'
import type { DemoReady } from './prepare.ts'

async function put(file: string, value: unknown): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`)
  await rename(`${file}.new`, file)
}

/**
 * Writes what the emulated readers need: a file per reader with its templates, made once and then the emulator's own,
 * and the presses that people will make after now.
 */
export async function writeEmulators(folder: string, ready: DemoReady): Promise<void> {
  await mkdir(folder, { recursive: true })
  const slots = Object.fromEntries(
    ready.people.filter(hasTemplate).map((person) => [String(person.slot), fingerOf(person.staffNumber)]),
  )
  for (const { serial, dialect, capacity } of readers) {
    const file = join(folder, `${serial}.json`)
    if (!existsSync(file)) await put(file, { serial, dialect, capacity, password: 0, slots })
  }
}

/** The presses that are still to come, for the emulated life; answers how many of them the running day has. */
export async function writeSchedule(file: string, ready: DemoReady, nowMs: number): Promise<number> {
  const coming = ready.presses
    .map((press) => ({
      at: instant(press.day, press.second),
      serial: readers[press.reader]?.serial ?? '',
      slot: press.person.slot,
    }))
    .filter((press) => Date.parse(press.at) > nowMs)
  await put(file, coming)
  return coming.filter(({ at }) => demoDay(Date.parse(at)) === demoDay(nowMs)).length
}
