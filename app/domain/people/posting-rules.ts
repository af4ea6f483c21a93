import type { CivilDay } from '#app/domain/attendance/day.ts'
import { ok, type Refusal, type Result, refuse } from '#app/domain/result.ts'
import type { DaySpan } from './posting.ts'
import { coveredBy, inOrder, overlapOf } from './span.ts'

/** Why a posting, a post or an appointment cannot stand; facts name the other one and its dates. */
export type SpanProblem =
  | 'ends_before_start'
  | 'due_before_start'
  | 'posting_overlaps'
  | 'posting_overlaps_open'
  | 'no_posting'
  | 'outside_posting'
  | 'posts_outside'
  | 'post_overlaps'
  | 'post_overlaps_open'
  | 'a_post_taken'
  | 'a_post_taken_open'
  | 'chief_taken'
  | 'chief_taken_open'
  | 'group_overlaps'
  | 'group_overlaps_open'
  | 'window_not_open'
  | 'window_not_open_open'
  | 'unit_ended'
  | 'begins_later'
  | 'already_ended'
  | 'already_begun'

/** The field of the form that a problem belongs to. */
export const problemField: Readonly<Partial<Record<string, string>>> = {
  ends_before_start: 'endsOn',
  due_before_start: 'dueOn',
  posting_overlaps: 'startsOn',
  posting_overlaps_open: 'startsOn',
  no_posting: 'startsOn',
  outside_posting: 'endsOn',
  posts_outside: 'endsOn',
  post_overlaps: 'windowId',
  post_overlaps_open: 'windowId',
  a_post_taken: 'post',
  a_post_taken_open: 'post',
  chief_taken: 'windowId',
  chief_taken_open: 'windowId',
  group_overlaps: 'group',
  group_overlaps_open: 'group',
  window_not_open: 'windowId',
  window_not_open_open: 'windowId',
  unit_ended: 'unitId',
  begins_later: 'endsOn',
  number_taken: 'staffNumber',
  number_taken_left: 'staffNumber',
  number_used: 'staffNumber',
  number_has_account: 'staffNumber',
  id_number_taken: 'idNumber',
}

export type PostingSpan = DaySpan & { readonly id: string; readonly unit: string }
/** Something that lives inside a posting: a post, an appointment, a membership; `what` names it in a message. */
export type HeldSpan = DaySpan & { readonly id: string; readonly what: string }
export type Holder = DaySpan & { readonly id: string; readonly name: string; readonly staffNumber: string }
export type WindowSpan = { readonly number: string; readonly opensOn: CivilDay; readonly closesOn: CivilDay | null }

type Draft = DaySpan & { readonly id?: string; readonly dueOn: CivilDay | null }

/** A clash named with the other's dates; the `_open` form where the other has no end yet. */
function clash<Code extends string>(
  code: Code,
  other: DaySpan,
  facts: Readonly<Record<string, string>>,
): Refusal<Code | `${Code}_open`> {
  const { startsOn, endsOn } = other
  return endsOn === null
    ? refuse(`${code}_open` as const, { ...facts, startsOn })
    : refuse(code, { ...facts, startsOn, endsOn })
}

/** Whether a posting may stand beside the person's others and still holds what lies in it. Source: domain study §1.6. */
export function checkPosting(
  draft: Draft,
  others: readonly PostingSpan[],
  held: readonly HeldSpan[],
): Result<Draft, SpanProblem> {
  const ordered = inOrder(draft)
  if (!ordered.ok) return ordered
  if (draft.dueOn !== null && draft.dueOn < draft.startsOn)
    return refuse('due_before_start', { startsOn: draft.startsOn, dueOn: draft.dueOn })
  const rest = others.filter((other) => other.id !== draft.id)
  const other = overlapOf(draft, rest)
  if (other) return clash('posting_overlaps', other, { unit: other.unit })
  const before = others.find((one) => one.id === draft.id)
  const lost = before ? held.find((one) => coveredBy(one, others) && !coveredBy(one, [...rest, draft])) : undefined
  if (lost) return refuse('posts_outside', { what: lost.what, startsOn: lost.startsOn, endsOn: lost.endsOn ?? '' })
  return ok(draft)
}

