import type { PrintProblem } from '#app/domain/assessment/print-job.ts'
import { createDirectPool } from './client.server.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type PrintKind = 'pdf' | 'zip'
export type PrintState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

/** A print job without its file. */
export type PrintJobRow = {
  readonly centreId: string
  readonly id: string
  readonly kind: PrintKind
  readonly year: number
  readonly personIds: readonly string[]
  readonly state: PrintState
  readonly done: number
  readonly problems: readonly PrintProblem[]
  readonly requestedBy: string
  readonly createdAt: Date
  readonly finishedAt: Date | null
}

const withoutFile = {
  centreId: true,
  id: true,
  kind: true,
  year: true,
  personIds: true,
  state: true,
  done: true,
  problems: true,
  requestedBy: true,
  createdAt: true,
  finishedAt: true,
} as const

type Stored = Omit<PrintJobRow, 'kind' | 'state' | 'problems'> & { kind: string; state: string; problems: unknown }

function read(row: Stored): PrintJobRow {
  return {
    ...row,
    kind: row.kind as PrintKind,
    state: row.state as PrintState,
    problems: row.problems as readonly PrintProblem[],
  }
}

/** One job of a centre, without its file; null when the centre has no such job. */
export async function printJob(db: Db, centreId: string, id: string): Promise<PrintJobRow | null> {
  const row = await db.printJob.findUnique({ where: { centreId_id: { centreId, id } }, select: withoutFile })
  return row === null ? null : read(row)
}

/** How long the job's file is, in bytes; null when it has none or keeps it no more. */
export async function fileSize(db: Db, centreId: string, id: string): Promise<number | null> {
  const rows = await db.$queryRaw<{ size: number | null }[]>`
    SELECT octet_length(bytes) AS size FROM print_job WHERE centre_id = ${centreId}::uuid AND id = ${id}::uuid`
  return rows[0]?.size ?? null
}

/** The file itself. */
export async function printFile(db: Db, centreId: string, id: string): Promise<Uint8Array | null> {
  const row = await db.printJob.findUnique({ where: { centreId_id: { centreId, id } }, select: { bytes: true } })
  return row?.bytes ?? null
}

/** The centre's newest jobs, for the page that asks for prints. */
export async function recentPrintJobs(db: Db, centreId: string, count: number): Promise<PrintJobRow[]> {
  const rows = await db.printJob.findMany({
    where: { centreId },
    orderBy: { createdAt: 'desc' },
    take: count,
    select: withoutFile,
  })
  return rows.map(read)
}

export type NewPrintJob = Pick<PrintJobRow, 'centreId' | 'id' | 'kind' | 'year' | 'personIds' | 'requestedBy'> & {
  readonly atMs: number
}

/** Puts a job in line. */
export async function addPrintJob(tx: Tx, { atMs, personIds, ...job }: NewPrintJob): Promise<void> {
  await tx.printJob.create({ data: { ...job, personIds: [...personIds], createdAt: new Date(atMs) } })
}

/** Every job that is not at its end, the oldest first: also those whose process went away. */
export async function openPrintJobs(db: Db): Promise<PrintJobRow[]> {
  const rows = await db.printJob.findMany({
    where: { state: { in: ['waiting', 'running'] } },
    orderBy: { createdAt: 'asc' },
    select: withoutFile,
  })
  return rows.map(read)
}

type JobChange = {
  readonly state?: PrintState
  readonly done?: number
  readonly problems?: readonly PrintProblem[]
  readonly finishedAt?: Date
  readonly bytes?: Uint8Array<ArrayBuffer>
}

/** Changes a job that is still open; false when it has been cancelled or has ended meanwhile. */
export async function changeOpenJob(
  db: Db,
  { centreId, id }: { readonly centreId: string; readonly id: string },
  { problems, ...change }: JobChange,
): Promise<boolean> {
  const { count } = await db.printJob.updateMany({
    where: { centreId, id, state: { in: ['waiting', 'running'] } },
    data: { ...change, ...(problems ? { problems: problems.map((problem) => ({ ...problem })) } : {}) },
  })
  return count === 1
}

/** Takes away the files of jobs that ended before the first instant, and the jobs created before the second. */
export async function clearPrints(db: Db, filesBefore: Date, jobsBefore: Date): Promise<void> {
  await db.printJob.updateMany({
    where: { bytes: { not: null }, finishedAt: { lt: filesBefore } },
    data: { bytes: null },
  })
  await db.printJob.deleteMany({ where: { createdAt: { lt: jobsBefore }, state: { notIn: ['waiting', 'running'] } } })
}

/**
 * Runs the work while nobody else works on this job; answers false at once when somebody does. The lock belongs to a
 * connection, so that a process that dies gives it back and the job is found again.
 */
export async function holdingPrintJob(id: string, work: () => Promise<void>): Promise<boolean> {
  const pool = createDirectPool(1, 'window-staff print')
  try {
    const client = await pool.connect()
    try {
      const { rows } = await client.query<{ mine: boolean }>(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine',
        [`print/${id}`],
      )
      if (!rows[0]?.mine) return false
      await work()
      return true
    } finally {
      client.release(true)
    }
  } finally {
    await pool.end()
  }
}
