import { common, countOf, type Numbers, portion, skipped, withoutAll } from '#app/domain/devices/spool-ranges.ts'
import type { SpoolRange, StatusReport } from '#devices/contract.ts'
import type { PrismaClient } from './generated/client.ts'
import {
  addGap,
  addSpool,
  type GapPiece,
  type GapRow,
  giveSpool,
  lockGaps,
  lockSpool,
  moveSpool,
  readLedger,
  type SpoolOf,
  type SpoolRow,
  splitGap,
} from './spool-rows.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** At most so much is asked for in one answer; the rest when this has come (proposed by us). */
const asked = { ranges: 20, numbers: 10_000 } as const

export type DeliveredNumbers = Numbers & {
  readonly firstAtMs: number
  readonly lastAtMs: number
  readonly nowMs: number
}

/**
 * Notes that a batch's numbers are stored, in the transaction that stores them: a restored backup says how far it really
 * is. Numbers that were skipped become a gap, late ones fill it. Answers whether a gap came, shrank or went. A spool of
 * another working agent is left alone: the punches are kept, the other's account is not touched.
 */
export async function noteDelivered(tx: Tx, spool: SpoolOf, batch: DeliveredNumbers): Promise<boolean> {
  const { firstAtMs, lastAtMs, nowMs } = batch
  const state = await spoolOf(tx, spool, nowMs)
  if (state === null) {
    const between = skipped(0, batch.first)
    if (!(await addSpool(tx, spool, batch.last, new Date(lastAtMs)))) return noteDelivered(tx, spool, batch)
    if (between === null) return false
    await addGap(tx, spool, { ...between, notedAt: new Date(nowMs), fromAt: null, toAt: new Date(firstAtMs) })
    return true
  }
  if (!(await mayKeep(tx, spool, state))) return false
  const between = skipped(state.through, batch.first)
  const filled = batch.first <= state.through ? await fillGaps(tx, spool, batch) : false
  if (batch.last > state.through) await moveSpool(tx, spool, batch.last, new Date(lastAtMs))
  if (between === null) return filled
  await addGap(tx, spool, { ...between, notedAt: new Date(nowMs), fromAt: state.lastAt, toAt: new Date(firstAtMs) })
  return true
}

/** Whether the account of a spool is this agent's: its own, or one it takes over since the old pairing is revoked. */
async function mayKeep(tx: Tx, spool: SpoolOf, state: SpoolRow): Promise<boolean> {
  if (state.agentId === spool.agentId) return true
  if (state.agentRevoked) await giveSpool(tx, spool)
  return state.agentRevoked
}

/** The state of a spool; one that older versions filled without keeping account is read from its punches once. */
async function spoolOf(tx: Tx, spool: SpoolOf, nowMs: number): Promise<SpoolRow | null> {
  const known = await lockSpool(tx, spool)
  if (known !== null) return known
  const ledger = await readLedger(tx, spool)
  if (ledger === null) return null
  if (await addSpool(tx, spool, ledger.through, ledger.lastAt)) {
    for (const gap of ledger.gaps) await addGap(tx, spool, { ...gap, notedAt: new Date(nowMs) })
  }
  return lockSpool(tx, spool)
}

async function fillGaps(tx: Tx, { centreId, epoch }: SpoolOf, batch: DeliveredNumbers): Promise<boolean> {
  const touched = (await lockGaps(tx, { centreId, epoch })).filter((gap) => common(gap, batch) !== null)
  for (const gap of touched) {
    const pieces = withoutAll(gap, [batch]).map((piece) => {
      const behind = piece.first > batch.last
      const fromAt = behind ? new Date(batch.lastAtMs) : gap.fromAt
      return { ...piece, fromAt, toAt: behind ? gap.toAt : new Date(batch.firstAtMs), lostAt: gap.lostAt }
    })
    await splitGap(tx, centreId, gap, pieces, batch.nowMs)
  }
  return touched.length > 0
}

export type LostSpan = { readonly fromMs: number | null; readonly toMs: number | null }

export type SpoolNews = {
  readonly centreId: string
  readonly agentId: string
  readonly spool: StatusReport['spool']
  readonly lost: readonly SpoolRange[]
  readonly nowMs: number
}

/**
 * Compares what an agent says of its spool with what is stored, and answers what it shall send again: the gaps, and all
 * that a restored backup does not have. What the agent keeps no more is lost: `lostNow` names the time between the
 * neighbours of what was given up in this report. An agent older than the report of its spool is asked for nothing.
 */
