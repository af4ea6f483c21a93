import { openRegisters } from '#app/db/annual-registers.server.ts'
import { audit } from '#app/db/audit.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { type RegisterCentre, registerPeople } from '#app/db/register-people.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import type { Scope } from '#app/domain/access/roles.ts'
import { fileNameOf } from '#app/domain/assessment/print-job.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { renderRegister } from '#app/pdf/registers.ts'
import { paperOf } from './print-paper.ts'

export type OnePrint = {
  readonly centre: RegisterCentre
  readonly scope: Scope
  readonly personId: string
  readonly year: number
  readonly today: CivilDay
  /** Who prints; null when a person only looks at the own form, which gives no number and is no print. */
  readonly by: { readonly accountId: string; readonly role: string; readonly address: string | null } | null
}

export type OneFile = { readonly bytes: Uint8Array; readonly name: string }

/** One person's register as a file, as the record stands now. */
export async function printOne(
  { centre, scope, personId, year, today, by }: OnePrint,
  nowMs: number,
): Promise<Result<OneFile, 'person_unknown' | 'not_printable'>> {
  const load = async () => (await registerPeople(prisma, centre, scope, { year, today, personIds: [personId] }))[0]
  let person = await load()
  if (!person) return refuse('person_unknown')
  if (by && person.facts?.number === null && paperOf(person).document) {
    const at = { accountId: by.accountId, atMs: nowMs }
    await inTransaction((tx) => openRegisters(tx, centre.id, year, [personId], at))
    person = (await load()) ?? person
  }
  const { document, problems } = paperOf(person)
  if (!document) return refuse('not_printable', { code: problems[0]?.code ?? '' })
  const bytes = await renderRegister(document)
  if (by) {
    const { accountId: actor, role, address } = by
    const note = { actor, role, address, action: 'register.printed', subject: personId, detail: { year } }
    await audit(prisma, { centreId: centre.id, ...note })
  }
  return ok({ bytes, name: fileNameOf(document.number || String(year), document.person, 'pdf') })
}
