import { beforeEach, describe, expect, it } from 'vitest'
import { claimsMade } from '#app/db/claims.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { toDate } from '#app/db/dates.ts'
import { parkedSubjects } from '#app/db/doubtful.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { claimSubject, endClaim, type SubjectClaim } from '#app/services/devices/claim-subject.server.ts'
import { instant, marksOf } from '#test/services/attendance/facts.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { doubtfulPunch } from './doubt.ts'

useDatabase()

const evening = instant('2026-11-20 21:00')
let fixture: Fixture

beforeEach(async () => {
  fixture = await inTransaction(makeCentre)
})

/** A slot that nobody holds, with a whole day of punches on each of these days. */
async function park(subject: string, ...days: string[]): Promise<void> {
  for (const day of days) {
    for (const time of ['08:50:00', '12:01:00', '13:20:00', '17:05:00']) {
      await doubtfulPunch(fixture, { at: `${day} ${time}`, quarantine: null, subject })
    }
  }
}

function claim(changes: Partial<SubjectClaim> = {}, nowMs = evening) {
  const { centreId, sourceIds, personIds, accountIds } = fixture
  const whose = { sourceId: sourceIds[0], subject: '9', personId: personIds[1], fromMs: null, toMs: null }
  return claimSubject({ centreId, ...whose, accountId: accountIds.hr, role: 'hr', address: null, ...changes }, nowMs)
}

function end(enrolmentId: string, endsAtMs: number | null) {
  const { centreId, accountIds } = fixture
  return endClaim({ centreId, enrolmentId, endsAtMs, accountId: accountIds.hr, role: 'hr', address: null }, evening)
}

const parked = () => parkedSubjects(prisma, { id: fixture.centreId, zone: 'Asia/Shanghai' }, evening)

describe('a number nobody knows', () => {
  it('is kept with all its punches and becomes a person’s from the first of them', async () => {
    await park('9', '2026-11-19', '2026-11-20')
    expect(await parked()).toMatchObject([{ subject: '9', count: 8, days: 2, nextMs: null, terminalName: null }])
    const done = await claim()
    expect(done).toMatchObject({ ok: true, value: { days: 3 } })
    expect(await parked()).toEqual([])
    expect(await marksOf(fixture, 1, '2026-11-19')).toEqual(['present', 'present'])
    expect(await marksOf(fixture, 1, '2026-11-20')).toEqual(['present', 'present'])
    const entry = await prisma.auditEntry.findFirst({
      where: { centreId: fixture.centreId, action: 'subject.claimed' },
    })
    expect(entry?.detail).toMatchObject({ person: fixture.personIds[1], number: '9' })
  })

  it('is refused while somebody else holds it in any part of the time, with whose it is', async () => {
    await park('9', '2026-11-18')
    await claim({ personId: fixture.personIds[0], fromMs: instant('2026-11-19 00:00') })
    expect((await parked())[0]).toMatchObject({ nextMs: instant('2026-11-19 00:00') })
    expect(await claim()).toMatchObject({
      code: 'subject_held',
      facts: { name: '陆𬭎', fromMs: instant('2026-11-19 00:00') },
    })
    expect(await claim({ toMs: instant('2026-11-19 00:00') })).toMatchObject({ ok: true })
    const both = await Promise.all([
      claim({ subject: '10', fromMs: instant('2026-11-19 00:00') }),
      claim({ subject: '10', fromMs: instant('2026-11-18 00:00'), personId: fixture.personIds[2] }),
    ])
    expect(both.filter((one) => one.ok)).toHaveLength(1)
  })

  it('may be given to somebody who has left, for a time that ends', async () => {
    const { centreId, personIds } = fixture
    await prisma.posting.updateMany({
      where: { centreId, personId: personIds[1] },
      data: { endsOn: toDate('2026-11-18') },
    })
    await park('9', '2026-11-17')
    expect(await claim()).toMatchObject({ code: 'end_needed' })
    expect(await claim({ fromMs: instant('2026-11-19 00:00') })).toMatchObject({ code: 'not_posted' })
    expect(await claim({ toMs: instant('2026-11-18 00:00') })).toMatchObject({ ok: true })
    expect(await marksOf(fixture, 1, '2026-11-17')).toEqual(['present', 'present'])
  })

  it('is refused for times that cannot be, and for what is not there', async () => {
    expect(await claim()).toMatchObject({ code: 'nothing_parked' })
    await park('9', '2026-11-20')
    expect(await claim({ toMs: instant('2026-11-20 08:00') })).toMatchObject({ code: 'times_reversed' })
    expect(await claim({ fromMs: evening + 1 })).toMatchObject({ code: 'time_in_future' })
    expect(await claim({ fromMs: 0 })).toMatchObject({ code: 'time_before_2020' })
    const other = await makeCentre(prisma)
    expect(await claim({ sourceId: other.sourceIds[0] })).toMatchObject({ code: 'source_unknown' })
    expect(await claim({ personId: other.personIds[0] })).toMatchObject({ code: 'person_unknown' })
  })
})

describe('a claim', () => {
  it('that was a mistake is taken back, and its punches are nobody’s again', async () => {
    await park('9', '2026-11-20')
    const made = await claim()
    if (!made.ok) throw new Error(made.code)
    expect(await claimsMade(prisma, fixture.centreId)).toMatchObject([{ subject: '9', toMs: null }])
    expect(await end(made.value.enrolmentId, null)).toMatchObject({ ok: true })
    expect(await marksOf(fixture, 1, '2026-11-20')).not.toContain('present')
    expect(await parked()).toMatchObject([{ subject: '9', count: 4 }])
    expect(await claimsMade(prisma, fixture.centreId)).toEqual([])
    expect(await end(made.value.enrolmentId, null)).toMatchObject({ code: 'already_ended' })
    expect(await claim({ personId: fixture.personIds[2] })).toMatchObject({ ok: true })
  })

  it('is ended at a time', async () => {
    await park('9', '2026-11-19', '2026-11-20')
    const made = await claim()
    if (!made.ok) throw new Error(made.code)
    expect(await end(made.value.enrolmentId, evening + 1)).toMatchObject({ code: 'time_in_future' })
    expect(await end(made.value.enrolmentId, instant('2026-11-20 00:00'))).toMatchObject({ ok: true })
    expect(await parked()).toMatchObject([{ count: 4, days: 1 }])
  })

  it('is the only mapping that ends so: an enrolled finger is not touched', async () => {
    const finger = await prisma.enrolment.findFirstOrThrow({ where: { centreId: fixture.centreId } })
    expect(await end(finger.id, null)).toMatchObject({ code: 'claim_unknown' })
  })
})
