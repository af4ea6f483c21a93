import { createHash } from 'node:crypto'
import { prisma } from './client.server.ts'
import type { AuditEntry, AuditSeal, Prisma } from './generated/client.ts'
import { inTransaction, type Tx } from './transaction.server.ts'

/** Before the first seal there is nothing: 32 zero bytes stand for it. */
const beginning = Buffer.alloc(32)
const batch = 1_000
/** Longer than any transaction lives, so that no entry commits behind a seal that has passed its time. */
const settleMs = 90_000

type Position = { readonly at: Date; readonly id: string } | null

/** One text for one value, whatever order its keys were written in. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`
}

function lineOf(entry: AuditEntry): string {
  return canonical({ ...entry, at: entry.at.toISOString() })
}

type SealHead = Pick<AuditSeal, 'centreId' | 'seq' | 'sealedAt'> & { readonly previous: Uint8Array }

/** SHA-256 over the seal before, this seal's own place and time, and every entry of its batch. */
export function sealHash(head: SealHead, entries: readonly AuditEntry[]): Buffer {
  const place = canonical({
    centreId: head.centreId,
    seq: String(head.seq),
    sealedAt: head.sealedAt.toISOString(),
    entries: entries.length,
  })
  const hash = createHash('sha256').update(head.previous).update(place)
  for (const entry of entries) hash.update('\n').update(lineOf(entry))
  return hash.digest()
}

function after(position: Position): Prisma.AuditEntryWhereInput {
  if (position === null) return {}
  const { at, id } = position
  return { OR: [{ at: { gt: at } }, { at, id: { gt: id } }] }
}

function entriesAfter(tx: Tx, centreId: string, position: Position, take: number, before?: Date) {
  const until = before === undefined ? {} : { at: { lt: before } }
  return tx.auditEntry.findMany({
    where: { AND: [{ centreId }, after(position), until] },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    take,
  })
}

async function positionOf(tx: Tx, centreId: string, seal: AuditSeal | null): Promise<Position> {
  if (seal === null) return null
  return tx.auditEntry.findUniqueOrThrow({
    where: { centreId_id: { centreId, id: seal.lastEntry } },
    select: { at: true, id: true },
  })
}

async function sealBatch(centreId: string, nowMs: number): Promise<number> {
  return inTransaction(async (tx) => {
    // One sealer at a time for each centre; writers of entries never take this lock.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`audit-seal ${centreId}`}, 0))`
    const last = await tx.auditSeal.findFirst({ where: { centreId }, orderBy: { seq: 'desc' } })
    const position = await positionOf(tx, centreId, last)
    const entries = await entriesAfter(tx, centreId, position, batch, new Date(nowMs - settleMs))
    const lastEntry = entries.at(-1)
    if (lastEntry === undefined) return 0
    const head = {
      centreId,
      seq: (last?.seq ?? 0n) + 1n,
      previous: new Uint8Array(last?.hash ?? beginning),
      sealedAt: new Date(nowMs),
    }
    const hash = new Uint8Array(sealHash(head, entries))
    await tx.auditSeal.create({ data: { ...head, lastEntry: lastEntry.id, entries: entries.length, hash } })
    return entries.length
  })
}

/** Seals what has settled, in every centre; answers how many entries it sealed. Running it again changes nothing. */
export async function sealAudit(nowMs: number): Promise<number> {
  const centres = await prisma.centre.findMany({ select: { id: true } })
  let total = 0
  for (const { id } of centres) {
    let sealed = 0
    do {
      sealed = await sealBatch(id, nowMs)
      total += sealed
    } while (sealed === batch)
  }
  return total
}

export type AuditVerdict = {
  readonly ok: boolean
  readonly seals: number
  readonly sealedEntries: number
  /** Written since the last seal; they are sealed within minutes. */
  readonly waiting: number
  readonly sealedAt: Date | null
  /** The first seal that does not fit. link: a seal is missing or altered; entries: an entry was altered, added or removed. */
  readonly problem: { readonly seq: number; readonly what: 'link' | 'entries'; readonly sealedAt: Date } | null
}

type Walk = {
  readonly position: Position
  readonly previous: Uint8Array
  readonly seq: bigint
  readonly entries: number
}

async function step(tx: Tx, walk: Walk, seal: AuditSeal): Promise<Walk | 'link' | 'entries'> {
  if (seal.seq !== walk.seq + 1n || !Buffer.from(seal.previous).equals(walk.previous)) return 'link'
  const entries = await entriesAfter(tx, seal.centreId, walk.position, seal.entries)
  const last = entries.at(-1)
  if (last === undefined || last.id !== seal.lastEntry || entries.length !== seal.entries) return 'entries'
  if (!sealHash(seal, entries).equals(seal.hash)) return 'entries'
  return { position: last, previous: seal.hash, seq: seal.seq, entries: walk.entries + entries.length }
}

/** Recomputes the whole chain of a centre 审计校验 and says where it first does not fit. */
export async function verifyAudit(centreId: string): Promise<AuditVerdict> {
  const seals = await prisma.auditSeal.findMany({ where: { centreId }, orderBy: { seq: 'asc' } })
  let walk: Walk = { position: null, previous: beginning, seq: 0n, entries: 0 }
  let problem: AuditVerdict['problem'] = null
  for (const seal of seals) {
    const next: Walk | 'link' | 'entries' = await step(prisma, walk, seal)
    if (typeof next === 'string') {
      problem = { seq: Number(seal.seq), what: next, sealedAt: seal.sealedAt }
      break
    }
    walk = next
  }
  const total = await prisma.auditEntry.count({ where: { centreId } })
  const sealed = seals.reduce((sum, seal) => sum + seal.entries, 0)
  return {
    ok: problem === null,
    seals: seals.length,
    sealedEntries: walk.entries,
    waiting: Math.max(0, total - sealed),
    sealedAt: seals.at(-1)?.sealedAt ?? null,
    problem,
  }
}
