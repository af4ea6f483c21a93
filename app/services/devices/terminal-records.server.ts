import { deviceRulesOn } from '#app/db/device-rules.server.ts'
import { publish } from '#app/db/events.server.ts'
import { addTerminalCommand, isWaiting } from '#app/db/terminal-commands.server.ts'
import { keepBadLines, noteTerminalEvent } from '#app/db/terminal-events.server.ts'
import { followRecords, type RecordRow, storeRecords } from '#app/db/terminal-punches.server.ts'
import { keepOffset, keepStamp, lockTerminal, noteCall, type TerminalRow } from '#app/db/terminals.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { readAttlogPush } from '#app/domain/devices/adms.ts'
import { clockLimitsOf, quarantineOf } from '#app/domain/devices/quarantine.ts'
import { isClockJump, measuredOffset, nextStamp } from '#app/domain/devices/terminal-clock.ts'
import type { TerminalRecord } from '#app/domain/devices/terminal-record.ts'
import { civilOf } from '#app/domain/time/zone.ts'

export type RecordPush = {
  readonly terminal: TerminalRow & { readonly address: string | null }
  readonly text: string
  readonly stamp: string | null
}

export type PushReceipt = { readonly lines: number; readonly stored: number; readonly bad: number }

/** When each terminal's last records arrived here; only to tell a record of now from the end of a backlog. */
const lastPush = new Map<string, number>()

/** Nobody is behind what a terminal is made to do by the program itself. */
const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * Stores the records that a terminal pushes, each exactly once, and in the same transaction the stamp up to which it need not send
 * again: if the answer is lost it sends all once more, and nothing is stored twice. Lines that are no records are kept as they came.
 */
export async function storeTerminalRecords(push: RecordPush, nowMs: number): Promise<PushReceipt> {
  const { terminal, text, stamp } = push
  const { centreId, sourceId, zone } = terminal
  const read = readAttlogPush(text, terminal.utcOffsetMinutes)
  const receipt = await inTransaction(async (tx) => {
    const before = await lockTerminal(tx, centreId, sourceId)
    const at = { centreId, sourceId, nowMs }
    const pushedMs = lastPush.get(sourceId) ?? null
    const contact = { nowMs, seenMs: before.seenMs, pushedMs, offsetMs: before.offsetMs }
    const [first] = read.records
    const offsetMs = first === undefined ? null : measuredOffset(first.atMs, read.records.length, contact)
    const rows = await rowsOf(tx, centreId, zone, read.records, offsetMs, nowMs)
    const fresh = await storeRecords(tx, at, rows)
    await keepBadLines(
      tx,
      at,
      read.problems.map((problem) => problem.raw),
    )
    const back = await noteCall(tx, { ...at, address: terminal.address })
    // A record known already was sent again, however new it looks: it says nothing of the clock.
    const jumped = fresh.length > 0 && offsetMs !== null && (await keepClock(tx, at, before.offsetMs, offsetMs))
    const again = await keepPlace(tx, at, nextStamp(before.stamp, stamp, fresh.length), before.stamp)
    await followRecords(tx, { id: centreId, zone }, sourceId, fresh, nowMs)
    if (back || jumped || again) await publish(tx, { topic: 'source', centreId, id: sourceId })
    return { lines: read.lines, stored: fresh.length, bad: read.problems.length }
  })
  lastPush.set(sourceId, nowMs)
  return receipt
}

async function rowsOf(
  tx: Tx,
  centreId: string,
  zone: string,
  records: readonly TerminalRecord[],
  offsetMs: number | null,
  nowMs: number,
): Promise<RecordRow[]> {
  const limits = clockLimitsOf(await deviceRulesOn(tx, centreId, civilOf(nowMs, zone).day))
  return records.map(({ subject, atMs, state, verify }) => {
    const quarantine = quarantineOf({ atMs, offsetMs }, nowMs, limits)
    return { subject, atMs, state, verify, offsetMs, quarantine }
  })
}

type At = { readonly centreId: string; readonly sourceId: string; readonly nowMs: number }

async function keepClock(tx: Tx, at: At, beforeMs: number | null, offsetMs: number): Promise<boolean> {
  await keepOffset(tx, at.centreId, at.sourceId, offsetMs)
  if (!isClockJump(beforeMs, offsetMs)) return false
  await noteTerminalEvent(tx, at, 'clock_jump', { fromMs: beforeMs, toMs: offsetMs })
  return true
}

/** Keeps the stamp; of a terminal whose count began anew everything is asked for, at its next greeting, which is asked for too. */
async function keepPlace(
  tx: Tx,
  at: At,
  next: { readonly stamp: string | null; readonly again: boolean },
  before: string | null,
): Promise<boolean> {
  const { centreId, sourceId, nowMs } = at
  if (next.stamp !== before) await keepStamp(tx, centreId, sourceId, next.stamp)
  if (!next.again) return false
  await noteTerminalEvent(tx, at, 'terminal_reset', { stamp: before })
  const of = { centreId, sourceId }
  if (!(await isWaiting(tx, of, 'CHECK'))) await addTerminalCommand(tx, of, { text: 'CHECK', accountId: nobody, nowMs })
  return true
}
