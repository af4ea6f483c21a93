import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { markStale } from '#app/db/punches.server.ts'
import { clearStale } from '#app/db/stale-days.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { recomputeStale } from '#app/services/attendance/recompute.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { instant, marksOf, punch, stale } from './facts.ts'

useDatabase()

const friday = '2026-11-20'
const evening = instant('2026-11-21 09:00')
let fixture: Fixture

beforeAll(async () => {
  fixture = await makeCentre(prisma)
})

/** A transaction that has noted a person's day and stores what it noted it for only when it is let go on. */
async function noting(person: number, after: (tx: Tx) => Promise<unknown>) {
  const personId = fixture.personIds[person] as string
  let go = () => {}
  const gate = new Promise<void>((resolve) => {
    go = resolve
  })
  let noted = () => {}
  const isNoted = new Promise<void>((resolve) => {
    noted = resolve
  })
  const done = inTransaction(async (tx) => {
    await markStale(tx, fixture.centreId, [{ personId, day: friday }])
    noted()
    await gate
    await after(tx)
  })
  await isNoted
  return { personId, go, done }
}

const waiting = () => prisma.staleDay.count({ where: { centreId: fixture.centreId } })

describe('a fact that comes while its day is judged', () => {
  it('keeps its note when the day was on the list already, however long its transaction takes', async () => {
    await stale(fixture, 0, friday)
    const late = await noting(0, async () => {
      await punch(
        fixture,
        0,
        '2026-11-20 08:50:00',
        '2026-11-20 12:01:00',
        '2026-11-20 13:20:00',
        '2026-11-20 17:02:00',
      )
    })
    await recomputeStale(evening)
    late.go()
    await late.done
    expect(await waiting()).toBe(1)
    await recomputeStale(evening)
    expect(await marksOf(fixture, 0, friday)).toEqual(['present', 'present'])
    expect(await waiting()).toBe(0)
  })

  it('is not waited for by whoever judges somebody at the reader', async () => {
    await stale(fixture, 1, friday)
    const late = await noting(1, async () => {})
    await inTransaction((tx) => clearStale(tx, fixture.centreId, friday, [late.personId]))
    expect(await waiting()).toBe(1)
    late.go()
    await late.done
    await inTransaction((tx) => clearStale(tx, fixture.centreId, friday, [late.personId]))
    expect(await waiting()).toBe(0)
  })

  it('waits for the judging of its day to end, and puts the day back', async () => {
    await stale(fixture, 2, friday)
    const personId = fixture.personIds[2] as string
    let marked: Promise<unknown> = Promise.resolve()
    await inTransaction(async (tx) => {
      await clearStale(tx, fixture.centreId, friday, [personId])
      marked = inTransaction((other) => markStale(other, fixture.centreId, [{ personId, day: friday }]))
      expect(
        await Promise.race([marked.then(() => 'done'), new Promise((done) => setTimeout(done, 100, 'waits'))]),
      ).toBe('waits')
    })
    await marked
    expect(await waiting()).toBe(1)
  })
})
