import {
  centreDay,
  type Held,
  heldSpans,
  lockPerson,
  markStale,
  postingById,
  type StoredPosting,
  setPosting,
  takeBackPosting,
} from '#app/db/postings.server.ts'
import { type By, changesBetween, noteChange } from '#app/db/record-changes.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { endHeld } from '#app/db/window-posts.server.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { PostingEnd } from '#app/domain/people/posting-input.ts'
import { endingWith, type SpanProblem } from '#app/domain/people/posting-rules.ts'
import { touchedSpans } from '#app/domain/people/span.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { allowPosting, type BeginCode } from './begin.ts'

type Code = SpanProblem | 'person_unknown' | 'posting_unknown'
type Which = { readonly personId: string; readonly id: string }

async function lockedPosting(tx: Tx, by: By, { personId, id }: Which): Promise<Result<StoredPosting, Code>> {
  if (!(await lockPerson(tx, by.centreId, personId))) return refuse('person_unknown')
  const posting = await postingById(tx, by.centreId, id)
  return posting && posting.personId === personId ? ok(posting) : refuse('posting_unknown')
}

/** Whether a posting may end on a day, and what ends with it. */
async function allowEnd(
  tx: Tx,
  centreId: string,
  posting: StoredPosting,
  endsOn: CivilDay,
): Promise<Result<Held[], Code>> {
  const { startsOn } = posting
  if (posting.endReason !== null && posting.endsOn !== null && posting.endsOn <= endsOn)
    return refuse('already_ended', { endsOn: posting.endsOn })
  if (endsOn < startsOn) return refuse('ends_before_start', { startsOn, endsOn })
  const { end, later } = endingWith(await heldSpans(tx, centreId, posting.personId), posting, endsOn)
  const [first] = later
  return first ? refuse('begins_later', { what: first.what, startsOn: first.startsOn }) : ok(end)
}

/**
 * Ends a posting on its last day, and with it every post, appointment and membership that would go on; what only begins
 * afterwards stands in the way and is named. Roles stop with the posting by themselves.
 */
export async function endPosting(
  by: By,
  request: Which & { readonly end: PostingEnd },
  atMs: number,
): Promise<Result<{ readonly ended: number }, Code>> {
  const { centreId } = by
  const { personId, id, end } = request
  return inTransaction(async (tx) => {
    const found = await lockedPosting(tx, by, request)
    if (!found.ok) return found
    const before = found.value
    const allowed = await allowEnd(tx, centreId, before, end.endsOn)
    if (!allowed.ok) return allowed
    for (const one of allowed.value) await endOne(tx, by, personId, one, end.endsOn, atMs)
    const after = { ...before, ...end, note: end.note ?? before.note }
    await setPosting(tx, centreId, id, columnsOf(after))
    const { endsOn, endReason, note } = after
    const fields = changesBetween({ ...before }, { endsOn, endReason, note })
    await noteChange(tx, by, { record: 'posting', recordId: id, personId, kind: 'ended', fields }, atMs)
    await markStale(tx, centreId, personId, touchedSpans(before, after), await centreDay(tx, centreId, atMs))
    return ok({ ended: allowed.value.length })
  })
}

function columnsOf({ id: _id, personId: _person, ...posting }: StoredPosting) {
  return posting
}

async function endOne(tx: Tx, by: By, personId: string, one: Held, endsOn: CivilDay, atMs: number): Promise<void> {
  await endHeld(tx, by.centreId, one.record, one.id, endsOn)
  const fields = { endsOn: { from: one.endsOn, to: endsOn } }
  await noteChange(tx, by, { record: one.record, recordId: one.id, personId, kind: 'ended', fields }, atMs)
}

/** Opens an ended posting again, as long as no later one stands in the way. Posts that ended with it stay ended. */
export async function reopenPosting(
  by: By,
  request: Which,
  atMs: number,
): Promise<Result<{ readonly id: string }, Code | BeginCode>> {
  const { centreId } = by
  const { personId, id } = request
  return inTransaction(async (tx) => {
    const found = await lockedPosting(tx, by, request)
    if (!found.ok) return found
    const before = found.value
    const after = { ...before, endsOn: null, endReason: null }
    const allowed = await allowPosting(tx, centreId, personId, columnsOf(after), id)
    if (!allowed.ok) return allowed
    await setPosting(tx, centreId, id, columnsOf(after))
    const fields = changesBetween({ ...before }, { endsOn: null, endReason: null })
    await noteChange(tx, by, { record: 'posting', recordId: id, personId, kind: 'reopened', fields }, atMs)
    await markStale(tx, centreId, personId, touchedSpans(before, after), await centreDay(tx, centreId, atMs))
    return ok({ id })
  })
}

/** Takes back a posting that has not begun and in which nothing lies yet. */
export async function cancelPosting(
  by: By,
  request: Which,
  atMs: number,
): Promise<Result<{ readonly id: string }, Code>> {
  const { centreId } = by
  const { personId, id } = request
  return inTransaction(async (tx) => {
    const found = await lockedPosting(tx, by, request)
    if (!found.ok) return found
    const before = found.value
    if (before.startsOn <= (await centreDay(tx, centreId, atMs)))
      return refuse('already_begun', { startsOn: before.startsOn })
    const held = endingWith(await heldSpans(tx, centreId, personId), before, '0001-01-01').later[0]
    if (held) return refuse('posts_outside', { what: held.what, startsOn: held.startsOn, endsOn: held.endsOn ?? '' })
    await takeBackPosting(tx, centreId, id)
    const fields = changesBetween(
      { startsOn: before.startsOn, endsOn: before.endsOn },
      { startsOn: null, endsOn: null },
    )
    await noteChange(tx, by, { record: 'posting', recordId: id, personId, kind: 'ended', fields }, atMs)
    return ok({ id })
  })
}
