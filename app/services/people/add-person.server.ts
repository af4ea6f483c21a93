import { lockNumbers } from '#app/db/person-write.server.ts'
import type { By } from '#app/db/record-changes.server.ts'
import { keepIf } from '#app/db/rollback.server.ts'
import type { Result } from '#app/domain/result.ts'
import { createPerson, type NewPerson, type NewPersonCode } from './new-person.ts'

/** Adds a person with the first posting and post, all or nothing. */
export function addPerson(
  by: By,
  request: NewPerson,
  atMs: number,
): Promise<Result<{ readonly id: string }, NewPersonCode>> {
  return keepIf(
    (answer) => answer.ok,
    async (tx) => {
      await lockNumbers(tx, by.centreId)
      return createPerson(tx, by, request, atMs)
    },
  )
}
