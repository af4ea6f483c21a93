import { now as clock } from '#app/clock.server.ts'
import { type AccountState, accountState } from '#app/domain/access/account-state.ts'
import type { RequestKind } from '#app/domain/access/requests.ts'
import type { Role, Scope } from '#app/domain/access/roles.ts'
import { rolesHold } from '#app/domain/access/service-term.ts'
import { type Duties, type Held, rolesByDuty } from '#app/domain/access/wishes.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { type RequestRow, requestsOf } from './access-requests.server.ts'
import { inForceOn, knownGrants } from './accounts.server.ts'
import { fromDate, toDate } from './dates.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { personInScope } from './people.server.ts'
import { grantsOfAccount, type HeldGrant } from './role-grants.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type AccountLine = {
  /** The account, or null for a person without one. */
  readonly id: string | null
  readonly personId: string | null
  readonly name: string
  readonly signIn: string
  readonly reading: string
  readonly initials: string
  readonly state: AccountState
  readonly roles: readonly Role[]
  readonly codeEndsAt: number | null
  readonly lockedUntil: number | null
}

const facts = {
  disabledAt: true,
  mustChangePassword: true,
  codeEndsAt: true,
  lockedUntil: true,
} as const

type FactRow = Prisma.AccountGetPayload<{ select: typeof facts }>

function factsOf(row: FactRow) {
  return {
    disabled: row.disabledAt !== null,
    mustChangePassword: row.mustChangePassword,
    codeEndsAt: row.codeEndsAt?.getTime() ?? null,
    lockedUntil: row.lockedUntil?.getTime() ?? null,
  }
}

function termOf(row: { startsOn: Date; endsOn: Date | null }) {
  return { startsOn: fromDate(row.startsOn), endsOn: row.endsOn ? fromDate(row.endsOn) : null }
}

/** All accounts that a scope reaches with what they are now, by number. */
async function withAccount(db: Db, scope: Scope, day: CivilDay, now: number): Promise<AccountLine[]> {
  const whose = scope.reach === 'centre' ? {} : { person: personInScope(scope, day) }
  const rows = await db.account.findMany({
    where: { centreId: scope.centreId, ...whose },
    select: {
      id: true,
      personId: true,
      displayName: true,
      signIn: true,
      ...facts,
      person: {
        select: { name: true, reading: true, initials: true, postings: { select: { startsOn: true, endsOn: true } } },
      },
      grants: { where: inForceOn(day), select: { role: true, unitId: true } },
    },
    orderBy: { signIn: 'asc' },
  })
  return rows.map((row) => {
    const holds = rolesHold((row.person?.postings ?? []).map(termOf), day)
    const known = factsOf(row)
    return {
      id: row.id,
      personId: row.personId,
      name: row.person?.name ?? row.displayName,
      signIn: row.signIn,
      reading: row.person?.reading ?? '',
      initials: row.person?.initials ?? '',
      state: accountState(known, false, now),
      roles: holds ? knownGrants(row.grants).map((grant) => grant.role) : [],
      codeEndsAt: known.codeEndsAt,
      lockedUntil: known.lockedUntil,
    }
  })
}

export type PersonWithout = {
  readonly personId: string
  readonly name: string
  readonly signIn: string
  readonly reading: string
  readonly initials: string
  readonly units: readonly string[]
  readonly requested: boolean
  readonly duties: Duties
}

/** People in service or coming whom the scope may see and who have no account, with what they do in the hall. */
export async function peopleWithout(db: Db, scope: Scope, day: CivilDay): Promise<PersonWithout[]> {
  const open = { OR: [{ endsOn: null }, { endsOn: { gte: toDate(day) } }] }
  const rows = await db.person.findMany({
    where: {
      AND: [{ centreId: scope.centreId, account: null, postings: { some: open } }, personInScope(scope, day)],
    },
    select: {
      id: true,
      name: true,
      staffNumber: true,
      reading: true,
      initials: true,
      postings: { where: open, select: { unit: { select: { shortName: true } } } },
      windowPosts: { where: inForceOn(day), select: { post: true } },
      chiefAppointments: { where: inForceOn(day), select: { id: true } },
      accessRequests: { where: { state: 'waiting', kind: 'account' }, select: { id: true } },
    },
    orderBy: [{ reading: 'asc' }, { staffNumber: 'asc' }],
  })
  return rows.map((row) => ({
    personId: row.id,
    name: row.name,
    signIn: row.staffNumber,
    reading: row.reading,
    initials: row.initials,
    units: row.postings.map((posting) => posting.unit.shortName),
    requested: row.accessRequests.length > 0,
    duties: { chief: row.chiefAppointments.length > 0, posts: row.windowPosts.map((post) => post.post) },
  }))
}

