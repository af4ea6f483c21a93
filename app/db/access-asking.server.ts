import type { RequestKind } from '#app/domain/access/requests.ts'
import type { Scope } from '#app/domain/access/roles.ts'
import { askableRoles } from '#app/domain/access/wish-form.ts'
import { type Held, judgeWishes, type RoleWish, type WishProblem } from '#app/domain/access/wishes.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import { type Refusal, refuse } from '#app/domain/result.ts'
import { addRequest } from './access-requests.server.ts'
import { audit } from './audit.server.ts'
import { publish } from './events.server.ts'
import type { By } from './record-changes.server.ts'
import { knownUnits } from './role-grants.server.ts'
import type { Tx } from './transaction.server.ts'

/** Who asks, how far he may ask, and when. */
export type Asking = By & { readonly scope: Scope; readonly at: number; readonly today: CivilDay }

type Line = {
  readonly kind: RequestKind
  readonly personId?: string | null
  readonly accountId?: string | null
  readonly roles?: readonly RoleWish[]
  readonly signIn?: string
  readonly name?: string
  readonly reason: string | null
}

/** Writes one request with its audit entry; says so when the same is waiting already. */
export async function ask(tx: Tx, by: Asking, line: Line): Promise<'already_waiting' | null> {
  const { centreId, accountId: requestedBy, role, address, at } = by
  const { kind, personId = null, accountId = null, roles = [], reason } = line
  const payload = {
    roles: [...roles],
    ...(line.signIn ? { signIn: line.signIn } : {}),
    ...(line.name ? { name: line.name } : {}),
  }
  const id = await addRequest(tx, { centreId, kind, personId, accountId, payload, reason, requestedBy, at })
  if (id === null) return 'already_waiting'
  const detail = { kind, roles: roles.map((wish) => wish.role).join(' ') }
  const subject = accountId ?? personId ?? id
  await audit(tx, { centreId, actor: requestedBy, role, action: 'access.requested', subject, detail, address })
  await publish(tx, { topic: 'access', centreId, id })
  return null
}

/** What stands against roles: by themselves, or because the unit is not this centre's, or the role not this asker's. */
export type WishRefusal = WishProblem | 'unit_unknown' | 'role_beyond'

/** The first thing that stands against these roles, whoever asks or gives them; null when nothing does. */
export async function wishesRefused(
  tx: Tx,
  by: { readonly centreId: string; readonly today: CivilDay; readonly scope: Scope },
  wishes: readonly RoleWish[],
  held: readonly Held[],
): Promise<Refusal<WishRefusal> | null> {
  const beyond = wishes.find((wish) => !askableRoles(by.scope.reach).includes(wish.role))
  if (beyond) return refuse('role_beyond', { role: beyond.role })
  const units = wishes.flatMap((wish) => (wish.unitId ? [wish.unitId] : []))
  const known = await knownUnits(tx, by.centreId, units)
  const own = by.scope.reach === 'unit' ? by.scope.unitId : null
  if (units.some((unit) => !known.has(unit) || (own !== null && unit !== own))) return refuse('unit_unknown')
  const first = judgeWishes(wishes, held, by.today).problems[0]
  return first ? refuse(first.problem, { role: first.wish.role }) : null
}
