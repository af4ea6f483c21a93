import { audit } from '#app/db/audit.server.ts'
import { mayRecordFor } from '#app/db/leave-deciders.server.ts'
import { flowOf, type LeaveRow } from '#app/db/leave-rows.server.ts'
import { isRefusedBy, lockLeave } from '#app/db/leave-writes.server.ts'
import { keepIf } from '#app/db/rollback.server.ts'
import type { Tx } from '#app/db/transaction.server.ts'
import type { LeaveRefusal } from '#app/domain/leave/refusals.ts'
import { mayDecide } from '#app/domain/leave/route.ts'
import type { LeaveActor, LeaveState, Party } from '#app/domain/leave/view.ts'
import { ok, type Refusal, type Result, refuse } from '#app/domain/result.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { giveWord } from './approve.ts'
import { longNote, tellOf } from './send.ts'

export type DecideRequest = {
  readonly by: LeaveActor
  readonly id: string
  /** Of the request as the decider read it. */
  readonly revision: number
  readonly act: 'approve' | 'return' | 'refuse'
  readonly note: string | null
  /** As HR: the party whose word stands on the paper; left out when the visitor speaks for the own role. */
  readonly forParty?: Party | null
}

export type Decided = { readonly id: string; readonly state: LeaveState; readonly number: string | null }

/**
 * Approves, returns or refuses a request in the visitor's present role 审批. Of two deciders at once the second is told what the first
 * did; the last approval makes the leave count in the same transaction.
 */
export async function decideLeave(request: DecideRequest, nowMs: number): Promise<Result<Decided, LeaveRefusal>> {
  try {
    return await keepIf(
      (answer: Result<Decided, LeaveRefusal>) => answer.ok,
      (tx) => decide(tx, request, nowMs),
    )
  } catch (error) {
    if (!isRefusedBy(error, 'coverage_no_overlap')) throw error
    return refuse('changed_meanwhile')
  }
}

async function decide(tx: Tx, request: DecideRequest, nowMs: number): Promise<Result<Decided, LeaveRefusal>> {
  const { by, act, note, forParty = null } = request
  const row = await lockLeave(tx, by.centreId, request.id)
  const barred = await accessProblem(tx, by, row, nowMs)
  if (barred || !row) return barred ?? refuse('not_found')
  const stale = staleProblem(row, request.revision)
  if (stale) return stale
  const { route, step, given } = flowOf(row)
  const may = mayDecide(route, step, given, { role: by.role, isApplicant: false, forParty })
  if (!may.ok) return may.code === 'already_decided' ? decidedBefore(row) : may
  const onPaper = may.value !== by.role
  if (note === null && (onPaper || act !== 'approve')) return refuse('note_missing', { act })
  const long = longNote(note)
  if (long) return long
  const flow = await giveWord(tx, by, row, { party: may.value, act, note, onPaper }, nowMs)
  if (!flow.ok) return flow
  const { centreId, accountId: actor, role, address } = by
  const detail = { party: may.value, step, round: row.round, onPaper, state: flow.value.state }
  await audit(tx, { centreId, actor, role, action: `leave.${act}`, subject: row.id, detail, address })
  await tellOf(tx, by, row, flow.value.state)
  return ok({ id: row.id, state: flow.value.state, number: row.number })
}

/** The applicant never decides, in whatever role; of others' people nothing is known. */
async function accessProblem(
  tx: Tx,
  by: LeaveActor,
  row: LeaveRow | null,
  nowMs: number,
): Promise<Refusal<'own_request' | 'not_found'> | null> {
  if (!row) return refuse('not_found')
  if (by.personId === row.personId) return refuse('own_request')
  const today = civilOf(nowMs, by.centre.zone).day
  return row.state !== 'draft' && (await mayRecordFor(tx, by, row.personId, today)) ? null : refuse('not_found')
}

/** What was read is no longer what stands there: says what happened instead. */
function staleProblem(row: LeaveRow, revision: number): Refusal<LeaveRefusal> | null {
  if (row.state === 'submitted' && row.revision === revision) return null
  const last = row.decisions.at(-1)
  if (last?.act === 'submitted') return refuse('changed_meanwhile')
  const decided = row.decisions.some((one) => isWord(one.act) && one.round === row.round)
  if (decided && last?.act !== 'withdrawn' && last?.act !== 'cancelled') return decidedBefore(row)
  return refuse('not_waiting', { state: row.state })
}

const isWord = (act: string): boolean => act === 'approved' || act === 'returned' || act === 'refused'

function decidedBefore(row: LeaveRow): Refusal<'already_decided'> {
  const last = row.decisions.findLast((one) => isWord(one.act))
  const facts = {
    by: last?.actor.displayName ?? '',
    byEn: last?.actor.person?.nameEn ?? '',
    act: last?.act ?? '',
    atMs: last?.at.getTime() ?? 0,
    state: row.state,
  }
  return refuse('already_decided', { ...facts, party: last?.party ?? '' })
}
