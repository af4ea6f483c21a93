import { centreDay, lockPerson, markStale } from '#app/db/postings.server.ts'
import { type By, changesBetween, noteChange } from '#app/db/record-changes.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { endHeld, type HeldRecord, heldById, type StoredHeld, takeBackHeld } from '#app/db/window-posts.server.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { ChiefInput, GroupInput, PostInput } from '#app/domain/people/posting-input.ts'
import type { SpanProblem } from '#app/domain/people/posting-rules.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { addDays } from '#app/domain/time/day.ts'
import { type BeginCode, beginChief, beginGroup, beginPost } from './begin.ts'

type Begun = Promise<Result<{ readonly id: string }, BeginCode | 'person_unknown'>>
type Begin<T> = (tx: Tx, by: By, personId: string, input: T, atMs: number) => Promise<Result<{ id: string }, BeginCode>>

function starting<T>(begin: Begin<T>) {
  return (by: By, request: { readonly personId: string; readonly input: T }, atMs: number): Begun =>
    inTransaction(async (tx) => {
      if (!(await lockPerson(tx, by.centreId, request.personId))) return refuse('person_unknown')
      return begin(tx, by, request.personId, request.input, atMs)
    })
}

/** Begins a post at a window or in the hall 岗. */
export const startPost = starting<PostInput>(beginPost)
/** Appoints a chief representative over a window 首席代表. */
export const appointChief = starting<ChiefInput>(beginChief)
/** Puts a person into a named group 分组. */
export const startGroup = starting<GroupInput>(beginGroup)

type End = { readonly personId: string; readonly id: string; readonly endsOn: CivilDay }
type EndCode = SpanProblem | 'person_unknown' | 'held_unknown'
type Ended = Promise<Result<{ readonly takenBack: boolean }, EndCode>>

/** Whether something held may end on a day; one that would not have begun by then is taken back altogether. */
function allowEnd(held: StoredHeld, endsOn: CivilDay, today: CivilDay): Result<{ takenBack: boolean }, EndCode> {
  const takenBack = held.startsOn > today && endsOn < held.startsOn
  if (endsOn < held.startsOn && !takenBack) return refuse('ends_before_start', { startsOn: held.startsOn, endsOn })
  return held.endsOn !== null && held.endsOn <= endsOn
    ? refuse('already_ended', { endsOn: held.endsOn })
    : ok({ takenBack })
}

/** Ends a post, appointment or membership on a day. */
async function endAny(by: By, record: HeldRecord, request: End, atMs: number): Ended {
  const { centreId } = by
  const { personId, id, endsOn } = request
  return inTransaction(async (tx) => {
    if (!(await lockPerson(tx, centreId, personId))) return refuse('person_unknown')
    const held = await heldById(tx, centreId, record, id)
    if (!held || held.personId !== personId) return refuse('held_unknown')
    const today = await centreDay(tx, centreId, atMs)
    const allowed = allowEnd(held, endsOn, today)
    if (!allowed.ok) return allowed
    const { takenBack } = allowed.value
    if (takenBack) await takeBackHeld(tx, centreId, record, id)
    else await endHeld(tx, centreId, record, id, endsOn)
    const fields = changesBetween({ endsOn: held.endsOn }, { endsOn: takenBack ? held.startsOn : endsOn })
    await noteChange(tx, by, { record, recordId: id, personId, kind: 'ended', fields }, atMs)
    const gone = [{ startsOn: addDays(endsOn, 1), endsOn: held.endsOn }]
    if (record === 'person_group') await markStale(tx, centreId, personId, gone, today)
    return allowed
  })
}

/** Ends a post. */
export function endPost(by: By, request: End, atMs: number): Ended {
  return endAny(by, 'window_post', request, atMs)
}

/** Ends the appointment of a chief representative. */
export function endChief(by: By, request: End, atMs: number): Ended {
  return endAny(by, 'chief_appointment', request, atMs)
}

/** Ends a membership of a group. */
export function endGroup(by: By, request: End, atMs: number): Ended {
  return endAny(by, 'person_group', request, atMs)
}
