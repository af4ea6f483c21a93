import { expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { fromDate } from '#app/db/dates.ts'
import { addKiosk } from '#app/db/kiosk.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { claimByKiosk } from '#app/services/devices/claim-by-kiosk.server.ts'
import { giveWay } from '#app/services/devices/give-way.server.ts'
import { ingestPunches } from '#app/services/devices/ingest-punches.server.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday, makeTestCentre, newEpoch, punch } from './support.ts'

// Whichever way a punch in doubt comes in, a day that was judged already is judged again and becomes pending.
useDatabase()
const zone = 'Asia/Shanghai'
const yesterday = friday - 86_400_000

async function staleDays({ centreId }: Fixture) {
  const rows = await prisma.staleDay.findMany({ where: { centreId } })
  return rows.map((row) => [row.personId, fromDate(row.day)])
}

it('a reader whose clock was off', async () => {
  const centre = await makeTestCentre()
  const { centreId, agentId, personIds } = centre
  const punches = [punch(1, { atMs: yesterday, offsetMs: 300_000 })]
  const stored = await ingestPunches({ centreId, agentId, epoch: newEpoch(), punches }, friday)
  expect(stored).toMatchObject({ ok: true, value: { stored: 1, quarantined: 1 } })
  expect(await staleDays(centre)).toEqual([[personIds[0], '2026-11-19']])
})

it('a card at a kiosk', async () => {
  const centre = await makeTestCentre()
  const { centreId, personIds, accountIds } = centre
  const kiosk = await inTransaction((tx) => addKiosk(tx, { centreId, name: '东门', sourceId: null, atMs: yesterday }))
  const by = { ...centre, zone, accountId: accountIds.hr, role: 'hr', address: null }
  const way = { kind: 'card', card: '0012345678', reason: 'unwilling', startsMs: yesterday, endsMs: null } as const
  await giveWay(by, { personId: personIds[1], way }, yesterday)
  await prisma.staleDay.deleteMany({ where: { centreId } })
  const claim = { centreId, zone, kioskId: kiosk.id, address: null, by: { card: way.card } }
  expect((await claimByKiosk(claim, friday)).ok).toBe(true)
  expect(await staleDays(centre)).toEqual([[personIds[1], '2026-11-20']])
})
