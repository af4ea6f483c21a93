import type { Role } from '#app/domain/access/roles.ts'

/** Who does something to accounts, as the audit notes it. */
export type Actor = {
  readonly centreId: string
  readonly accountId: string
  readonly role: Role
  readonly address: string | null
}
