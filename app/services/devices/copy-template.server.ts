import { copyRunsTo } from '#app/db/copy-outcomes.server.ts'
import { deviceRulesOn } from '#app/db/device-rules.server.ts'
import { busyAt } from '#app/db/enrolment-commands.server.ts'
import { consentHolds, newestConsent } from '#app/db/enrolment-consents.server.ts'
import {
  type EnrolmentRow,
  enrolmentById,
  enrolmentsOfPerson,
  lockReader,
  type ReaderLock,
  staysOrComes,
} from '#app/db/enrolment-rows.server.ts'
import { type By, freeSlot, note, send } from '#app/db/enrolment-sending.server.ts'
import { endLost, type LostRefusal, type LostSlot } from '#app/db/lost-slots.server.ts'
import { sameFingerElsewhere } from '#app/db/reader-page-slots.server.ts'
import { keepIf } from '#app/db/rollback.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import type { CopyTarget } from '#app/domain/devices/copy-template.ts'
import { readerBadge, takesPunches } from '#app/domain/devices/reader-state.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { civilOf } from '#app/domain/time/zone.ts'

export type CopyRequest = {
  readonly personId: string
  readonly enrolmentId: string
  /** The readers that are to hold the template as well. */
  readonly targets: readonly string[]
}

export type CopyRefusal =
  | 'copy_off'
  | 'no_target'
  | 'enrolment_unknown'
  | 'person_left'
  | 'consent_missing'
  | 'reader_unknown'
  | 'reader_away'
  | 'reader_busy'
  | 'reader_full'
  | 'other_agent'
  | 'finger_known'
  | 'not_elsewhere'
  | 'dialect_differs'

/** One command carries at most so many; the contract with agents says so. */
const mostTargets = 16

/**
 * Carries a template to other readers of the same agent 复制模板: in the agent's memory only, and only where the centre
 * has switched it on. Enrolments begin when the agent says that the copies are stored.
 */
export async function copyTemplate(by: By, request: CopyRequest, nowMs: number): Promise<Result<string, CopyRefusal>> {
  return inTransaction((tx) => copyIn(tx, by, request, nowMs))
}

/**
 * A template that a module has lost comes back from another reader 复制回来: the lost enrolment ends and the copy is asked
 * for, both or neither, because a person whose enrolment ended for a copy that is refused would stand there with nothing.
 */
export async function restoreTemplate(
  by: By,
  lost: LostSlot,
  nowMs: number,
): Promise<Result<string, CopyRefusal | LostRefusal>> {
  const { centreId } = by
  const { sourceId, enrolmentId } = lost
  return keepIf<Result<string, CopyRefusal | LostRefusal>>(
    (answer) => answer.ok,
    async (tx) => {
      const row = await enrolmentById(tx, centreId, enrolmentId)
      if (row === null) return refuse('enrolment_unknown')
      const { personId, finger } = row
      const from = await sameFingerElsewhere(tx, centreId, { sourceId, personId, finger })
      if (from === null) return refuse('not_elsewhere')
      const readers = await lockedReaders(tx, centreId, [from.sourceId, sourceId])
      if (!readers.has(sourceId)) return refuse('reader_unknown')
      const ended = await endLost(tx, by, lost, nowMs)
      if (!ended.ok) return ended
      return copyIn(tx, by, { personId, enrolmentId: from.enrolmentId, targets: [sourceId] }, nowMs)
    },
  )
}

async function copyIn(tx: Tx, by: By, request: CopyRequest, nowMs: number): Promise<Result<string, CopyRefusal>> {
  const allowed = await mayCopy(tx, by, request, nowMs)
  if (!allowed.ok) return allowed
  const row = allowed.value
  const readers = await lockedReaders(tx, by.centreId, [row.sourceId, ...request.targets])
  const source = awakeReader(readers.get(row.sourceId), nowMs)
  if (!source.ok) return refuse(source.code, { reader: row.sourceId })
  const { agentId, serial } = source.value
  const to: CopyTarget[] = []
  for (const id of new Set(request.targets)) {
    const target = await targetAt(tx, by.centreId, { target: readers.get(id), source: source.value, row }, nowMs)
    if (!target.ok) return refuse(target.code, { reader: id })
    to.push(target.value)
  }
  return ok(await ask(tx, by, { row, serial, agentId, to }, nowMs))
}

