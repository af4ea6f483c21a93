import {
  lockNumbers,
  recordWords,
  renameAccount,
  type StoredPerson,
  sealedChange,
  storedPerson,
  updatePerson,
} from '#app/db/person-write.server.ts'
import { centreDay, lockPerson } from '#app/db/postings.server.ts'
import { type By, changesBetween, historyOfRecord, noteChange } from '#app/db/record-changes.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { PersonInput } from '#app/domain/people/person-input.ts'
import { completeReading } from '#app/domain/people/reading.ts'
import { ok, type Refusal, type Result, refuse } from '#app/domain/result.ts'
import { freeIdNumber, freeNumber, type NumberCode } from './new-person.ts'

type Edit = { readonly personId: string; readonly revision: number; readonly person: PersonInput }
type Code = NumberCode | 'number_has_account' | 'edited_meanwhile' | 'person_unknown'

/** Changes a person's register values; refused when somebody else has changed them since the form was drawn. */
export async function editPerson(
  by: By,
  request: Edit,
  atMs: number,
): Promise<Result<{ readonly changed: number }, Code>> {
  const { centreId } = by
  const { personId } = request
  return inTransaction(async (tx) => {
    await lockNumbers(tx, centreId)
    if (!(await lockPerson(tx, centreId, personId))) return refuse('person_unknown')
    const before = await storedPerson(tx, centreId, personId)
    if (before?.revision !== request.revision) return meanwhile(tx, by, personId)
    const person = completeReading(request.person)
    const free = await allowNumbers(tx, centreId, personId, before, person, await centreDay(tx, centreId, atMs))
    return free.ok ? store(tx, by, { ...request, person }, before, atMs) : free
  })
}

async function store(tx: Tx, by: By, { personId, revision, person }: Edit, before: StoredPerson, atMs: number) {
  const fields = {
    ...changesBetween(before.words, recordWords(person)),
    ...sealedChange('phone', before.phone, person.phone, person.phoneRemove),
    ...sealedChange('idNumber', before.idNumber, person.idNumber, person.idNumberRemove),
  }
  const changed = Object.keys(fields).length
  if (changed === 0) return ok({ changed })
  if (!(await updatePerson(tx, by.centreId, personId, revision, person))) return meanwhile(tx, by, personId)
  if ('name' in fields) await renameAccount(tx, by.centreId, personId, person.name)
  await noteChange(tx, by, { record: 'person', recordId: personId, personId, kind: 'edited', fields }, atMs)
  return ok({ changed })
}

async function allowNumbers(
  tx: Tx,
  centreId: string,
  personId: string,
  before: StoredPerson,
  person: PersonInput,
  day: CivilDay,
): Promise<Result<null, Code>> {
  const old = String(before.words.staffNumber)
  if (person.staffNumber !== old) {
    if (before.hasAccount) return refuse('number_has_account', { number: old })
    const free = await freeNumber(tx, centreId, person.staffNumber, day, personId)
    if (!free.ok) return free
  }
  return freeIdNumber(tx, centreId, person.idNumber, day, personId)
}

/** Who was quicker, when, and what they changed. */
async function meanwhile(tx: Tx, by: By, personId: string): Promise<Refusal<'edited_meanwhile'>> {
  const [last] = await historyOfRecord(tx, by.centreId, 'person', personId)
  const fields = Object.keys(last?.fields ?? {}).join(',')
  return refuse('edited_meanwhile', { actor: last?.actor ?? '', atMs: last?.atMs ?? 0, fields })
}
