import { mapWays } from '#app/db/alternate-source.server.ts'
import { endWay } from '#app/db/alternate-ways.server.ts'
import { audit } from '#app/db/audit.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { askDeletion } from '#app/db/enrolment-deletions.server.ts'
import { type Departed, departedPeople } from '#app/db/enrolment-departed.server.ts'
import { enrolmentById } from '#app/db/enrolment-rows.server.ts'
import { publish } from '#app/db/events.server.ts'
import { lockPerson } from '#app/db/postings.server.ts'
import { centresWithZone } from '#app/db/stale-days.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { civilOf } from '#app/domain/time/zone.ts'

/**
 * Removes who has left from every reader and takes back cards and PINs 离岗清除: the day after the last day of the last posting
 * each slot is nobody's, a deletion goes to each reader (at one that is away it waits), and the register keeps the template as
 * owed until the index table proves it gone. Run again it finds nothing left to do. Answers how many people. Source: domain
 * study §7.1 (delete when the purpose has ended, PIPL 47).
 */
export async function removeDeparted(nowMs: number): Promise<number> {
  let removed = 0
  for (const { id, zone } of await centresWithZone()) {
    const { day } = civilOf(nowMs, zone)
    for (const one of await departedPeople(prisma, id, day, nowMs)) {
      if (await removePerson(id, one, day, nowMs)) removed += 1
    }
  }
  return removed
}

async function removePerson(centreId: string, seen: Departed, day: string, nowMs: number): Promise<boolean> {
  const { personId } = seen
  return inTransaction(async (tx) => {
    await lockPerson(tx, centreId, personId)
    // Between the list and now the person may have come back, or another process may have done it.
    const still = (await departedPeople(tx, centreId, day, nowMs)).find((one) => one.personId === personId)
    if (still === undefined) return false
    for (const enrolmentId of still.enrolments) {
      const row = await enrolmentById(tx, centreId, enrolmentId)
      if (row !== null) await askDeletion(tx, { centreId, accountId: null }, { row, reason: 'departed' }, nowMs)
    }
    if (still.ways.length > 0) {
      await mapWays(tx, centreId, personId)
      for (const wayId of still.ways) await endWay(tx, centreId, wayId, nowMs)
      await mapWays(tx, centreId, personId)
    }
    const detail = { templates: still.enrolments.length, ways: still.ways.length }
    await audit(tx, { centreId, actor: 'system', action: 'enrolment.departed', subject: personId, detail })
    await publish(tx, { topic: 'person', centreId, id: personId, kind: 'enrolment' })
    return true
  })
}
