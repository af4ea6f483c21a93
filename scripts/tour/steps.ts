import { setTimeout as sleep } from 'node:timers/promises'
import { demoPassword } from '#app/domain/access/demo.ts'
import { enrol } from '#devices/driver/enrol.ts'
import { readers } from '../../prisma/seed/hall.ts'
import { codeFor } from './agent.ts'
import { makeClient } from './client.ts'
import { day, type Step, type Tour, visitor } from './journey.ts'
import { until } from './world.ts'

const { serial } = readers[0]
const handMs = 1500
const clock = (text: string) => {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number)
  return hours * 3600 + minutes * 60 + seconds
}

function expect(good: boolean, otherwise: string): void {
  if (!good) throw new Error(otherwise)
}

async function press(tour: Tour, slot: number): Promise<void> {
  await tour.agent.presses.get(serial)?.visitor(slot, 'good')
}

type Stored = { seq: string; epoch: string; subject: string; at: Date; quarantine: string | null }

/** What agents have delivered; the demo's hall comes with a few punches of other sources. */
async function stored(tour: Tour): Promise<Stored[]> {
  const { rows } = await tour.world.db.query<Stored>(
    `SELECT seq, spool_epoch AS epoch, subject, at, quarantine FROM punch
      WHERE spool_epoch IN (SELECT epoch FROM spool_state) ORDER BY at`,
  )
  return rows
}

function inHall(instant: Date): string {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(11, 19)
}

async function enrolFinger(tour: Tour): Promise<string> {
  const worker = tour.agent.workers.get(serial)
  if (!worker) throw new Error(`no reader ${serial}`)
  const before = await worker.do((reader) => reader.count())
  const told: string[] = []
  const result = await worker.do((reader, signal) =>
    enrol(reader, {
      slot: visitor.slot,
      presses: 2,
      now: () => performance.now(),
      signal,
      onStep: ({ step }) => {
        told.push(step)
        if (step === 'press') void press(tour, visitor.slot)
      },
    }),
  )
  expect(result.ok, `refused: ${JSON.stringify(result)}`)
  const after = await worker.do((reader) => reader.count())
  expect(after === before + 1, `${before} templates before, ${after} after`)
  return `${told.join(' → ')}; 模板 templates ${before} → ${after}`
}

/** One punch at a time of the day, and what the ledger holds afterwards. */
function punchAt(time: string, count: number): (tour: Tour) => Promise<string> {
  return async (tour) => {
    // A hand needs a moment between enrolling and the first punch; the reader waits until the finger has left.
    if (count === 1) await sleep(handMs)
    else await tour.moveTo(clock(time))
    const began = performance.now()
    await press(tour, visitor.slot)
    const row = await until('the punch is stored', async () => {
      const rows = await stored(tour)
      return rows.length === count ? (rows.at(-1) ?? null) : null
    })
    expect(row.subject === String(visitor.slot), `slot ${row.subject} instead of ${visitor.slot}`)
    expect(row.quarantine === null, `quarantined: ${row.quarantine}`)
    expect(inHall(row.at).slice(0, 4) === time.slice(0, 4), `stored at ${inHall(row.at)}`)
    return `#${row.seq} ${inHall(row.at)}，${Math.round(performance.now() - began)} ms 内入库 stored`
  }
}

type Half = { half: string; mark: string | null; late: number; codes: string[]; version: string; final: boolean }

async function dayResult(tour: Tour): Promise<string> {
  const { closeDays } = await import('#app/services/attendance/close-days.server.ts')
  await closeDays(tour.at(clock('20:30:00')))
  const { rows } = await tour.world.db.query<Half>(
    `SELECT half, mark, minutes_late AS late, codes, rule_version AS version, final
       FROM half_result h JOIN person p ON p.centre_id = h.centre_id AND p.id = h.person_id
      WHERE p.staff_number = $1 AND day = $2 ORDER BY half`,
    [visitor.signIn, day],
  )
  const [am, pm] = rows
  expect(am?.mark === 'present' && am.late === 0, `the morning is ${JSON.stringify(am)}`)
  expect(pm?.mark === 'late' && pm.late === 11, `the afternoon is ${JSON.stringify(pm)}`)
  expect((am?.codes.length ?? 0) > 0 && (pm?.codes.length ?? 0) > 0, 'a half has no reasons')
  return `上午 ${am?.mark} (${am?.codes.join(' ')})，下午 ${pm?.mark} ${pm?.late} 分 (${pm?.codes.join(' ')})，规则 ${pm?.version}`
}