/** Whether a span lies within the time at the centre; names the posting it leaves. */
export function checkInside<T extends DaySpan>(
  span: T,
  postings: readonly DaySpan[],
): Result<T, 'ends_before_start' | 'no_posting' | 'outside_posting'> {
  const ordered = inOrder(span)
  if (!ordered.ok) return ordered
  if (coveredBy(span, postings)) return ok(span)
  const holding = postings.find(
    (one) => one.startsOn <= span.startsOn && (one.endsOn === null || one.endsOn >= span.startsOn),
  )
  if (!holding) return refuse('no_posting', { startsOn: span.startsOn })
  return refuse('outside_posting', { startsOn: holding.startsOn, endsOn: holding.endsOn ?? '' })
}

/** Whether a window is there for all the days of a post. */
export function checkWindow<T extends DaySpan>(
  span: T,
  window: WindowSpan,
): Result<T, 'window_not_open' | 'window_not_open_open'> {
  const open = { startsOn: window.opensOn, endsOn: window.closesOn }
  if (coveredBy(span, [open])) return ok(span)
  const { number, opensOn, closesOn } = window
  return closesOn === null
    ? refuse('window_not_open_open', { window: number, opensOn })
    : refuse('window_not_open', { window: number, opensOn, closesOn })
}

type PostDraft = DaySpan & { readonly id?: string; readonly post: string; readonly windowId: string | null }

/**
 * Whether a post may stand: within the posting, at an open window, the person not there already, and the A post free.
 * `own` are the person's posts at the same window (or the same post without one), `holders` those of the window's A post.
 */
export function checkPost(
  draft: PostDraft,
  postings: readonly DaySpan[],
  window: WindowSpan | null,
  own: readonly HeldSpan[],
  holders: readonly Holder[],
): Result<PostDraft, SpanProblem> {
  const inside = checkInside(draft, postings)
  if (!inside.ok) return inside
  if (window) {
    const open = checkWindow(draft, window)
    if (!open.ok) return open
  }
  const mine = overlapOf(
    draft,
    own.filter((one) => one.id !== draft.id),
  )
  if (mine) return clash('post_overlaps', mine, { what: mine.what })
  if (draft.post !== 'a') return ok(draft)
  const holder = overlapOf(
    draft,
    holders.filter((one) => one.id !== draft.id),
  )
  if (!holder) return ok(draft)
  return clash('a_post_taken', holder, {
    name: holder.name,
    staffNumber: holder.staffNumber,
    window: window?.number ?? '',
  })
}

/** Whether an appointment of a chief representative may stand: within the posting, and the window without another. */
export function checkChief(
  draft: DaySpan & { readonly id?: string },
  postings: readonly DaySpan[],
  window: WindowSpan,
  holders: readonly Holder[],
): Result<DaySpan, SpanProblem> {
  const inside = checkInside(draft, postings)
  if (!inside.ok) return inside
  const open = checkWindow(draft, window)
  if (!open.ok) return open
  const other = overlapOf(
    draft,
    holders.filter((one) => one.id !== draft.id),
  )
  return other
    ? clash('chief_taken', other, { name: other.name, staffNumber: other.staffNumber, window: window.number })
    : ok(draft)
}

/** Whether a membership may stand beside the person's others of the same group. */
export function checkGroup(
  draft: DaySpan & { readonly group: string },
  postings: readonly DaySpan[],
  same: readonly DaySpan[],
): Result<DaySpan, SpanProblem> {
  const inside = checkInside(draft, postings)
  if (!inside.ok) return inside
  const other = overlapOf(draft, same)
  return other ? clash('group_overlaps', other, { group: draft.group }) : ok(draft)
}

/** What ends together with a posting on a day, and what begins only later and stands in the way. */
export function endingWith<T extends HeldSpan>(
  held: readonly T[],
  posting: DaySpan,
  lastDay: CivilDay,
): { readonly end: T[]; readonly later: T[] } {
  const inIt = held.filter((one) => coveredBy({ startsOn: one.startsOn, endsOn: one.startsOn }, [posting]))
  return {
    end: inIt.filter((one) => one.startsOn <= lastDay && (one.endsOn === null || one.endsOn > lastDay)),
    later: inIt.filter((one) => one.startsOn > lastDay),
  }
}
