import { beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { firstGreeting, greetingByKey } from '#app/db/greetings.server.ts'
import { newId } from '#app/db/id.server.ts'
import type { KioskGreeting } from '#app/domain/devices/greeting.ts'
import { recomputeStale } from '#app/services/attendance/recompute.server.ts'
import { ingestPunches } from '#app/services/devices/ingest-punches.server.ts'
import { withQueryCount } from '#test/services/attendance/query-count.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday, makeTestCentre, newEpoch, punch } from './support.ts'

const database = useDatabase()
const zone = 'Asia/Shanghai'
let centre: Fixture
beforeAll(async () => {
  centre = await makeTestCentre()
})

/** One live punch of a spool; answers the key that its event carries. */
async function press(atMs: number, subject = '1', epoch = newEpoch(), seq = 1): Promise<string> {
  const receipt = await ingestPunches({ ...centre, epoch, punches: [punch(seq, { atMs, subject })] }, atMs + 200)
  if (!receipt.ok) throw new Error(receipt.code)
  return `${centre.sourceIds[0]}:${epoch}:${seq}:${atMs}`
}

const greet = (key: string, nowMs: number) => greetingByKey(prisma, { id: centre.centreId, zone }, key, nowMs)

describe('one live punch', () => {
  test('is stored, judged and told in eight statements with its transaction, and greeted with one', async () => {
    const epoch = newEpoch()
    await press(friday, '1', epoch)
    expect(await withQueryCount(() => press(friday + 60_000, '1', epoch, 2))).toBeLessThanOrEqual(8)
    const key = await press(friday + 120_000, '1', epoch, 3)
    expect(await withQueryCount(() => greet(key, friday + 120_300))).toBe(1)
  })

  test('is first told as received, of whom and when, without asking the database, and then as judged', async () => {
    const epoch = newEpoch()
    await press(friday + 130_000, '1', epoch)
    const key = await press(friday + 140_000, '1', epoch, 2)
    const at = friday + 140_300
    let first: KioskGreeting | null = null
    const asked = await withQueryCount(async () => {
      first = await firstGreeting(prisma, { id: centre.centreId, zone }, key, at)
    })
    const judged = await greet(key, at)
    expect(asked).toBe(0)
    expect(first).toMatchObject({ key, code: 'received', second: judged?.second, person: judged?.person })
    expect(judged?.code).not.toBe('received')
    // For the screen's voice, in both steps.
    expect(judged?.person?.reading).toBe('lu hong')
  })

  test('of a slot nobody owns and of a doubtful time is told once and for all', async () => {
    const epoch = newEpoch()
    const told = async (key: string) => {
      const said = await firstGreeting(prisma, { id: centre.centreId, zone }, key, friday + 150_000)
      expect(said).toEqual(await greet(key, friday + 150_000))
      return said?.code
    }
    expect(await told(await press(friday + 145_000, '88', epoch))).toBe('parked')
    const off = punch(2, { atMs: friday + 146_000, offsetMs: 500_000 })
    await ingestPunches({ ...centre, epoch, punches: [off] }, friday + 146_200)
    expect(await told(`${centre.sourceIds[0]}:${epoch}:2:${friday + 146_000}`)).toBe('quarantined')
  })

  test('a result that could not be kept is found again by its stale day', async () => {
    await database.asOwner('ALTER TABLE half_result ADD CONSTRAINT no_more CHECK (false) NOT VALID', [])
    const at = friday + 160_000
    const epoch = newEpoch()
    await expect(press(at, '2', epoch)).rejects.toThrow()
    await database.asOwner('ALTER TABLE half_result DROP CONSTRAINT no_more', [])
    expect(await prisma.punch.count({ where: { spoolEpoch: epoch } })).toBe(1)
    expect(await prisma.staleDay.count({ where: { personId: centre.personIds[1] } })).toBe(1)
    await recomputeStale(at)
    expect(await prisma.halfResult.count({ where: { personId: centre.personIds[1] } })).toBe(2)
  })

  test('is greeted alike by the process that took it and by one that did not', async () => {
    await press(friday + 180_000, '2')
    const key = await press(friday + 240_000)
    const here = await greet(key, friday + 240_200)
    // What is kept has run out by then, and the day is judged anew from the database.
    expect(await greet(key, friday + 250_000)).toEqual(here)
    expect(here).toMatchObject({ key, person: { post: 'chief' }, partner: null })
  })

  test('a slot that another process gives away belongs to its new holder at once', async () => {
    await press(friday + 300_000, '3')
    const [, , third, fourth] = centre.personIds
    const since = new Date(friday + 310_000)
    await database.asOwner('UPDATE enrolment SET ends_at = $1 WHERE person_id = ANY($2)', [since, [third, fourth]])
    await database.asOwner(
      `INSERT INTO enrolment (centre_id, id, source_id, subject, person_id, starts_at) VALUES ($1, $2, $3, '3', $4, $5)`,
      [centre.centreId, newId(), centre.sourceIds[0], fourth, since],
    )
    const key = await press(friday + 320_000, '3')
    const names = await prisma.person.findUniqueOrThrow({
      where: { centreId_id: { centreId: centre.centreId, id: fourth } },
    })
    expect(await greet(key, friday + 320_200)).toMatchObject({ person: { name: names.name } })
    expect(await prisma.halfResult.count({ where: { centreId: centre.centreId, personId: fourth } })).toBe(2)
  })

  test('a reader that another agent took over elsewhere is refused at once', async () => {
    await press(friday + 400_000)
    const agentId = newId()
    await database.asOwner(
      `INSERT INTO agent (centre_id, id, name, public_key, paired_at) VALUES ($1, $2, 'second', $3, now())`,
      [centre.centreId, agentId, Buffer.alloc(32)],
    )
    await database.asOwner('UPDATE source SET agent_id = $2 WHERE centre_id = $1 AND serial = $3', [
      centre.centreId,
      agentId,
      'TEST-READER-1',
    ])
    const delivery = { ...centre, epoch: newEpoch(), punches: [punch(1, { atMs: friday + 410_000 })] }
    expect(await ingestPunches(delivery, friday + 410_200)).toMatchObject({ code: 'serial_of_another_agent' })
  })
})
