import { personDays } from '#app/db/leave-calendar.server.ts'
import { grantCoverage } from '#app/db/leave-coverage.server.ts'
import { flowOf, type LeaveRow, periodOf, storedParty } from '#app/db/leave-rows.server.ts'
import { addDecisions, saveFlow } from '#app/db/leave-writes.server.ts'
import type { Tx } from '#app/db/transaction.server.ts'
import type { LeaveRefusal } from '#app/domain/leave/refusals.ts'
import { type LeaveFlow, stepLeave } from '#app/domain/leave/state.ts'
import type { LeaveActor, Party } from '#app/domain/leave/view.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { entry } from './send.ts'

// What deciding and entering a paper that is decided already have in common, inside a transaction that holds the request.

export type Word = {
  readonly party: Party
  readonly act: 'approve' | 'return' | 'refuse'
  readonly note: string | null
  readonly onPaper: boolean
}

const acts = { approve: 'approved', return: 'returned', refuse: 'refused' } as const

/** Gives one party's word: the ledger, the next step, and with the last one the effect on the days. */
export async function giveWord(
  tx: Tx,
  by: LeaveActor,
  row: LeaveRow,
  word: Word,
  nowMs: number,
): Promise<Result<LeaveFlow, LeaveRefusal>> {
  const before = flowOf(row)
  const stepped = stepLeave(before, { type: word.act, party: word.party })
  if (!stepped.ok) return stepped
  const flow = stepped.value
  const said = { party: storedParty(word.party, word.onPaper), act: acts[word.act], note: word.note } as const
  const told = flow.step > before.step ? (before.route[before.step]?.told ?? []) : []
  const filed = told.map((party) => entry(by, row.id, before, { party, act: 'filed', note: null }, nowMs))
  await addDecisions(tx, by.centreId, [entry(by, row.id, before, said, nowMs), ...filed])
  const over = flow.state !== 'submitted'
  // Beside others of a joint step nothing changes for them: their page stays good.
  const newRevision = over || flow.step !== before.step
  await saveFlow(tx, row, flow, { newRevision, ...(over ? { decidedAt: nowMs } : {}) })
  if (flow.state !== 'approved') return ok(flow)
  const granted = await grant(tx, by, row, nowMs)
  return granted.ok ? ok(flow) : granted
}

async function grant(tx: Tx, by: LeaveActor, row: LeaveRow, nowMs: number): Promise<Result<null, LeaveRefusal>> {
  const centre = { id: by.centreId, zone: by.centre.zone }
  const { firstDay, firstHalf, lastDay, lastHalf } = periodOf(row)
  const days = await personDays(tx, centre.id, row.personId, firstDay, lastDay)
  if (!days.ok) return days
  const covered = await grantCoverage(tx, centre, row, days.value, nowMs)
  const facts = { id: '', number: '', kind: '', state: '', firstDay, firstHalf, lastDay, lastHalf }
  return covered ? ok(null) : refuse('covered_already', facts)
}
