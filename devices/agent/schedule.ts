import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { pause } from '#devices/driver/pause.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { Presses } from './presses.ts'

/** Demo only: simulated staff, whose fingers the emulated readers get at these times. */
const scheduleFile = z.array(
  z.object({ at: z.iso.datetime({ offset: true }), serial: z.string(), slot: z.int().min(0) }),
)
export type Schedule = z.infer<typeof scheduleFile>

export function loadSchedule(path: string): Schedule {
  return scheduleFile.parse(JSON.parse(readFileSync(path, 'utf8')))
}

/** Long waits are cut into pieces, so that a clock that was set is noticed. */
const longestWaitMs = 30_000

/** Presses what is due from now on by the agent's clock; what lies in the past is skipped. */
export async function runSchedule(options: {
  schedule: Schedule
  presses: ReadonlyMap<string, Presses>
  clock: Clock
  log: Log
  signal: AbortSignal
}): Promise<void> {
  const { clock, log, signal } = options
  const start = clock.now()
  const due = options.schedule
    .map(({ at, serial, slot }) => ({ at: Date.parse(at), serial, slot }))
    .filter(({ at }) => at >= start)
    .sort((a, b) => a.at - b.at)
  log.info({ presses: due.length, past: options.schedule.length - due.length }, 'simulated staff are on their way')

  for (const { at, serial, slot } of due) {
    while (clock.now() < at && !signal.aborted) await pause(Math.min(at - clock.now(), longestWaitMs), signal)
    if (signal.aborted) return
    // Not awaited: a queue at one reader does not make people at the other one late.
    void options.presses.get(serial)?.staff(slot)
  }
}
