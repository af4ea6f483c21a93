import type { AccountState } from '#app/domain/access/account-state.ts'
import type { RequestKind, RequestState } from '#app/domain/access/requests.ts'
import type { Role } from '#app/domain/access/roles.ts'

export type Wish = {
  readonly role: Role
  readonly unitId: string | null
  readonly startsOn: string
  readonly endsOn: string | null
}

export type Officer = { readonly name: string; readonly signIn: string }

export type Request = {
  readonly id: string
  readonly kind: RequestKind
  readonly state: RequestState
  readonly name: string
  readonly signIn: string
  readonly payload: { readonly roles: readonly Wish[] }
  readonly reason: string | null
  readonly answer: string | null
  readonly requestedBy: string
  readonly requestedAt: number
  readonly requester: Officer
  readonly settledAt: number | null
  readonly settler: Officer | null
}

/** A request that is this visitor's work, with why he may not do it himself, if so. */
export type Task = Request & { readonly why: 'own_request' | 'own_account' | null }

export type Line = {
  readonly id: string | null
  readonly personId: string | null
  readonly name: string
  readonly signIn: string
  readonly state: AccountState
  readonly roles: readonly Role[]
  readonly codeEndsAt: number | null
  readonly lockedUntil: number | null
}

export type Unit = { readonly id: string; readonly name: string; readonly nameEn: string }

export type Refused = {
  readonly act: string
  readonly code: string
  readonly facts: Readonly<Record<string, string | number>>
}

export type Left = { readonly name: string; readonly signIn: string; readonly code: string }

export type Slip = { readonly name: string; readonly signIn: string; readonly code: string; readonly endsAt: number }

/** What came of an act on several requests: slips to print, how many are done, and what stays waiting and why. */
export type Outcome = { readonly done: number; readonly slips: readonly Slip[]; readonly left: readonly Left[] }

export type Typed = Readonly<Record<string, string>>
