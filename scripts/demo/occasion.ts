import { join } from 'node:path'
import { addPairing, newPairingCode } from '#app/db/kiosk.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { buildCalendar } from '#app/domain/calendar/year.ts'
import type { Key } from '#app/i18n/catalogue.ts'
import { translator } from '#app/i18n/translator.ts'
import { recomputeStale } from '#app/services/attendance/recompute.server.ts'
import { isWorkday } from '../../prisma/seed/days.ts'
import { signIns } from '../../prisma/seed/tables.ts'
import type { Database } from '../start/database.ts'
import { fillEnv } from '../start/environment.ts'
import type { StartOptions } from '../start/options.ts'
import type { Occasion } from '../start/program.ts'
import { say, timed } from '../start/say.ts'
import { demoNow } from './clock.ts'
import { writeEmulators, writeSchedule } from './life.ts'
import { type DemoReady, prepareDemo } from './prepare.ts'
import { demoBanner } from './print.ts'
import { readState, writeState } from './state.ts'

const everyMs = 15_000
const codeLastsMs = 12 * 3_600_000

async function nowOf(options: StartOptions): Promise<number> {
  if (options.at !== null) return options.at
  const calendar = buildCalendar([])
  const last = (await readState(options.dataDir))?.lastMs ?? null
  return demoNow(Date.now(), last, (day) => isWorkday(calendar, day))
}

function showProgress(done: number, of: number, what: string): void {
  say(`  加载演示数据 ${done}/${of} … ${what}`)
}

/** A fresh code for a screen, good as long as a demo may run. */
async function kioskCode(centreId: string, nowMs: number): Promise<string> {
  const code = newPairingCode()
  const pairing = {
    centreId,
    kind: 'kiosk',
    code,
    label: '签到屏',
    atMs: nowMs,
    endsAtMs: nowMs + codeLastsMs,
  } as const
  await inTransaction((tx) => addPairing(tx, pairing))
  return code
}

/** Remembers every few seconds how far the demo has come, so that its time never runs backwards. */
function keepTime(options: StartOptions, ready: DemoReady, offsetMs: number): () => Promise<void> {
  const note = () => writeState(options.dataDir, { ...ready.state, lastMs: Date.now() + offsetMs })
  const timer = setInterval(() => void note().catch(() => {}), everyMs)
  return async () => {
    clearInterval(timer)
    await note()
  }
}

function roleName(role: string, locale: 'zh-CN' | 'en'): string {
  const key = `access.role.${role}`
  const t = translator(locale)
  return t.has(key) ? t(key as Key) : role
}

/** Prepares the demo centre for its instant: data, results, emulated readers, what is still to come, a kiosk code. */
export async function demoOccasion(options: StartOptions, database: Database): Promise<Occasion> {
  const nowMs = await nowOf(options)
  const offsetMs = nowMs - Date.now()
  fillEnv({ DEMO: '1', CLOCK_OFFSET_MS: String(Math.round(offsetMs)) })
  const ready = await prepareDemo({ ownerUrl: database.ownerUrl, dataDir: options.dataDir, nowMs }, showProgress)
  await timed('核算考勤结果 results', () => recomputeStale(nowMs))
  const emulators = join(options.dataDir, 'emulator')
  const schedule = join(options.dataDir, 'schedule.json')
  await writeEmulators(emulators, ready)
  const coming = await writeSchedule(schedule, ready, nowMs)
  const code = await kioskCode(ready.centreId, nowMs)
  return {
    env: {},
    agent: Promise.resolve({ centreId: ready.centreId, emulators, schedule }),
    banner: async (address) =>
      demoBanner({
        address,
        nowMs: Date.now() + offsetMs,
        kioskCode: code,
        coming,
        signIns: signIns(ready.people),
        roleName,
      }),
    onRunning: () => keepTime(options, ready, offsetMs),
  }
}
