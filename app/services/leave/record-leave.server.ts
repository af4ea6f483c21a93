import { audit } from '#app/db/audit.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { mayRecordFor } from '#app/db/leave-deciders.server.ts'
import { leavesAcross } from '#app/db/leave-overlaps.server.ts'
import { flowOf, isId, type LeaveRow } from '#app/db/leave-rows.server.ts'
import { addDraft, isRefusedBy, keepPaper, lockLeave, lockPersonLeave } from '#app/db/leave-writes.server.ts'
import { keepIf } from '#app/db/rollback.server.ts'
import type { Tx } from '#app/db/transaction.server.ts'
import { paperLimit, paperTypeOf } from '#app/domain/leave/paper.ts'
import type { LeaveRefusal } from '#app/domain/leave/refusals.ts'
import { awaitedOf } from '#app/domain/leave/route.ts'
import type { LeaveFlow } from '#app/domain/leave/state.ts'
import type { LeaveActor, LeaveSlip, LeaveState } from '#app/domain/leave/view.ts'
import { ok, type Refusal, type Result, refuse } from '#app/domain/result.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { giveWord } from './approve.ts'
import { overlapRefusal, planSlip, sendSlip, tellOf } from './send.ts'

export type RecordRequest = {
  readonly by: LeaveActor
  readonly personId: string
  readonly slip: LeaveSlip
  readonly paper: { readonly name: string; readonly bytes: Uint8Array } | null
  /** on_paper: everybody's word stands on the paper already (HR only); by_route: it goes its way from here. */
  readonly decided: 'by_route' | 'on_paper'
  readonly note: string | null
}

export type Recorded = { readonly id: string; readonly number: string; readonly state: LeaveState }
type Answer = Result<Recorded, LeaveRefusal>

/**
 * Enters a paper slip for somebody else 代录, marked as such, with the paper attached; for oneself never. Source: decisions 29.
 */
export async function recordLeave(request: RecordRequest, nowMs: number): Promise<Answer> {
  const problem = requestProblem(request)
  if (problem) return problem
  try {
    return await keepIf(
      (answer: Answer) => answer.ok,
      (tx) => record(tx, request, nowMs),
    )
  } catch (error) {
    if (!isRefusedBy(error, 'leave_request_no_overlap')) throw error
    const { by, personId, slip } = request
    const [other] = await leavesAcross(prisma, by.centreId, personId, slip.period, null)
    return other ? overlapRefusal(other) : refuse('changed_meanwhile')
  }
}

function requestProblem({ by, personId, paper, decided }: RecordRequest): Refusal<LeaveRefusal> | null {
  if (!isId(personId)) return refuse('not_found')
  if (personId === by.personId) return refuse('own_record')
  if (!paper || paper.bytes.length === 0) return refuse('paper_missing')
  if (paper.bytes.length > paperLimit) return refuse('paper_too_large', { bytes: paper.bytes.length, max: paperLimit })
  if (paperTypeOf(paper.bytes) === null) return refuse('paper_type', { name: paper.name })
  return decided === 'on_paper' && by.role !== 'hr' ? refuse('not_allowed_on_paper') : null
}

async function record(tx: Tx, request: RecordRequest, nowMs: number): Promise<Answer> {
  const { by, personId, slip, decided } = request
  const { centreId, accountId: actor, role, address } = by
  const today = civilOf(nowMs, by.centre.zone).day
  if (!(await mayRecordFor(tx, by, personId, today))) return refuse('not_found')
  await lockPersonLeave(tx, centreId, personId)
  const onPaper = decided === 'on_paper'
  const planned = await planSlip(tx, by, { personId, leaveId: null, slip, granted: onPaper }, nowMs)
  if (!planned.ok) return planned
  const row = await entered(tx, request, planned.value.count, nowMs)
  const sent = await sendSlip(tx, by, row, planned.value, nowMs)
  if (!sent.ok) return sent
  const flow = onPaper ? await approveAll(tx, request, row.id, nowMs) : ok(sent.value.flow)
  if (!flow.ok) return flow
  const { state } = flow.value
  const number = sent.value.number ?? ''
  const detail = { number, decided, state, paper: row.paperId, rule: planned.value.route.path }
  await audit(tx, { centreId, actor, role, action: 'leave.recorded', subject: row.id, detail, address })
  await tellOf(tx, by, row, state)
  return ok({ id: row.id, number, state })
}

async function entered(
  tx: Tx,
  { by, personId, slip, paper }: RecordRequest,
  count: { readonly workingHalves: number; readonly calendarHalves: number },
  atMs: number,
): Promise<LeaveRow> {
  const { centreId, accountId } = by
  const paperId = paper && (await keepPaper(tx, { centreId, ...paper, by: accountId, atMs }))
  if (!paperId) throw new Error('a paper that was let through is none')
  const id = await addDraft(tx, { centreId, personId, slip, count, atMs, enteredBy: accountId, paperId })
  return held(tx, centreId, id)
}

async function held(tx: Tx, centreId: string, id: string): Promise<LeaveRow> {
  const row = await lockLeave(tx, centreId, id)
  if (!row) throw new Error(`the slip ${id} was not written`)
  return row
}

/** Every word of the route as the paper has it; of several who might have signed a step, the first. */
async function approveAll(
  tx: Tx,
  { by, note }: RecordRequest,
  id: string,
  nowMs: number,
): Promise<Result<LeaveFlow, LeaveRefusal>> {
  for (;;) {
    const row = await held(tx, by.centreId, id)
    const { route, step, given } = flowOf(row)
    const [party] = awaitedOf(route[step], given)
    if (party === undefined) throw new Error(`the slip ${id} waits for nobody`)
    const flow = await giveWord(tx, by, row, { party, act: 'approve', note, onPaper: true }, nowMs)
    if (!flow.ok || flow.value.state !== 'submitted') return flow
  }
}
