import { addPosting, centreDay, heldSpans, markStale, postingSpans, unitById } from '#app/db/postings.server.ts'
import { type By, changesBetween, noteChange } from '#app/db/record-changes.server.ts'
import type { Tx } from '#app/db/transaction.server.ts'
import {
  addChief,
  addGroup,
  addWindowPost,
  aPostHolders,
  chiefHolders,
  lockWindow,
  ownPosts,
} from '#app/db/window-posts.server.ts'
import type { ChiefInput, GroupInput, PostInput, PostingInput } from '#app/domain/people/posting-input.ts'
import { checkChief, checkGroup, checkPost, checkPosting, type SpanProblem } from '#app/domain/people/posting-rules.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

// What several services do inside a transaction that already holds the person (lockPerson).

export type BeginCode = SpanProblem | 'unit_unknown' | 'window_unknown'
type Begun = Promise<Result<{ readonly id: string }, BeginCode>>

/** A posting as its history tells it: the unit by name, days as days. */
export function postingWords(posting: PostingInput, unit: string) {
  const { startsOn, endsOn, dueOn, documentNumber, documentOn, assessmentMode, endReason, note } = posting
  return { unit, startsOn, endsOn, dueOn, documentNumber, documentOn, assessmentMode, endReason, note }
}

/** The short name of the unit, when the posting may stand. */
export async function allowPosting(
  tx: Tx,
  centreId: string,
  personId: string,
  posting: PostingInput,
  id?: string,
): Promise<Result<string, BeginCode>> {
  const unit = await unitById(tx, centreId, posting.unitId)
  if (!unit) return refuse('unit_unknown')
  const { endedOn, shortName } = unit
  if (endedOn !== null && (posting.endsOn === null || posting.endsOn > endedOn))
    return refuse('unit_ended', { unit: shortName, endedOn })
  const others = await postingSpans(tx, centreId, personId)
  const draft = id === undefined ? posting : { ...posting, id }
  const checked = checkPosting(draft, others, await heldSpans(tx, centreId, personId))
  return checked.ok ? ok(shortName) : checked
}

/** Begins a posting 派驻. */
export async function beginPosting(tx: Tx, by: By, personId: string, posting: PostingInput, atMs: number): Begun {
  const allowed = await allowPosting(tx, by.centreId, personId, posting)
  if (!allowed.ok) return allowed
  const id = await addPosting(tx, by.centreId, personId, posting)
  const fields = changesBetween({}, postingWords(posting, allowed.value))
  await noteChange(tx, by, { record: 'posting', recordId: id, personId, kind: 'created', fields }, atMs)
  await markStale(tx, by.centreId, personId, [posting], await centreDay(tx, by.centreId, atMs))
  return ok({ id })
}

/** Begins a post 岗. */
export async function beginPost(tx: Tx, by: By, personId: string, post: PostInput, atMs: number): Begun {
  const { centreId } = by
  const window = post.windowId === null ? null : await lockWindow(tx, centreId, post.windowId)
  if (post.windowId !== null && window === null) return refuse('window_unknown')
  const [postings, own, holders] = [
    await postingSpans(tx, centreId, personId),
    await ownPosts(tx, centreId, personId, post),
    window ? await aPostHolders(tx, centreId, window.id) : [],
  ]
  const checked = checkPost(post, postings, window, own, holders)
  if (!checked.ok) return checked
  const id = await addWindowPost(tx, centreId, personId, post)
  const { startsOn, endsOn } = post
  const fields = changesBetween({}, { post: post.post, window: window?.number ?? null, startsOn, endsOn })
  await noteChange(tx, by, { record: 'window_post', recordId: id, personId, kind: 'created', fields }, atMs)
  return ok({ id })
}

/** Appoints a chief representative 首席代表. */
export async function beginChief(tx: Tx, by: By, personId: string, chief: ChiefInput, atMs: number): Begun {
  const { centreId } = by
  const window = await lockWindow(tx, centreId, chief.windowId)
  if (window === null) return refuse('window_unknown')
  const postings = await postingSpans(tx, centreId, personId)
  const checked = checkChief(chief, postings, window, await chiefHolders(tx, centreId, window.id))
  if (!checked.ok) return checked
  const id = await addChief(tx, centreId, personId, chief)
  const fields = changesBetween({}, { window: window.number, startsOn: chief.startsOn, endsOn: chief.endsOn })
  await noteChange(tx, by, { record: 'chief_appointment', recordId: id, personId, kind: 'created', fields }, atMs)
  return ok({ id })
}

/** Puts a person into a named group that rules speak of; the days in it are judged again. */
export async function beginGroup(tx: Tx, by: By, personId: string, group: GroupInput, atMs: number): Begun {
  const { centreId } = by
  const held = await heldSpans(tx, centreId, personId)
  const same = held.filter((one) => one.record === 'person_group' && one.what === group.group)
  const checked = checkGroup(group, await postingSpans(tx, centreId, personId), same)
  if (!checked.ok) return checked
  const id = await addGroup(tx, centreId, personId, group)
  const fields = changesBetween({}, { group: group.group, startsOn: group.startsOn, endsOn: group.endsOn })
  await noteChange(tx, by, { record: 'person_group', recordId: id, personId, kind: 'created', fields }, atMs)
  await markStale(tx, centreId, personId, [group], await centreDay(tx, centreId, atMs))
  return ok({ id })
}
