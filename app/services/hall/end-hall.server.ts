import {
  type HallRecord,
  hallRecord,
  hallWords,
  lockHall,
  recordNames,
  removeGroup,
  setEnd,
} from '#app/db/hall-records.server.ts'
import { type By, changesBetween, noteChange } from '#app/db/record-changes.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { HallFacts, HallKind } from '#app/domain/hall/input.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { endingOf } from './ending.ts'

export type EndHallCode =
  | 'hall_unknown'
  | 'already_ended'
  | 'ends_before_opens'
  | 'zone_has_windows'
  | 'unit_has_people'
  | 'window_has_posts'
  | 'not_ended'
  | 'zone_ended'

type Which = { readonly kind: HallKind; readonly id: string }
type Done = Promise<Result<{ readonly id: string }, EndHallCode>>

/** Ends a zone, unit or window with its last day, or takes a group away; refused while people or windows still need it. */
export function endHall(by: By, request: Which & { readonly on: CivilDay }, atMs: number): Done {
  const { centreId } = by
  const { kind, id, on } = request
  return inTransaction(async (tx) => {
    await lockHall(tx, centreId)
    const record = await hallRecord(tx, centreId, kind, id)
    if (!record) return refuse('hall_unknown')
    const allowed = await allowEnd(tx, centreId, record, on)
    if (!allowed.ok) return allowed
    if (record.kind === 'groups') await endGroup(tx, by, record, atMs)
    else {
      await setEnd(tx, centreId, record.kind, id, on)
      const fields = changesBetween({ endedOn: record.endedOn }, { endedOn: on })
      await noteChange(tx, by, { record: recordNames[kind], recordId: id, kind: 'ended', fields }, atMs)
    }
    return ok({ id })
  })
}

async function allowEnd(
  tx: Tx,
  centreId: string,
  record: HallRecord,
  on: CivilDay,
): Promise<Result<null, EndHallCode>> {
  if (record.endedOn !== null && record.endedOn <= on) return refuse('already_ended', { endedOn: record.endedOn })
  const opensOn = 'opensOn' in record.input ? record.input.opensOn : null
  if (opensOn !== null && on < opensOn) return refuse('ends_before_opens', { opensOn, endedOn: on })
  const [blocker] = (await endingOf(tx, centreId, record, on)).blockers
  if (!blocker) return ok(null)
  const names = blocker.people.slice(0, 5).map((person) => person.name)
  return refuse(blocker.code as EndHallCode, { ...blocker.facts, names: names.join('、') })
}

async function endGroup(tx: Tx, by: By, record: HallRecord, atMs: number): Promise<void> {
  const words = await hallWords(tx, by.centreId, record as HallFacts)
  await removeGroup(tx, by.centreId, record.id)
  const fields = Object.fromEntries(Object.entries(words).map(([name, from]) => [name, { from, to: null }]))
  await noteChange(tx, by, { record: 'window_group', recordId: record.id, kind: 'ended', fields }, atMs)
}

/** Takes an ended zone, unit or window into use again. */
export function reopenHall(by: By, { kind, id }: Which, atMs: number): Done {
  const { centreId } = by
  return inTransaction(async (tx) => {
    await lockHall(tx, centreId)
    const record = await hallRecord(tx, centreId, kind, id)
    if (!record || record.kind === 'groups') return refuse('hall_unknown')
    if (record.endedOn === null) return refuse('not_ended')
    const zone = 'zoneId' in record.input ? await hallRecord(tx, centreId, 'zones', record.input.zoneId) : null
    if (zone && zone.endedOn !== null) return refuse('zone_ended', { endedOn: zone.endedOn })
    await setEnd(tx, centreId, record.kind, id, null)
    const fields = changesBetween({ endedOn: record.endedOn }, { endedOn: null })
    await noteChange(tx, by, { record: recordNames[kind], recordId: id, kind: 'reopened', fields }, atMs)
    return ok({ id })
  })
}
