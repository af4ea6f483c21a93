import {
  firstHolding,
  type HallRecord,
  hallRecord,
  hallWords,
  lockHall,
  namesakeOf,
  recordNames,
  storeHall,
  windowsKnown,
} from '#app/db/hall-records.server.ts'
import { type By, changesBetween, noteChange, versionOf } from '#app/db/record-changes.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import type { HallFacts } from '#app/domain/hall/input.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export type SaveHallCode =
  | 'code_taken'
  | 'name_taken'
  | 'number_taken'
  | 'number_taken_closed'
  | 'zone_unknown'
  | 'zone_ended'
  | 'window_unknown'
  | 'opens_after_posts'
  | 'opens_after_closing'
  | 'edited_meanwhile'
  | 'hall_unknown'

type Save = {
  readonly facts: HallFacts
  /** Null to add. */
  readonly id: string | null
  /** The version that the form was drawn from (versionOf). */
  readonly version: string
}

/** Adds or changes a zone, unit, window or group of windows. */
export async function saveHall(
  by: By,
  { facts, id, version }: Save,
  atMs: number,
): Promise<Result<{ readonly id: string }, SaveHallCode>> {
  return inTransaction(async (tx) => {
    await lockHall(tx, by.centreId)
    const before = id === null ? null : await hallRecord(tx, by.centreId, facts.kind, id)
    const allowed = await allow(tx, by, facts, id, before, version)
    if (!allowed.ok) return allowed
    const words = before ? await hallWords(tx, by.centreId, before as HallFacts) : {}
    const stored = await storeHall(tx, by.centreId, id, facts)
    const fields = changesBetween(words, await hallWords(tx, by.centreId, facts))
    const kind = before ? 'edited' : 'created'
    if (Object.keys(fields).length > 0)
      await noteChange(tx, by, { record: recordNames[facts.kind], recordId: stored, kind, fields }, atMs)
    return ok({ id: stored })
  })
}

async function allow(
  tx: Tx,
  by: By,
  facts: HallFacts,
  id: string | null,
  before: HallRecord | null,
  version: string,
): Promise<Result<null, SaveHallCode>> {
  if (id !== null) {
    if (!before) return refuse('hall_unknown')
    if ((await versionOf(tx, by.centreId, recordNames[facts.kind], id)) !== version) return refuse('edited_meanwhile')
  }
  const other = await namesakeOf(tx, by.centreId, facts, id)
  if (other) return refuse(takenCode(facts, other.endedOn), { name: other.name, endedOn: other.endedOn ?? '' })
  if (facts.kind === 'windows') return allowWindow(tx, by.centreId, facts.input, before)
  if (facts.kind === 'groups' && !(await windowsKnown(tx, by.centreId, facts.input.windowIds)))
    return refuse('window_unknown')
  return ok(null)
}

function takenCode(facts: HallFacts, endedOn: string | null): SaveHallCode {
  if (facts.kind === 'zones') return 'code_taken'
  if (facts.kind === 'windows') return endedOn === null ? 'number_taken' : 'number_taken_closed'
  return 'name_taken'
}

async function allowWindow(
  tx: Tx,
  centreId: string,
  window: { readonly zoneId: string; readonly opensOn: string },
  before: HallRecord | null,
): Promise<Result<null, SaveHallCode>> {
  const zone = await hallRecord(tx, centreId, 'zones', window.zoneId)
  if (!zone) return refuse('zone_unknown')
  const moved = before?.kind !== 'windows' || (before.input as { zoneId: string }).zoneId !== window.zoneId
  if (zone.endedOn !== null && moved) return refuse('zone_ended', { endedOn: zone.endedOn })
  if (!before) return ok(null)
  if (before.endedOn !== null && window.opensOn > before.endedOn)
    return refuse('opens_after_closing', { opensOn: window.opensOn, closesOn: before.endedOn })
  const first = await firstHolding(tx, centreId, before.id)
  if (first && first.startsOn < window.opensOn)
    return refuse('opens_after_posts', { name: first.name, startsOn: first.startsOn })
  return ok(null)
}
