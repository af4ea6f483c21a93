import { expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { punchKey } from '#app/db/day-facts.server.ts'
import { ingestPunches } from '#app/services/devices/ingest-punches.server.ts'
import { rulePunches } from '#app/services/devices/rule-punches.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { friday, makeTestCentre, newEpoch, punch, reportReaders } from './support.ts'

useDatabase()

// A computer whose battery is empty begins again in the year 2000: more milliseconds away than four bytes can count.
const atMs = Date.parse('2000-01-01T00:03:00.000Z')
const offsetMs = atMs - friday

test('an agent whose clock stands in the year 2000 delivers, and its punch waits for a person', async () => {
  const centre = await makeTestCentre()
  const { centreId, agentId } = centre
  const epoch = newEpoch()
  const punches = [punch(1, { atMs, offsetMs }), punch(2)]
  const receipt = await ingestPunches({ centreId, agentId, epoch, punches }, friday)
  expect(receipt).toMatchObject({ ok: true, value: { stored: 2, quarantined: 1 } })
  const rows = await prisma.punch.findMany({ where: { centreId }, orderBy: { seq: 'asc' } })
  expect(rows.map((row) => [row.offsetMs, row.quarantine])).toEqual([
    [offsetMs, 'before_2020'],
    [40, null],
  ])
})

test('its status is kept, and its punch can count at the time put right', async () => {
  const centre = await makeTestCentre()
  const { centreId, agentId, accountIds } = centre
  await reportReaders(centre, 'online', friday, offsetMs)
  const [source] = await prisma.source.findMany({ where: { centreId, serial: 'TEST-READER-1' } })
  expect(source?.clockOffsetMs).toBe(offsetMs)
  const epoch = newEpoch()
  await ingestPunches({ centreId, agentId, epoch, punches: [punch(1, { atMs, offsetMs })] }, friday)
  const keys = [punchKey({ sourceId: source?.id ?? '', spoolEpoch: epoch, seq: 1, atMs })]
  const by = { accountId: accountIds.hr, role: 'hr', address: null }
  const decision = { decision: 'release', countsAt: 'corrected', reason: '主板电池没电' } as const
  const ruled = await rulePunches({ centreId, keys, ...decision, ...by }, friday + 60_000)
  expect(ruled.ok).toBe(true)
  const [counted] = await prisma.$queryRaw<{ at: Date }[]>`
    SELECT at FROM counted_punch WHERE centre_id = ${centreId}::uuid AND spool_epoch = ${epoch}::uuid`
  expect(counted?.at.getTime()).toBe(friday)
})
