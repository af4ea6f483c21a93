import { join } from 'node:path'
import pg from 'pg'
import { addPairing, newPairingCode } from '#app/db/kiosk.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { buildCalendar } from '#app/domain/calendar/year.ts'
import type { Key } from '#app/i18n/catalogue.ts'
import { translator } from '#app/i18n/translator.ts'
import { recomputeStale } from '#app/services/attendance/recompute.server.ts'
import { isWorkday } from '../../prisma/seed/days.ts'
import { signIns } from '../../prisma/seed/tables.ts'
import { Problem } from '../lib/messages.ts'
import type { Database } from '../start/database.ts'
import { fillEnv, readEnv } from '../start/environment.ts'
import type { StartOptions } from '../start/options.ts'
import type { Occasion } from '../start/program.ts'
import { say, timed } from '../start/say.ts'
import { demoDay, demoNow, isInCalendar } from './clock.ts'
import { writeEmulators, writeSchedule } from './life.ts'
import { type DemoReady, prepareDemo, shownSoFar } from './prepare.ts'
import { demoBanner } from './print.ts'
import { writeState } from './state.ts'

const everyMs = 15_000
const codeLastsMs = 12 * 3_600_000

/** Where the demo stands: as asked, else as its clock says; never before what it has shown. */
function nowOf(options: StartOptions, lastMs: number | null): number {
  const calendar = buildCalendar([])
  const asked = options.at ?? Date.now()
  if (!isInCalendar(calendar, asked)) throw new Problem('calendar_ends', { day: demoDay(asked) })
  if (options.at === null) return demoNow(asked, lastMs, (day) => isWorkday(calendar, day))
  if (lastMs === null || asked >= lastMs) return asked
  say('  演示已经过了这个时间，时钟不倒退，接着往下走；从头开始请加 --reset。')
  say('  The demo is past that time and its clock does not run backwards; it goes on from there. --reset begins anew.')
  return lastMs
}

/** Makes the demo or brings it up to now, as the database's owner. */
async function load(options: StartOptions, database: Database): Promise<{ ready: DemoReady; nowMs: number }> {
  const client = new pg.Client({ connectionString: database.ownerUrl, options: '-c timezone=UTC' })
  await client.connect()
  try {
    const known = await shownSoFar(client, options.dataDir)
    const nowMs = nowOf(options, known?.lastMs ?? null)
    fillEnv({ DEMO: '1', CLOCK_OFFSET_MS: String(Math.round(nowMs - Date.now())) })
    return { ready: await prepareDemo(client, { dataDir: options.dataDir, nowMs, known }, showProgress), nowMs }
  } finally {
    await client.end()
  }
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

/** Results are made by the same code as everybody's; a year and a half of them takes a while, so it says how far it is. */
async function judgeAll(nowMs: number): Promise<void> {
  let said = 0
  await timed('核算考勤结果 results', () =>
    recomputeStale(nowMs, (done) => {
      if (done - said < 10_000) return
      said = done
      process.stdout.write(` ${done}`)
    }),
  )
}

/** Prepares the demo centre for its instant: data, results, emulated readers, what is still to come, a kiosk code. */
export async function demoOccasion(options: StartOptions, database: Database): Promise<Occasion> {
  const { ready, nowMs } = await load(options, database)
  const offsetMs = Number(readEnv().CLOCK_OFFSET_MS)
  await judgeAll(nowMs)
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