/** Everybody who has an account, waits for one, or could have one. */
export async function accountLines(db: Db, scope: Scope, day: CivilDay, now: number): Promise<AccountLine[]> {
  const [accounts, people] = await Promise.all([withAccount(db, scope, day, now), peopleWithout(db, scope, day)])
  const without = people.map(
    ({ personId, name, signIn, reading, initials, requested }): AccountLine => ({
      id: null,
      personId,
      name,
      signIn,
      reading,
      initials,
      state: accountState(null, requested, now),
      roles: [],
      codeEndsAt: null,
      lockedUntil: null,
    }),
  )
  return [...without.filter((line) => line.state === 'waiting'), ...accounts, ...without.filter(isNone)]
}

function isNone(line: AccountLine): boolean {
  return line.state === 'none'
}

export type AccountOf = {
  readonly state: AccountState
  readonly accountId: string | null
  readonly signIn: string | null
  readonly codeEndsAt: number | null
  readonly lockedUntil: number | null
  /** What the account holds or will hold; grants that are over are left out. */
  readonly roles: readonly Held[]
  /** False once the last posting is over: the roles stand and do not work. */
  readonly rolesHold: boolean
  readonly waiting: readonly RequestKind[]
}

/** What a person's page says about the account 账号; null when the centre has no such person. */
export async function accountOf(
  db: Db,
  centreId: string,
  personId: string,
  now: number = clock(),
): Promise<AccountOf | null> {
  const row = await db.person.findUnique({
    where: { centreId_id: { centreId, id: personId } },
    select: {
      centre: { select: { zone: true } },
      postings: { select: { startsOn: true, endsOn: true } },
      account: { select: { id: true, signIn: true, ...facts } },
    },
  })
  if (!row) return null
  const { day } = civilOf(now, row.centre.zone)
  const { account } = row
  const [held, ofPerson, ofAccount] = await Promise.all([
    account ? grantsOfAccount(db, centreId, account.id) : [],
    requestsOf(db, centreId, { personId, state: 'waiting' }),
    account ? requestsOf(db, centreId, { accountId: account.id, state: 'waiting' }) : [],
  ])
  const waiting = [...new Set([...ofPerson, ...ofAccount].map((request) => request.kind))]
  const known = account ? factsOf(account) : null
  return {
    state: accountState(known, waiting.includes('account'), now),
    accountId: account?.id ?? null,
    signIn: account?.signIn ?? null,
    codeEndsAt: known?.codeEndsAt ?? null,
    lockedUntil: known?.lockedUntil ?? null,
    roles: held.filter((grant) => grant.endsOn === null || grant.endsOn >= day),
    rolesHold: rolesHold(row.postings.map(termOf), day),
    waiting,
  }
}

export type AccountDetail = {
  readonly id: string
  readonly name: string
  readonly signIn: string
  readonly personId: string | null
  readonly state: AccountState
  readonly codeEndsAt: number | null
  readonly lockedUntil: number | null
  readonly createdAt: number
  readonly lastSignIn: number | null
  readonly grants: readonly HeldGrant[]
  readonly rolesHold: boolean
  readonly requests: readonly RequestRow[]
}

/** One account with its roles and what was asked about it; null when this centre has none such. */
export async function accountDetail(
  db: Db,
  centreId: string,
  id: string,
  day: CivilDay,
  now: number,
): Promise<AccountDetail | null> {
  const row = await db.account.findUnique({
    where: { centreId_id: { centreId, id } },
    include: { person: { select: { name: true, postings: { select: { startsOn: true, endsOn: true } } } } },
  })
  if (!row) return null
  const [grants, requests, last] = await Promise.all([
    grantsOfAccount(db, centreId, id),
    requestsOf(db, centreId, { accountId: id }, 50),
    db.session.findFirst({
      where: { centreId, accountId: id },
      orderBy: { createdAt: 'desc' },
      select: { createdAt: true },
    }),
  ])
  const known = factsOf(row)
  return {
    id,
    name: row.person?.name ?? row.displayName,
    signIn: row.signIn,
    personId: row.personId,
    state: accountState(known, false, now),
    codeEndsAt: known.codeEndsAt,
    lockedUntil: known.lockedUntil,
    createdAt: row.createdAt.getTime(),
    lastSignIn: last?.createdAt.getTime() ?? null,
    grants,
    rolesHold: rolesHold((row.person?.postings ?? []).map(termOf), day),
    requests,
  }
}

/** The duties of one person today, for the roles that follow from them. */
export async function rolesProposed(db: Db, scope: Scope, personIds: readonly string[], day: CivilDay) {
  const people = await peopleWithout(db, scope, day)
  const wanted = new Set(personIds)
  return people
    .filter((person) => wanted.has(person.personId))
    .map((person) => ({
      ...person,
      roles: rolesByDuty(person.duties),
    }))
}