async function board(tour: Tour): Promise<string> {
  const nobody = await makeClient(tour.world.address).get('/today')
  expect(nobody.status === 302 && (nobody.location ?? '').includes('/sign-in'), `nobody got ${nobody.status}`)
  const entry = await tour.browser.submit('/sign-in', { number: '30536', password: demoPassword })
  expect(entry.status === 302, `signing in answered ${entry.status}`)
  const page = await tour.browser.get('/today')
  expect(page.status === 200, `the board answered ${page.status}`)
  for (const text of ['C05', visitor.name, 'F06', '阿依古丽·买买提', '陆𬭎']) {
    expect(page.text.includes(text), `the board does not show ${text}`)
  }
  return `值班长登录后看到 36 个窗口和 ${visitor.name}；没登录的去登录页 ${nobody.location}`
}

async function kioskEvent(tour: Tour): Promise<string> {
  const screen = makeClient(tour.world.address)
  const code = await codeFor(tour.world, 'kiosk', tour.at(clock('17:30:00')))
  const paired = await screen.submit('/kiosk', { code })
  expect(paired.status === 302, `pairing answered ${paired.status}`)
  let seenAt: number | null = null
  const stop = await screen.events('/kiosk/events', (data) => {
    if (seenAt === null && data.includes('李喆')) seenAt = performance.now()
  })
  const began = performance.now()
  await press(tour, 37)
  await until('the kiosk hears of 李喆', async () => seenAt !== null)
  stop()
  return `按下到问候到达 finger to greeting ${Math.round((seenAt ?? 0) - began)} ms（SSE）`
}

async function killed(tour: Tour): Promise<string> {
  const before = (await stored(tour)).length
  const slots = [1, 2, 3, 4, 5, 6]
  for (const [index, slot] of slots.entries()) {
    if (index === 1) await tour.world.killServer('SIGKILL')
    await press(tour, slot)
  }
  const waiting = tour.agent.spool.length
  expect(waiting >= slots.length - 1, `only ${waiting} punches wait in the spool`)
  await tour.world.startServer(tour.now())
  await until('the spool is empty', async () => tour.agent.spool.length === 0)
  const rows = await stored(tour)
  const keys = new Set(rows.map((row) => `${row.epoch}/${row.seq}`))
  expect(rows.length === before + slots.length, `${rows.length - before} stored instead of ${slots.length}`)
  expect(keys.size === rows.length, 'a punch is stored twice')
  const subjects = rows.slice(-slots.length).map((row) => Number(row.subject))
  expect(JSON.stringify(subjects) === JSON.stringify(slots), `stored ${subjects.join()}`)
  return `kill -9 网页服务，停着按了 ${waiting} 次，回来后 ${slots.length} 次都在、各一次 each stored once`
}

export const steps: readonly Step[] = [
  { zh: '录一枚指纹', en: 'enrol a finger', walk: enrolFinger },
  { zh: '上午签到', en: 'morning in', walk: punchAt('08:50', 1) },
  { zh: '上午签退', en: 'morning out', walk: punchAt('12:03:05', 2) },
  { zh: '下午签到（迟到）', en: 'afternoon in, late', walk: punchAt('13:41:30', 3) },
  { zh: '下午签退', en: 'afternoon out', walk: punchAt('17:02:10', 4) },
  { zh: '看板', en: 'the board', walk: board },
  { zh: '签到屏', en: 'the kiosk', walk: kioskEvent },
  { zh: '网页服务被杀掉', en: 'the server is killed', walk: killed },
  { zh: '当天结果和理由', en: "the day's result and reasons", walk: dayResult },
]
