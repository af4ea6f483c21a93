import { type Asking, ask, type WishRefusal, wishesRefused } from '#app/db/access-asking.server.ts'
import { requestsOf } from '#app/db/access-requests.server.ts'
import { signInTaken, unlinkedAccount } from '#app/db/account-lookup.server.ts'
import { rolesProposed } from '#app/db/accounts-list.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import type { RoleWish } from '#app/domain/access/wishes.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export type SkipCode = 'number_taken' | 'already_waiting' | 'unknown'
export type Skipped = { readonly name: string; readonly signIn: string; readonly code: SkipCode }
export type AskedFor = { readonly asked: number; readonly skipped: readonly Skipped[] }

/** Without roles each person gets those that follow from what he does in the hall. */
export type Wanted = { readonly roles?: readonly RoleWish[]; readonly reason: string | null }

type Refused = 'nobody' | WishRefusal

/**
 * Asks for accounts for people of the register, one or many in one act 申请账号. A number that somebody else signs in
 * with already is skipped and named; the others go on.
 */
export async function requestAccounts(
  by: Asking,
  personIds: readonly string[],
  wanted: Wanted,
): Promise<Result<AskedFor, Refused>> {
  if (personIds.length === 0) return refuse('nobody')
  return await inTransaction(async (tx) => {
    const refused = await wishesRefused(tx, by, wanted.roles ?? [], [])
    return refused ?? ok(await askForEach(tx, by, personIds, wanted))
  })
}

/** As `requestAccounts`, for a page that speaks of one person. */
export async function requestAccount(
  by: Asking,
  personId: string,
  wanted: Wanted,
): Promise<Result<null, SkipCode | Refused>> {
  const asked = await requestAccounts(by, [personId], wanted)
  if (!asked.ok) return asked
  const skipped = asked.value.skipped[0]
  return skipped ? refuse(skipped.code, { number: skipped.signIn }) : ok(null)
}

async function askForEach(tx: Tx, by: Asking, personIds: readonly string[], wanted: Wanted): Promise<AskedFor> {
  const { reason } = wanted
  const people = await rolesProposed(tx, by.scope, personIds, by.today)
  const numbers = people.map((person) => person.signIn)
  const taken = await signInTaken(tx, numbers)
  const skipped: Skipped[] = []
  for (const { name, signIn, personId, roles: proposed } of people) {
    const roles = wanted.roles ?? proposed.map((role) => ({ role, unitId: null, startsOn: by.today, endsOn: null }))
    const stranger = taken.has(signIn) && (await unlinkedAccount(tx, by.centreId, signIn, name)) === null
    const code = stranger ? 'number_taken' : await ask(tx, by, { kind: 'account', personId, roles, reason })
    if (code) skipped.push({ name, signIn, code })
  }
  const asked = people.length - skipped.length
  const others = Array.from({ length: new Set(personIds).size - people.length }, nobodyHere)
  return { asked, skipped: [...skipped, ...others] }
}

/** Somebody whom this centre does not have, or who has an account meanwhile. */
function nobodyHere(): Skipped {
  return { name: '', signIn: '', code: 'unknown' }
}

export type Outsider = { readonly signIn: string; readonly name: string; readonly roles: readonly RoleWish[] }

export type OutsiderRefusal = 'number' | 'name' | 'roles_missing' | 'number_taken' | 'already_waiting' | WishRefusal

function misfit({ signIn, name, roles }: Outsider): OutsiderRefusal | null {
  if (!/^[A-Za-z0-9-]{2,20}$/.test(signIn)) return 'number'
  if (name === '' || [...name].length > 100) return 'name'
  return roles.length === 0 ? 'roles_missing' : null
}

/** Asks for an account for somebody who is not in the register: a unit's contact, a leader, an administrator. */
export async function requestOutsider(
  by: Asking,
  who: Outsider,
  reason: string | null,
): Promise<Result<null, OutsiderRefusal>> {
  const wrong = misfit(who)
  if (wrong) return refuse(wrong)
  const { signIn, name, roles } = who
  return await inTransaction(async (tx) => {
    if ((await signInTaken(tx, [signIn])).has(signIn)) return refuse('number_taken', { number: signIn })
    const refused = await wishesRefused(tx, by, roles, [])
    if (refused) return refused
    const waiting = await requestsOf(tx, by.centreId, { kinds: ['account'], state: 'waiting' })
    if (waiting.some((one) => one.signIn === signIn)) return refuse('already_waiting', { number: signIn })
    await ask(tx, by, { kind: 'account', signIn, name, roles, reason })
    return ok(null)
  })
}
