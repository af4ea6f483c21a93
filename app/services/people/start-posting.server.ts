import {
  centreDay,
  lockPerson,
  markStale,
  postingById,
  type StoredPosting,
  setPosting,
  unitById,
} from '#app/db/postings.server.ts'
import { type By, changesBetween, noteChange } from '#app/db/record-changes.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import type { PostingInput } from '#app/domain/people/posting-input.ts'
import { touchedSpans } from '#app/domain/people/span.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { allowPosting, type BeginCode, beginPosting, postingWords } from './begin.ts'

type Code = BeginCode | 'person_unknown' | 'posting_unknown' | 'edited_meanwhile'

/** Begins a posting 派驻; the person's other postings, the unit and the days are checked in the same transaction. */
export async function startPosting(
  by: By,
  request: { readonly personId: string; readonly posting: PostingInput },
  atMs: number,
): Promise<Result<{ readonly id: string }, Code>> {
  return inTransaction(async (tx) => {
    if (!(await lockPerson(tx, by.centreId, request.personId))) return refuse('person_unknown')
    return beginPosting(tx, by, request.personId, request.posting, atMs)
  })
}

type Edit = {
  readonly personId: string
  readonly id: string
  readonly posting: PostingInput
  /** What the form was drawn from, so that of two editors the second learns of the first; null to overwrite. */
  readonly seen: PostingInput | null
}

/** Changes a posting; what lies in it must still lie in it. */
export async function editPosting(by: By, request: Edit, atMs: number): Promise<Result<{ readonly id: string }, Code>> {
  return inTransaction(async (tx) => {
    if (!(await lockPerson(tx, by.centreId, request.personId))) return refuse('person_unknown')
    const before = await postingById(tx, by.centreId, request.id)
    if (before?.personId !== request.personId) return refuse('posting_unknown')
    if (request.seen && !same(request.seen, before)) return refuse('edited_meanwhile')
    return replace(tx, by, before, request.posting, atMs)
  })
}

async function replace(tx: Tx, by: By, before: StoredPosting, posting: PostingInput, atMs: number) {
  const { centreId } = by
  const { id, personId } = before
  const allowed = await allowPosting(tx, centreId, personId, posting, id)
  if (!allowed.ok) return allowed
  await setPosting(tx, centreId, id, posting)
  const former = await unitById(tx, centreId, before.unitId)
  const fields = changesBetween(postingWords(before, former?.shortName ?? ''), postingWords(posting, allowed.value))
  if (Object.keys(fields).length > 0)
    await noteChange(tx, by, { record: 'posting', recordId: id, personId, kind: 'edited', fields }, atMs)
  await markStale(tx, centreId, personId, touchedSpans(before, posting), await centreDay(tx, centreId, atMs))
  return ok({ id })
}

function same(a: PostingInput, b: PostingInput): boolean {
  const [left, right] = [postingWords(a, a.unitId), postingWords(b, b.unitId)]
  return Object.keys(changesBetween(left, right)).length === 0
}
