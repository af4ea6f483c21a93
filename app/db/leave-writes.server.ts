import { createHash } from 'node:crypto'
import { type PaperType, paperTypeOf } from '#app/domain/leave/paper.ts'
import type { LeaveFlow } from '#app/domain/leave/state.ts'
import type { DecisionAct, LeaveCount, LeaveSlip } from '#app/domain/leave/view.ts'
import { toDate } from './dates.ts'
import { Prisma } from './generated/client.ts'
import { newId } from './id.server.ts'
import { isId, type LeaveRow, leaveInclude } from './leave-rows.server.ts'
import { open, seal } from './personal-data.server.ts'
import type { Tx } from './transaction.server.ts'

/**
 * Makes writers of one person's leave wait for each other, so that of two overlapping requests the later one sees the earlier. The
 * database refuses the overlap besides.
 */
export async function lockPersonLeave(tx: Tx, centreId: string, personId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`leave/${centreId}/${personId}`}, 0))`
}

/** One request, kept from other writers until the transaction ends; null for an unknown or foreign id. */
export async function lockLeave(tx: Tx, centreId: string, id: string): Promise<LeaveRow | null> {
  if (!isId(id)) return null
  await tx.$queryRaw`SELECT 1 FROM leave_request WHERE centre_id = ${centreId}::uuid AND id = ${id}::uuid FOR UPDATE`
  return tx.leaveRequest.findUnique({ where: { centreId_id: { centreId, id } }, include: leaveInclude })
}

/** The columns that a slip fills; a telephone number is stored sealed, null keeps what is there. */
function slipData(slip: LeaveSlip, count: Pick<LeaveCount, 'workingHalves' | 'calendarHalves'>) {
  const { period, phone } = slip
  return {
    kind: slip.kind,
    firstDay: toDate(period.firstDay),
    firstHalf: period.firstHalf,
    lastDay: toDate(period.lastDay),
    lastHalf: period.lastHalf,
    workingHalves: count.workingHalves,
    calendarHalves: count.calendarHalves,
    reason: slip.reason ?? '',
    destination: slip.destination,
    leavesTown: slip.leavesTown,
    handover: slip.handover,
    standInId: slip.standInId,
    ...(phone === null ? {} : { phoneCipher: phone === '' ? null : seal(phone) }),
  }
}

export type NewLeave = {
  readonly centreId: string
  readonly personId: string
  readonly slip: LeaveSlip
  readonly count: Pick<LeaveCount, 'workingHalves' | 'calendarHalves'>
  readonly atMs: number
  readonly enteredBy?: string
  readonly paperId?: string
}

export async function addDraft(tx: Tx, leave: NewLeave): Promise<string> {
  const { centreId, personId, slip, count, atMs, enteredBy = null, paperId = null } = leave
  const id = newId()
  const own = { centreId, id, personId, enteredBy, paperId, createdAt: new Date(atMs) }
  await tx.leaveRequest.create({ data: { ...own, ...slipData(slip, count) } })
  return id
}

export async function saveSlip(
  tx: Tx,
  row: Pick<LeaveRow, 'centreId' | 'id'>,
  slip: LeaveSlip,
  count: Pick<LeaveCount, 'workingHalves' | 'calendarHalves'>,
): Promise<number> {
  const { centreId, id } = row
  const saved = await tx.leaveRequest.update({
    where: { centreId_id: { centreId, id } },
    data: { ...slipData(slip, count), revision: { increment: 1 } },
    select: { revision: true },
  })
  return saved.revision
}

export type FlowChange = {
  readonly number?: string
  readonly ruleVersion?: string
  readonly submittedAt?: number
  readonly decidedAt?: number
  /** Whoever reads an older revision must look again; an approval beside others of a joint step changes nothing for them. */
  readonly newRevision: boolean
}

/** Writes where a request stands now; answers its revision. */
export async function saveFlow(
  tx: Tx,
  { centreId, id }: Pick<LeaveRow, 'centreId' | 'id'>,
  flow: LeaveFlow,
  change: FlowChange,
): Promise<number> {
  const { number, ruleVersion, submittedAt, decidedAt } = change
  const saved = await tx.leaveRequest.update({
    where: { centreId_id: { centreId, id } },
    data: {
      state: flow.state,
      route: flow.route as unknown as Prisma.InputJsonValue,
      round: flow.round,
      step: flow.step,
      ...(number === undefined ? {} : { number }),
      ...(ruleVersion === undefined ? {} : { ruleVersion }),
      ...(submittedAt === undefined ? {} : { submittedAt: new Date(submittedAt), decidedAt: null }),
      ...(decidedAt === undefined ? {} : { decidedAt: new Date(decidedAt) }),
      ...(change.newRevision ? { revision: { increment: 1 } } : {}),
    },
    select: { revision: true },
  })
  return saved.revision
}

export type NewDecision = {
  readonly requestId: string
  readonly round: number
  readonly step: number
  readonly party: string
  readonly act: DecisionAct
  readonly actorId: string
  readonly note: string | null
  readonly atMs: number
}

/** Adds to the ledger of what happened to a request; nothing in it is ever changed. */
export async function addDecisions(tx: Tx, centreId: string, decisions: readonly NewDecision[]): Promise<void> {
  if (decisions.length === 0) return
  await tx.leaveDecision.createMany({
    data: decisions.map(({ atMs, ...own }) => ({ centreId, id: newId(), ...own, at: new Date(atMs) })),
  })
}

/** Keeps a scan by its content: the same file twice is one row. Null when it is no file that can be shown. */
export async function keepPaper(
  tx: Tx,
  paper: {
    readonly centreId: string
    readonly name: string
    readonly bytes: Uint8Array
    readonly by: string
    readonly atMs: number
  },
): Promise<string | null> {
  const { centreId, name, bytes, by, atMs } = paper
  const mediaType: PaperType | null = paperTypeOf(bytes)
  if (mediaType === null) return null
  const sha256 = new Uint8Array(createHash('sha256').update(bytes).digest())
  const data = { centreId, id: newId(), sha256, mediaType, name, size: bytes.length, bytes: new Uint8Array(bytes) }
  await tx.storedFile.createMany({
    data: [{ ...data, createdAt: new Date(atMs), createdBy: by }],
    skipDuplicates: true,
  })
  const where = { centreId_sha256: { centreId, sha256 } }
  return (await tx.storedFile.findUniqueOrThrow({ where, select: { id: true } })).id
}

/** The telephone number of a slip, whole; only for who is noted as having read it. */
export async function leavePhone(tx: Tx, centreId: string, id: string): Promise<string | null> {
  const where = { centreId_id: { centreId, id } }
  const row = await tx.leaveRequest.findUnique({ where, select: { phoneCipher: true } })
  return row?.phoneCipher ? open(row.phoneCipher) : null
}

/** True for a refusal of the database that names this constraint. */
export function isRefusedBy(error: unknown, constraint: string): boolean {
  return error instanceof Error && `${error.message} ${JSON.stringify(metaOf(error))}`.includes(constraint)
}

function metaOf(error: Error): unknown {
  return error instanceof Prisma.PrismaClientKnownRequestError ? error.meta : (error.cause ?? null)
}