type Asked = {
  readonly row: EnrolmentRow
  readonly serial: string
  readonly agentId: string
  readonly to: readonly CopyTarget[]
}

async function ask(tx: Tx, by: By, { row, serial, agentId, to }: Asked, nowMs: number): Promise<string> {
  const { sourceId, personId, finger } = row
  const slot = Number(row.subject)
  const body = { kind: 'copy', serial, slot, to } as const
  const about = { person: personId, enrolment: row.id, ...(finger === null ? {} : { finger }) }
  const id = await send(tx, by, { reader: { id: sourceId, agentId }, body, about }, nowMs)
  const detail = { from: sourceId, slot, to: to.map((one) => one.serial).join(' ') }
  await note(tx, by, 'enrolment.copy_asked', personId, detail)
  return id
}

/** Switched on, consent given and not taken back, still serving, and a template that is known to lie in its reader. */
async function mayCopy(
  tx: Tx,
  { centreId, zone }: By,
  { personId, enrolmentId, targets }: CopyRequest,
  nowMs: number,
): Promise<Result<EnrolmentRow, CopyRefusal>> {
  const { day } = civilOf(nowMs, zone)
  if (!(await deviceRulesOn(tx, centreId, day)).copy_templates) return refuse('copy_off')
  if (targets.length === 0 || targets.length > mostTargets) return refuse('no_target')
  const row = await enrolmentById(tx, centreId, enrolmentId)
  const gone = row === null || row.personId !== personId || row.endsAt !== null || row.finger === null
  if (gone || !/^\d+$/.test(row.subject)) return refuse('enrolment_unknown')
  if (!(await staysOrComes(tx, centreId, personId, day))) return refuse('person_left')
  if (!consentHolds(await newestConsent(tx, centreId, personId))) return refuse('consent_missing')
  return ok(row)
}

/** Locked in one order, so that two copies in opposite directions never wait in a ring. */
async function lockedReaders(tx: Tx, centreId: string, ids: readonly string[]): Promise<Map<string, ReaderLock>> {
  const readers = new Map<string, ReaderLock>()
  for (const id of [...new Set(ids)].sort()) {
    const reader = await lockReader(tx, centreId, id)
    if (reader !== null && reader.retiredAt === null) readers.set(id, reader)
  }
  return readers
}

function awakeReader(
  reader: ReaderLock | undefined,
  nowMs: number,
): Result<ReaderLock & { agentId: string }, 'reader_unknown' | 'reader_away'> {
  if (reader === undefined) return refuse('reader_unknown')
  const { state, clockOffsetMs, seenAt, agentId } = reader
  const seenAtMs = seenAt?.getTime() ?? null
  const awake = takesPunches(readerBadge({ state, clockOffsetMs, seenAtMs, retired: false }, nowMs))
  return awake && agentId !== null ? ok({ ...reader, agentId }) : refuse('reader_away')
}

type Aim = {
  readonly target: ReaderLock | undefined
  readonly source: ReaderLock & { readonly agentId: string }
  readonly row: EnrolmentRow
}

async function targetAt(
  tx: Tx,
  centreId: string,
  { target, source, row }: Aim,
  nowMs: number,
): Promise<Result<CopyTarget, CopyRefusal>> {
  if (target === undefined || target.id === row.sourceId) return refuse('reader_unknown')
  if (target.agentId !== source.agentId) return refuse('other_agent')
  if (differ(source.dialect, target.dialect)) return refuse('dialect_differs')
  const awake = awakeReader(target, nowMs)
  if (!awake.ok) return awake
  const busy = await busyAt(tx, centreId, target.id, nowMs)
  if (busy !== null || (await copyRunsTo(tx, centreId, target.serial, nowMs))) return refuse('reader_busy')
  const own = await enrolmentsOfPerson(tx, centreId, row.personId)
  const known = own.some((one) => one.sourceId === target.id && one.finger === row.finger && one.endsAt === null)
  if (known) return refuse('finger_known')
  const slot = await freeSlot(tx, centreId, target, nowMs)
  return slot.ok ? ok({ serial: target.serial, slot: slot.value }) : refuse('reader_full')
}

/** Templates of one kind of module mean nothing to another; a kind that is not known yet is left to the agent to judge. */
function differ(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other
}
