import { prisma } from './client.server.ts'
import type { Prisma } from './generated/client.ts'

/** What a query inside a transaction is given; outside, `prisma` itself serves. */
export type Tx = Prisma.TransactionClient

/** Runs the work in one transaction: everything it wrote and published happens, or nothing does. */
export function inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return prisma.$transaction(work, { maxWait: 10_000, timeout: 60_000 })
}
