import type { Role, Scope } from '#app/domain/access/roles.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { waitingAccess } from './access-requests.server.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { waitingLeaveCount } from './leave.server.ts'

/** Whom things wait for: who they are, and what they look after. */
export type Waited = {
  readonly centreId: string
  readonly accountId: string
  readonly personId: string | null
  readonly role: Role
  readonly centre: { readonly zone: string }
  readonly readers: boolean
  readonly security: boolean
  /** How far their decisions on leave reach; null when they decide on none. */
  readonly leave: Scope | null
}

/** What waits for the visitor behind an item of the navigation: readers that do not answer, accounts that are locked, leave to decide, requests about accounts. */
export async function waitingCounts(db: PrismaClient, waited: Waited, now: number): Promise<Record<string, number>> {
  const { centreId } = waited
  const silent: Prisma.SourceWhereInput = { centreId, retiredAt: null, state: { in: ['offline', 'fault'] } }
  const [readers, security, leave, accounts] = await Promise.all([
    waited.readers ? db.source.count({ where: silent }) : 0,
    waited.security ? db.account.count({ where: { centreId, lockedUntil: { gt: new Date(now) } } }) : 0,
    waited.leave ? leaveFor(db, waited, waited.leave, now) : 0,
    waitingAccess(db, waited),
  ])
  return { readers, security, leave, accounts }
}

async function leaveFor(db: PrismaClient, waited: Waited, scope: Scope, now: number): Promise<number> {
  const { day } = civilOf(now, waited.centre.zone)
  return await waitingLeaveCount(db, { ...waited, scope }, day)
}
