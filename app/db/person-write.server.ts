import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { PersonInput } from '#app/domain/people/person-input.ts'
import type { PersonState } from '#app/domain/people/record.ts'
import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import { daysOf, stateOn } from './person-record.server.ts'
import { blindIndex, open, seal } from './personal-data.server.ts'
import { sealedMark, type Value } from './record-changes.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type Namesake = {
  readonly id: string
  readonly name: string
  readonly staffNumber: string
  readonly state: PersonState
}

/** Lets one transaction of a centre at a time give staff numbers, so that two can never give the same. */
export async function lockNumbers(tx: Tx, centreId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('staff numbers ' || ${centreId}, 0))`
}

const some = {
  id: true,
  name: true,
  staffNumber: true,
  postings: { select: { startsOn: true, endsOn: true } },
} as const

type Found = { id: string; name: string; staffNumber: string; postings: { startsOn: Date; endsOn: Date | null }[] }

function namesake(row: Found | null, day: CivilDay): Namesake | null {
  if (!row) return null
  const { id, name, staffNumber, postings } = row
  return { id, name, staffNumber, state: stateOn(postings.map(daysOf), day) }
}

/** Who has a staff number now, however its letters are written. */
export async function holderOfNumber(
  db: Db,
  centreId: string,
  staffNumber: string,
  day: CivilDay,
): Promise<Namesake | null> {
  const where = { centreId, staffNumber: { equals: staffNumber, mode: 'insensitive' as const } }
  return namesake(await db.person.findFirst({ where, select: some }), day)
}

/** Who had a staff number before it was corrected; a number once given is never given again. */
export async function formerHolderOfNumber(
  db: Db,
  centreId: string,
  staffNumber: string,
  day: CivilDay,
): Promise<Namesake | null> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT record_id AS id FROM record_change
     WHERE centre_id = ${centreId}::uuid AND record = 'person'
       AND fields -> 'staffNumber' ->> 'from' = ${staffNumber} ORDER BY at DESC LIMIT 1`
  const id = rows[0]?.id
  if (id === undefined) return null
  return namesake(await db.person.findUnique({ where: { centreId_id: { centreId, id } }, select: some }), day)
}

/** Who has an identity number already, whether serving or left. */
export async function holderOfIdNumber(
  db: Db,
  centreId: string,
  idNumber: string,
  day: CivilDay,
): Promise<Namesake | null> {
  const where = { centreId, idNumberIndex: blindIndex(idNumber) }
  return namesake(await db.person.findFirst({ where, select: some }), day)
}

function plainColumns(person: PersonInput) {
  const { phone, idNumber, phoneRemove, idNumberRemove, ...columns } = person
  return columns
}

function sealedColumns(person: PersonInput) {
  const { phone, idNumber } = person
  return {
    ...(phone ? { phoneCipher: seal(phone), phoneIndex: blindIndex(phone) } : {}),
    ...(idNumber ? { idNumberCipher: seal(idNumber), idNumberIndex: blindIndex(idNumber) } : {}),
    ...(!phone && person.phoneRemove ? { phoneCipher: null, phoneIndex: null } : {}),
    ...(!idNumber && person.idNumberRemove ? { idNumberCipher: null, idNumberIndex: null } : {}),
  }
}

/** Stores a new person; telephone and identity number sealed. */
export async function insertPerson(tx: Tx, centreId: string, person: PersonInput): Promise<string> {
  const id = newId()
  await tx.person.create({ data: { centreId, id, ...plainColumns(person), ...sealedColumns(person) } })
  return id
}

/** Stores an edit of the revision that the form showed; false when there has been another since. */
export async function updatePerson(
  tx: Tx,
  centreId: string,
  id: string,
  revision: number,
  person: PersonInput,
): Promise<boolean> {
  const { count } = await tx.person.updateMany({
    where: { centreId, id, revision },
    data: { ...plainColumns(person), ...sealedColumns(person), revision: revision + 1 },
  })
  return count === 1
}

/** The register's values as the history compares them; sealed ones only as whether they are there and whether they change. */
export function recordWords(person: PersonInput): Record<string, Value> {
  return plainColumns(person)
}

export type StoredPerson = {
  readonly revision: number
  readonly hasAccount: boolean
  readonly words: Record<string, Value>
  readonly phone: string | null
  readonly idNumber: string | null
}

/** A person as stored, opened inside the transaction that edits it; null when unknown. */
export async function storedPerson(tx: Tx, centreId: string, id: string): Promise<StoredPerson | null> {
  const row = await tx.person.findUnique({
    where: { centreId_id: { centreId, id } },
    include: { account: { select: { id: true } } },
  })
  if (!row) return null
  const {
    account,
    revision,
    phoneCipher,
    idNumberCipher,
    phoneIndex,
    idNumberIndex,
    centreId: _centre,
    id: _id,
    ...words
  } = row
  return {
    revision,
    hasAccount: account !== null,
    words,
    phone: phoneCipher ? open(phoneCipher) : null,
    idNumber: idNumberCipher ? open(idNumberCipher) : null,
  }
}

/** How a sealed value changed: said, never shown; nothing when it stays. */
export function sealedChange(
  name: 'phone' | 'idNumber',
  before: string | null,
  typed: string | null,
  removed: boolean,
): Record<string, { from: Value; to: Value }> {
  const from = before === null ? null : sealedMark
  if (typed !== null && typed !== before) return { [name]: { from, to: sealedMark } }
  return typed === null && removed && before !== null ? { [name]: { from, to: null } } : {}
}

/** The name that an account shows follows the person's. */
export async function renameAccount(tx: Tx, centreId: string, personId: string, displayName: string): Promise<void> {
  await tx.account.updateMany({ where: { centreId, personId }, data: { displayName } })
}
