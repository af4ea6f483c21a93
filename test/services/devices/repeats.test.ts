import { beforeEach, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { loadDayFacts } from '#app/db/day-facts.server.ts'
import { kioskView } from '#app/db/kiosk-view.server.ts'
import { judgeDay } from '#app/domain/attendance/judge.ts'
import { ingestPunches } from '#app/services/devices/ingest-punches.server.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday, makeTestCentre, newEpoch, punch, stored } from './support.ts'

useDatabase()
const zone = 'Asia/Shanghai'
let centre: Fixture
beforeEach(async () => {
  centre = await makeTestCentre()
})

test('one person twice within seconds counts once, and both punches stay to be seen', async () => {
  const [first, again] = [punch(1), punch(2, { atMs: friday + 4_000 })]
  const elsewhere = punch(3, { serial: centre.serials[1], atMs: friday + 9_000 })
  await ingestPunches({ ...centre, epoch: newEpoch(), punches: [first, again, elsewhere] }, friday + 9_500)
  expect(await stored(centre.centreId)).toHaveLength(3)
  const at = { id: centre.centreId, zone }
  const days = await loadDayFacts(prisma, at, [centre.personIds[0]], '2026-11-20', friday + 10_000)
  const day = days.get(centre.personIds[0])
  if (day === undefined) throw new Error('the day cannot be judged')
  const { slots } = judgeDay(day.facts, day.rules)
  const [morning] = slots
  expect(morning?.punch?.second).toBe(8 * 3600 + 21 * 60 + 2)
  // What the reasons of a day list: each further punch with why it does not count.
  expect(morning?.ignored.map((one) => [one.punch.second - (morning.punch?.second ?? 0), one.why])).toEqual([
    [4, 'repeat'],
    [9, 'repeat'],
  ])
  const screen = { centreId: centre.centreId, sourceId: null, zone, centreName: '', centreNameEn: '' }
  const { recent, present } = await kioskView(prisma, screen, friday + 10_000)
  expect(present).toBe(1)
  expect(recent.map((one) => one.code)).toEqual(['repeat', 'repeat', 'early'])
})
