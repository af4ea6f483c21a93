import { audit } from '#app/db/audit.server.ts'
import { addConsent, consentHolds, newestConsent, withdrawConsents } from '#app/db/enrolment-consents.server.ts'
import { askDeletion } from '#app/db/enrolment-deletions.server.ts'
import { enrolmentById, enrolmentsOfPerson, staysOrComes } from '#app/db/enrolment-rows.server.ts'
import type { By } from '#app/db/enrolment-sending.server.ts'
import { stopAttempts } from '#app/db/enrolment-stopping.server.ts'
import { publish } from '#app/db/events.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { noticeVersion } from '#app/domain/devices/enrol-attempt.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { civilOf } from '#app/domain/time/zone.ts'

/** Records a person's own consent 本人同意 before the first press; one that still holds is not recorded twice. */
export async function recordConsent(
  by: By,
  request: { readonly personId: string; readonly how: 'paper' | 'screen' },
  nowMs: number,
): Promise<Result<null, 'person_left'>> {
  const { centreId, zone, accountId: actor, role, address } = by
  const { personId, how } = request
  return inTransaction(async (tx) => {
    const { day } = civilOf(nowMs, zone)
    if (!(await staysOrComes(tx, centreId, personId, day))) return refuse('person_left')
    if (consentHolds(await newestConsent(tx, centreId, personId))) return ok(null)
    await addConsent(tx, { centreId, personId, how, recordedBy: actor, atMs: nowMs })
    const detail = { how, statement: noticeVersion }
    await audit(tx, { centreId, actor, role, action: 'enrolment.consented', subject: personId, detail, address })
    await publish(tx, { topic: 'person', centreId, id: personId, kind: 'enrolment' })
    return ok(null)
  })
}

/**
 * Takes consent back 撤回同意: a running enrolment ends, every template of the person is to be deleted at every reader.
 * Where a reader is away its deletion waits until it returns. Answers how many templates were asked for.
 */
export async function withdrawConsent(
  by: By,
  personId: string,
  nowMs: number,
): Promise<Result<number, 'nothing_to_withdraw'>> {
  const { centreId, accountId: actor, role, address } = by
  return inTransaction(async (tx) => {
    const stored = (await enrolmentsOfPerson(tx, centreId, personId)).filter((one) => one.deletedBy === null)
    const withdrawn = await withdrawConsents(tx, centreId, personId, nowMs)
    if (withdrawn === 0 && stored.length === 0) return refuse('nothing_to_withdraw')
    await stopAttempts(tx, by, personId, nowMs)
    const sorted = [...stored].sort((a, b) => (a.sourceId < b.sourceId ? -1 : 1))
    for (const { id } of sorted) {
      const row = await enrolmentById(tx, centreId, id)
      if (row !== null) await askDeletion(tx, by, { row, reason: 'withdrawn' }, nowMs)
    }
    const detail = { templates: stored.length }
    await audit(tx, { centreId, actor, role, action: 'enrolment.withdrawn', subject: personId, detail, address })
    await publish(tx, { topic: 'person', centreId, id: personId, kind: 'enrolment' })
    return ok(stored.length)
  })
}
