import type { By } from '#app/db/record-changes.server.ts'
import { type PersonInput, type PersonTyped, readPerson } from '#app/domain/people/person-input.ts'
import { type PostInput, type PostingInput, postInput, postingInput } from '#app/domain/people/posting-input.ts'
import type { Fixture } from '#test/support/fixture.ts'

/** Friday 2026-11-20, 10:00 in Shanghai. */
export const friday = Date.UTC(2026, 10, 20, 2)
export const today = '2026-11-20'

export function hrOf(centre: Fixture): By {
  return { centreId: centre.centreId, accountId: centre.accountIds.hr, role: 'hr', address: '10.8.1.22' }
}

export function person(typed: PersonTyped = {}): PersonInput {
  const read = readPerson({ staffNumber: '90001', name: '单宏志', identityKind: 'civil_servant', ...typed })
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.person
}

export function posting(unitId: string, startsOn: string, endsOn = ''): PostingInput {
  return postingInput.parse({ unitId, startsOn, endsOn })
}

export function post(windowId: string, kind: string, startsOn: string, endsOn = ''): PostInput {
  return postInput.parse({ windowId, post: kind, startsOn, endsOn })
}
