import { audit } from '#app/db/audit.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { publish } from '#app/db/events.server.ts'
import { newId } from '#app/db/id.server.ts'
import { addPrintJob, type PrintKind } from '#app/db/print-jobs.server.ts'
import { type RegisterCentre, registerPeople } from '#app/db/register-people.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import type { Scope } from '#app/domain/access/roles.ts'
import { selectionLimit } from '#app/domain/assessment/print-job.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export type PrintRequest = {
  readonly centre: RegisterCentre
  readonly scope: Scope
  readonly kind: PrintKind
  readonly year: number
  readonly today: CivilDay
  readonly personIds: readonly string[]
  readonly accountId: string
  readonly role: string
  readonly address: string | null
}

export type PrintRefusal = 'nobody_selected' | 'too_many' | 'person_unknown' | 'no_register'

/** Puts a selection of registers in line to become one file, and wakes whoever prints. */
export async function requestPrint(
  request: PrintRequest,
  nowMs: number,
): Promise<Result<{ readonly id: string }, PrintRefusal>> {
  const { centre, scope, kind, year, today, accountId, role, address } = request
  const asked = [...new Set(request.personIds)]
  if (asked.length === 0) return refuse('nobody_selected')
  if (asked.length > selectionLimit) return refuse('too_many', { count: asked.length, limit: selectionLimit })
  const people = await registerPeople(prisma, centre, scope, { year, today, personIds: asked })
  if (people.length < asked.length) return refuse('person_unknown')
  if (people.every((person) => person.facts === null)) return refuse('no_register', { count: people.length })
  const id = newId()
  const personIds = people.map((person) => person.id)
  await inTransaction(async (tx) => {
    const job = { centreId: centre.id, id, kind, year, personIds, requestedBy: accountId, atMs: nowMs }
    await addPrintJob(tx, job)
    const detail = { year, kind, count: personIds.length }
    await audit(tx, {
      centreId: centre.id,
      actor: accountId,
      role,
      action: 'registers.asked',
      subject: id,
      detail,
      address,
    })
    await publish(tx, { topic: 'print', centreId: centre.id, id, wake: 1 })
  })
  return ok({ id })
}
