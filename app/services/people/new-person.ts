import {
  formerHolderOfNumber,
  holderOfIdNumber,
  holderOfNumber,
  insertPerson,
  type Namesake,
  recordWords,
} from '#app/db/person-write.server.ts'
import { centreDay } from '#app/db/postings.server.ts'
import { type By, changesBetween, noteChange, sealedMark } from '#app/db/record-changes.server.ts'
import type { Tx } from '#app/db/transaction.server.ts'
import { lockWindow } from '#app/db/window-posts.server.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { PersonInput } from '#app/domain/people/person-input.ts'
import type { ChiefInput, PostInput, PostingInput } from '#app/domain/people/posting-input.ts'
import { completeReading } from '#app/domain/people/reading.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { type BeginCode, beginChief, beginPost, beginPosting } from './begin.ts'

// Adding one person inside a transaction that holds the centre's numbers (lockNumbers): the form's and the pasted table's.

export type NumberCode = 'number_taken' | 'number_taken_left' | 'number_used' | 'id_number_taken'

function facts(other: Namesake, more: Readonly<Record<string, string>> = {}) {
  return { id: other.id, name: other.name, staffNumber: other.staffNumber, ...more }
}

/** Whether a staff number is free: nobody has it, and nobody ever had it. */
export async function freeNumber(
  tx: Tx,
  centreId: string,
  number: string,
  day: CivilDay,
  own: string | null,
): Promise<Result<string, NumberCode>> {
  const holder = await holderOfNumber(tx, centreId, number, day)
  if (holder && holder.id !== own)
    return refuse(holder.state === 'left' ? 'number_taken_left' : 'number_taken', facts(holder, { number }))
  const former = await formerHolderOfNumber(tx, centreId, number, day)
  return former && former.id !== own ? refuse('number_used', facts(former, { number })) : ok(number)
}

/** Whether an identity number is nobody else's: a person who comes back gets another posting, not another record. */
export async function freeIdNumber(
  tx: Tx,
  centreId: string,
  idNumber: string | null,
  day: CivilDay,
  own: string | null,
): Promise<Result<null, NumberCode>> {
  const holder = idNumber === null ? null : await holderOfIdNumber(tx, centreId, idNumber, day)
  return holder && holder.id !== own ? refuse('id_number_taken', facts(holder)) : ok(null)
}

export type NewPerson = {
  readonly person: PersonInput
  readonly posting: PostingInput | null
  readonly post: PostInput | null
  readonly chief?: ChiefInput | null
}

export type NewPersonCode = NumberCode | BeginCode

/** Stores a person with the first posting, post and appointment. Refusals come before anything of the refused part is written. */
export async function createPerson(
  tx: Tx,
  by: By,
  request: NewPerson,
  atMs: number,
): Promise<Result<{ readonly id: string }, NewPersonCode>> {
  const day = await centreDay(tx, by.centreId, atMs)
  const person = completeReading(request.person)
  const number = await freeNumber(tx, by.centreId, person.staffNumber, day, null)
  if (!number.ok) return number
  const idNumber = await freeIdNumber(tx, by.centreId, person.idNumber, day, null)
  if (!idNumber.ok) return idNumber
  const id = await insertPerson(tx, by.centreId, person)
  const sealed = { phone: person.phone && sealedMark, idNumber: person.idNumber && sealedMark }
  const fields = changesBetween({}, { ...recordWords(person), ...sealed })
  await noteChange(tx, by, { record: 'person', recordId: id, personId: id, kind: 'created', fields }, atMs)
  const begun = await beginAll(tx, by, id, request, atMs)
  return begun.ok ? ok({ id }) : begun
}

async function beginAll(
  tx: Tx,
  by: By,
  personId: string,
  { posting, post, chief }: NewPerson,
  atMs: number,
): Promise<Result<null, BeginCode>> {
  const steps = [
    async () => (posting ? beginPosting(tx, by, personId, posting, atMs) : ok(null)),
    async () => (post ? beginPost(tx, by, personId, await fromOpening(tx, by.centreId, post), atMs) : ok(null)),
    async () => (chief ? beginChief(tx, by, personId, await fromOpening(tx, by.centreId, chief), atMs) : ok(null)),
  ]
  for (const step of steps) {
    const done = await step()
    if (!done.ok) return done
  }
  return ok(null)
}

type Held = { readonly windowId: string | null; readonly startsOn: CivilDay; readonly endsOn: CivilDay | null }

/**
 * A first post has no day of its own and begins with the posting; at a window that opened only later, when it opened: in a new
 * centre everybody has been posted for longer than the windows have been entered.
 */
async function fromOpening<T extends Held>(tx: Tx, centreId: string, held: T): Promise<T> {
  const window = held.windowId === null ? null : await lockWindow(tx, centreId, held.windowId)
  if (window === null || window.opensOn <= held.startsOn) return held
  return held.endsOn !== null && held.endsOn < window.opensOn ? held : { ...held, startsOn: window.opensOn }
}
