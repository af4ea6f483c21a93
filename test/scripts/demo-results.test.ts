import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays } from '#app/domain/time/day.ts'
import { instantOf } from '#app/domain/time/zone.ts'
import { demoCentre } from '../../prisma/seed/demo.ts'
import { loadDemo } from '../../prisma/seed/load.ts'
import { makeWorld, type World } from '../../scripts/tour/world.ts'

const today = '2026-11-23'
const nowMs = instantOf(today, 8 * 3600 + 48 * 60, 'Asia/Shanghai')

let world: World

beforeAll(async () => {
  world = await makeWorld(today, nowMs, 0)
}, 120_000)

afterAll(() => world?.close(), 60_000)

type Counted = { mark: string | null; count: number }

it('gives the demo the results that closing its days gives', async () => {
  // Closing days looks back 45 days; the demo's older days are judged by the same function.
  const demo = { ...demoCentre(today), from: addDays(today, -45) }
  const secrets = { passwordHash: 'x', seal: () => '\\x00', index: () => '\\x00' }
  await loadDemo(world.db, demo, { nowMs, secrets, documents: [] }, () => {})
  const { recomputeStale } = await import('#app/services/attendance/recompute.server.ts')
  const { closeDays } = await import('#app/services/attendance/close-days.server.ts')
  await recomputeStale(nowMs)
  const all = 'SELECT * FROM half_result ORDER BY day, person_id, half'
  const loaded = (await world.db.query(all)).rows
  expect(await closeDays(nowMs)).toBe(0)
  await world.db.query('DELETE FROM half_result')
  await closeDays(nowMs)
  const closed = (await world.db.query(`${all}`)).rows
  const inService = loaded.filter((row) => row.mark !== 'not_in_service')
  const days = new Set(closed.map((row) => row.day.getTime()))
  expect(closed.filter((row) => row.mark !== 'not_in_service')).toEqual(
    inService.filter((row) => days.has(row.day.getTime())),
  )
  expect(closed.length).toBeGreaterThan(4000)
}, 120_000)

it('shows every kind of day: late and early, forgotten, away, and pending where the reader was silent', async () => {
  const { rows } = await world.db.query<Counted>('SELECT mark, count(*)::int AS count FROM half_result GROUP BY mark')
  const count = Object.fromEntries(rows.map((row) => [String(row.mark), row.count]))
  for (const mark of ['late', 'early', 'missing', 'annual', 'private', 'training', 'pending']) {
    expect(count[mark], mark).toBeGreaterThan(0)
  }
  expect(count.late).toBeLessThan((count.present ?? 0) / 15)
  const pending = await world.db.query<{ day: string }>(
    "SELECT DISTINCT day::text AS day FROM half_result WHERE mark = 'pending'",
  )
  const silent = new Set(demoCentre(today).outages.flatMap(({ day }) => (day >= addDays(today, -45) ? [day] : [])))
  expect(new Set(pending.rows.map((row) => row.day))).toEqual(silent)
})
