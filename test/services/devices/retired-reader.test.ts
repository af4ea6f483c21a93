import { expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { recordStatus } from '#app/services/devices/record-status.server.ts'
import { retireReader } from '#app/services/devices/retire-reader.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { friday, makeTestCentre, reportReaders } from './support.ts'

useDatabase()

test('a retired reader that is carried away is no outage; one brought back while it is away is', async () => {
  const own = await makeTestCentre()
  const { centreId, agentId } = own
  const [sourceId] = own.sourceIds
  const by = {
    ...own,
    zone: 'Asia/Shanghai',
    accountId: own.accountIds.hr,
    role: 'system_administrator',
    address: null,
  }
  const outages = () => prisma.outage.findMany({ where: { centreId, sourceId } })
  await reportReaders(own, 'online', friday)
  await retireReader(by, { sourceId, retired: true }, friday + 1000)
  const away = {
    ...{ serial: own.serials[0], state: 'offline' as const, detail: 'unplugged', emulated: true },
    ...{ dialect: 'zfm', capacity: 200, templates: 4 },
  }
  const report = { centreId, agentId, startedAtMs: friday, detail: null, queue: 0, offsetMs: 0, events: [] }
  await recordStatus({ ...report, readers: [away] }, friday + 2000)
  expect(await outages()).toEqual([])
  await retireReader(by, { sourceId, retired: false }, friday + 3000)
  expect(await outages()).toMatchObject([{ startsAt: new Date(friday + 3000), endsAt: null }])
})