export async function noteSpool(tx: Tx, news: SpoolNews): Promise<{ wanted: SpoolRange[]; lostNow: LostSpan[] }> {
  const { centreId, agentId, spool, nowMs } = news
  if (spool === undefined) return { wanted: [], lostNow: [] }
  const of = { centreId, agentId, epoch: spool.epoch }
  const state = await spoolOf(tx, of, nowMs)
  if (state !== null && !(await mayKeep(tx, of, state))) return { wanted: [], lostNow: [] }
  await noteBehind(tx, of, state, spool.through, nowMs)
  const open = (await lockGaps(tx, { centreId, agentId })).filter((gap) => gap.lostAt === null)
  const gone = [...news.lost, { epoch: spool.epoch, first: 1, last: spool.keptFrom - 1 }]
  const lostNow: LostSpan[] = []
  const waiting: SpoolRange[] = []
  for (const gap of open) {
    const left = await giveUp(tx, centreId, gap, gone, nowMs)
    if (left.lost) lostNow.push({ fromMs: gap.fromAt?.getTime() ?? null, toMs: gap.toAt?.getTime() ?? null })
    waiting.push(...left.pieces.flatMap((piece) => wantedOf(gap.epoch, piece, spool)))
  }
  return { wanted: portion(waiting, asked.ranges, asked.numbers), lostNow }
}

/** Numbers behind what the agent believes confirmed are on their way by themselves. */
function wantedOf(epoch: string, piece: Numbers, spool: { epoch: string; through: number }): SpoolRange[] {
  const wanted = epoch === spool.epoch ? common(piece, { first: 1, last: spool.through }) : piece
  return wanted === null ? [] : [{ epoch, first: wanted.first, last: wanted.last }]
}

/** The agent was told that more is safe than is stored here: the database is an older one. What lacks becomes a gap. */
async function noteBehind(
  tx: Tx,
  spool: SpoolOf,
  state: SpoolRow | null,
  confirmed: number,
  nowMs: number,
): Promise<void> {
  const through = state?.through ?? 0
  if (confirmed <= through) return
  const now = new Date(nowMs)
  if (state !== null) await moveSpool(tx, spool, confirmed, state.lastAt)
  else if (!(await addSpool(tx, spool, confirmed, now))) return
  const fromAt = state?.lastAt ?? null
  await addGap(tx, spool, { first: through + 1, last: confirmed, notedAt: now, fromAt, toAt: now })
}

/** Cuts from an open gap what the agent has no more, keeps that as lost, and answers what is still to be had. */
async function giveUp(tx: Tx, centreId: string, gap: GapRow, gone: readonly SpoolRange[], nowMs: number) {
  const ofSpool = gone.filter((range) => range.epoch === gap.epoch && common(gap, range) !== null)
  if (ofSpool.length === 0) return { lost: false, pieces: [gap] as Numbers[] }
  const pieces = withoutAll(gap, ofSpool)
  const { fromAt, toAt } = gap
  const kept: GapPiece[] = pieces.map((piece) => ({ ...piece, fromAt, toAt, lostAt: null }))
  const lost: GapPiece[] = withoutAll(gap, pieces).map((piece) => ({ ...piece, fromAt, toAt, lostAt: new Date(nowMs) }))
  await splitGap(tx, centreId, gap, [...kept, ...lost], nowMs)
  return { lost: true, pieces }
}

export type SpoolGap = Numbers & {
  readonly id: string
  readonly agentId: string
  readonly epoch: string
  readonly missing: number
  readonly notedAt: Date
  /** Times of the punches on either side, as far as known. */
  readonly fromAt: Date | null
  readonly toAt: Date | null
}

/** Numbers that were skipped and are still asked for 缺号: something was recorded and has not arrived. */
export async function openGaps(db: Db, centreId: string): Promise<SpoolGap[]> {
  return gapsWhere(db, { centreId, filledAt: null, lostAt: null })
}

/** Numbers that an agent said since an instant it has no more 已丢失. */
export async function lostGaps(db: Db, centreId: string, since: Date): Promise<SpoolGap[]> {
  return gapsWhere(db, { centreId, filledAt: null, lostAt: { gte: since } })
}

type GapsOf = { centreId: string; filledAt: null; lostAt: null | { gte: Date } }

async function gapsWhere(db: Db, where: GapsOf): Promise<SpoolGap[]> {
  const rows = await db.spoolGap.findMany({ where, orderBy: [{ notedAt: 'desc' }, { first: 'asc' }], take: 200 })
  return rows.map(({ id, agentId, epoch, notedAt, fromAt, toAt, ...row }) => {
    const numbers = { first: Number(row.first), last: Number(row.last) }
    return { id, agentId, epoch, ...numbers, missing: countOf(numbers), notedAt, fromAt, toAt }
  })
}
