import { type WishRefusal, wishesRefused } from '#app/db/access-asking.server.ts'
import { lockAccounts } from '#app/db/account-lookup.server.ts'
import { audit } from '#app/db/audit.server.ts'
import { publish } from '#app/db/events.server.ts'
import type { By } from '#app/db/record-changes.server.ts'
import {
  addGrant,
  endGrantOn,
  grantById,
  grantsOfAccount,
  lockOffices,
  othersHolding,
  takeBackGrant,
} from '#app/db/role-grants.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import type { RoleWish } from '#app/domain/access/wishes.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { addDays } from '#app/domain/time/day.ts'

type Granting = By & { readonly today: CivilDay }

/** Gives one role from a day, perhaps to a day 授权. Nobody gives himself anything. */
export async function grantRole(
  by: Granting,
  accountId: string,
  wish: RoleWish,
): Promise<Result<string, WishRefusal | 'own_account'>> {
  if (accountId === by.accountId) return refuse('own_account')
  const { centreId } = by
  return await inTransaction(async (tx) => {
    await lockAccounts(tx, centreId, [accountId])
    const held = await grantsOfAccount(tx, centreId, accountId)
    const refused = await wishesRefused(tx, { ...by, scope: { centreId, reach: 'centre' } }, [wish], held)
    if (refused) return refused
    const id = await addGrant(tx, { ...wish, centreId, accountId, grantedBy: by.accountId })
    await note(tx, by, 'role.granted', accountId, { role: wish.role, from: wish.startsOn, to: wish.endsOn ?? '' })
    return ok(id)
  })
}

type EndRefusal = 'unknown' | 'own_account' | 'over_already' | 'before_start' | 'last_administrator'

/**
 * Ends a grant after a last day 收回授权; `null` ends it at once, so that not even today works. What never worked a
 * whole day is taken back. The last system or security administrator keeps the office: nobody could give it again.
 */
export async function endGrant(
  by: Granting,
  id: string,
  lastDay: CivilDay | null,
): Promise<Result<string, EndRefusal>> {
  const { centreId, today } = by
  return await inTransaction(async (tx) => {
    const grant = await lockedGrant(tx, centreId, id)
    if (!grant) return refuse('unknown')
    const stands = await whyItStands(tx, by, grant, lastDay)
    if (stands) return refuse(stands)
    const last = lastDay ?? addDays(today, -1)
    if (last < grant.startsOn) await takeBackGrant(tx, centreId, id)
    else await endGrantOn(tx, centreId, id, last)
    await note(tx, by, 'role.ended', grant.accountId, { role: grant.role, to: last })
    return ok(grant.accountId)
  })
}

type Grant = NonNullable<Awaited<ReturnType<typeof grantById>>>

/** The grant as it is once nobody else can change this account's grants. */
async function lockedGrant(tx: Tx, centreId: string, id: string): Promise<Grant | null> {
  const found = await grantById(tx, centreId, id)
  if (!found) return null
  await lockAccounts(tx, centreId, [found.accountId])
  return await grantById(tx, centreId, id)
}

async function whyItStands(
  tx: Tx,
  by: Granting,
  grant: Grant,
  lastDay: CivilDay | null,
): Promise<Exclude<EndRefusal, 'unknown'> | null> {
  if (grant.accountId === by.accountId) return 'own_account'
  if (grant.endsOn !== null && grant.endsOn < by.today) return 'over_already'
  if (lastDay !== null && (lastDay < by.today || lastDay < grant.startsOn)) return 'before_start'
  return (await lastOfOffice(tx, by, grant)) ? 'last_administrator' : null
}

async function lastOfOffice(tx: Tx, by: Granting, grant: Grant): Promise<boolean> {
  const { role } = grant
  if (role !== 'system_administrator' && role !== 'security_administrator') return false
  await lockOffices(tx, by.centreId)
  return (await othersHolding(tx, by.centreId, role, grant.accountId, by.today)) === 0
}

async function note(
  tx: Tx,
  by: Granting,
  action: string,
  subject: string,
  detail: Record<string, string>,
): Promise<void> {
  const { centreId, accountId: actor, role, address } = by
  const said = Object.fromEntries(Object.entries(detail).filter(([, value]) => value !== ''))
  await audit(tx, { centreId, actor, role, action, subject, detail: said, address })
  await publish(tx, { topic: 'access', centreId, id: subject })
}
