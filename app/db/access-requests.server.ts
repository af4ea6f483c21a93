import {
  isRequestKind,
  type RequestKind,
  type RequestState,
  requestKinds,
  settlersOf,
} from '#app/domain/access/requests.ts'
import type { Role } from '#app/domain/access/roles.ts'
import { type RequestPayload, requestPayload } from '#app/domain/access/wishes.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type NewRequest = {
  readonly centreId: string
  readonly kind: RequestKind
  readonly personId: string | null
  readonly accountId: string | null
  readonly payload: RequestPayload
  readonly reason: string | null
  readonly requestedBy: string
  readonly at: number
}

/** Writes a request; null when the same is waiting already. */
export async function addRequest(tx: Tx, request: NewRequest): Promise<string | null> {
  const { centreId, kind, personId, accountId, payload, reason, requestedBy } = request
  const id = newId()
  const made = await tx.accessRequest.createMany({
    data: {
      centreId,
      id,
      kind,
      personId,
      accountId,
      payload: payload as Prisma.InputJsonObject,
      reason,
      requestedBy,
      requestedAt: new Date(request.at),
    },
    skipDuplicates: true,
  })
  return made.count === 1 ? id : null
}

const withNames = {
  person: { select: { name: true, staffNumber: true } },
  account: { select: { displayName: true, signIn: true, disabledAt: true } },
  requester: { select: { displayName: true, signIn: true } },
  settler: { select: { displayName: true, signIn: true } },
} as const

export type RequestRow = {
  readonly id: string
  readonly kind: RequestKind
  readonly state: RequestState
  readonly personId: string | null
  readonly accountId: string | null
  /** Whom it is for, by name and number. */
  readonly name: string
  readonly signIn: string
  readonly payload: RequestPayload
  readonly reason: string | null
  readonly answer: string | null
  readonly requestedBy: string
  readonly requestedAt: number
  readonly requester: { readonly name: string; readonly signIn: string }
  readonly settledAt: number | null
  readonly settler: { readonly name: string; readonly signIn: string } | null
}

type Stored = Prisma.AccessRequestGetPayload<{ include: typeof withNames }>

function rowOf(row: Stored): RequestRow[] {
  if (!isRequestKind(row.kind)) return []
  const read = requestPayload.safeParse(row.payload)
  const payload = read.success ? read.data : { roles: [] }
  const { person, account, requester, settler } = row
  return [
    {
      id: row.id,
      kind: row.kind,
      state: row.state as RequestState,
      personId: row.personId,
      accountId: row.accountId,
      name: person?.name ?? account?.displayName ?? payload.name ?? '',
      signIn: account?.signIn ?? person?.staffNumber ?? payload.signIn ?? '',
      payload,
      reason: row.reason,
      answer: row.answer,
      requestedBy: row.requestedBy,
      requestedAt: row.requestedAt.getTime(),
      requester: { name: requester.displayName, signIn: requester.signIn },
      settledAt: row.settledAt?.getTime() ?? null,
      settler: settler ? { name: settler.displayName, signIn: settler.signIn } : null,
    },
  ]
}

export type RequestFilter = {
  readonly ids?: readonly string[]
  readonly kinds?: readonly RequestKind[]
  readonly state?: RequestState
  readonly requestedBy?: string
  readonly personId?: string
  readonly accountId?: string
}

/** Requests of a centre with the names of those concerned; those that wait first in the order they came. */
export async function requestsOf(db: Db, centreId: string, filter: RequestFilter, take = 500): Promise<RequestRow[]> {
  const { ids, kinds, state, requestedBy, personId, accountId } = filter
  const rows = await db.accessRequest.findMany({
    where: {
      centreId,
      ...(ids ? { id: { in: [...ids] } } : {}),
      ...(kinds ? { kind: { in: [...kinds] } } : {}),
      ...(state ? { state } : {}),
      ...(requestedBy ? { requestedBy } : {}),
      ...(personId ? { personId } : {}),
      ...(accountId ? { accountId } : {}),
    },
    include: withNames,
    orderBy: state === 'waiting' ? [{ requestedAt: 'asc' }, { id: 'asc' }] : [{ requestedAt: 'desc' }, { id: 'desc' }],
    take,
  })
  return rows.flatMap(rowOf)
}

/** Takes waiting requests for itself until the transaction ends; of two who settle at once, one finds them gone. */
export async function lockWaiting(tx: Tx, centreId: string, ids: readonly string[]): Promise<RequestRow[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id::text as id from access_request
    where centre_id = ${centreId}::uuid and id = any(${[...ids]}::uuid[]) and state = 'waiting'
    order by id for update`
  return requestsOf(tx, centreId, { ids: rows.map((row) => row.id), state: 'waiting' }, ids.length)
}

export type Settlement = {
  readonly state: Exclude<RequestState, 'waiting'>
  readonly settledBy: string
  readonly at: number
  readonly answer?: string | null
  readonly accountId?: string
}

export async function settleRow(tx: Tx, centreId: string, id: string, end: Settlement): Promise<void> {
  await tx.accessRequest.update({
    where: { centreId_id: { centreId, id } },
    data: {
      state: end.state,
      settledBy: end.settledBy,
      settledAt: new Date(end.at),
      answer: end.answer ?? null,
      ...(end.accountId ? { accountId: end.accountId } : {}),
    },
  })
}

/** How many requests wait that this visitor may settle; the number beside "accounts" in the rail. */
export async function waitingAccess(
  db: Db,
  visitor: { readonly centreId: string; readonly accountId: string; readonly role: Role },
): Promise<number> {
  const { centreId, accountId, role } = visitor
  const kinds = requestKinds.filter((kind) => settlersOf(kind, false).includes(role))
  if (kinds.length === 0) return 0
  const about = { OR: [{ accountId: null }, { NOT: { accountId } }] }
  const where = { centreId, state: 'waiting', kind: { in: kinds }, NOT: { requestedBy: accountId }, ...about }
  return await db.accessRequest.count({ where })
}
