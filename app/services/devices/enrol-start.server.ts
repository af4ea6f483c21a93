import { busyAt } from '#app/db/enrolment-commands.server.ts'
import { consentHolds, newestConsent } from '#app/db/enrolment-consents.server.ts'
import { enrolmentsOfPerson, lockReader, type ReaderLock, staysOrComes } from '#app/db/enrolment-rows.server.ts'
import { type By, freeSlot, note, send } from '#app/db/enrolment-sending.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { pressesAsked } from '#app/domain/devices/enrol-attempt.ts'
import { readerBadge, takesPunches } from '#app/domain/devices/reader-state.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { civilOf } from '#app/domain/time/zone.ts'

export type ReaderRefusal = 'reader_unknown' | 'reader_away' | 'reader_busy'

/**
 * The reader, locked, when a finger can be laid on it now: there, awake, its agent heard lately, and nobody else's
 * finger awaited. Of two officers who ask at once the second is told who was first.
 */
async function readyReader(
  tx: Tx,
  centreId: string,
  sourceId: string,
  nowMs: number,
): Promise<Result<ReaderLock & { agentId: string }, ReaderRefusal>> {
  const reader = await lockReader(tx, centreId, sourceId)
  if (reader === null || reader.retiredAt !== null) return refuse('reader_unknown')
  const { agentId, state, clockOffsetMs, seenAt } = reader
  const badge = readerBadge({ state, clockOffsetMs, seenAtMs: seenAt?.getTime() ?? null, retired: false }, nowMs)
  if (agentId === null || !takesPunches(badge)) return refuse('reader_away', { badge })
  const busy = await busyAt(tx, centreId, sourceId, nowMs)
  if (busy !== null) return refuse('reader_busy', { person: busy.about.person ?? '', by: busy.createdBy ?? '' })
  return ok({ ...reader, agentId })
}

export type EnrolmentRequest = { readonly personId: string; readonly sourceId: string; readonly finger: number }

type StartRefusal = ReaderRefusal | 'person_left' | 'consent_missing' | 'finger_known' | 'reader_full'

/** Asks a reader for one finger of a person 录指纹: a row for the agent, with a slot the server chose. */
export async function startEnrolment(
  by: By,
  request: EnrolmentRequest,
  nowMs: number,
): Promise<Result<string, StartRefusal>> {
  const { centreId, zone } = by
  const { personId, sourceId, finger } = request
  return inTransaction(async (tx) => {
    if (!(await staysOrComes(tx, centreId, personId, civilOf(nowMs, zone).day))) return refuse('person_left')
    if (!consentHolds(await newestConsent(tx, centreId, personId))) return refuse('consent_missing')
    const reader = await readyReader(tx, centreId, sourceId, nowMs)
    if (!reader.ok) return reader
    const own = await enrolmentsOfPerson(tx, centreId, personId)
    const known = own.find((one) => one.sourceId === sourceId && one.finger === finger && one.endsAt === null)
    if (known !== undefined) return refuse('finger_known', { slot: known.subject })
    const slot = await freeSlot(tx, centreId, reader.value, nowMs)
    if (!slot.ok) return slot
    const body = { kind: 'enrol', serial: reader.value.serial, slot: slot.value, presses: pressesAsked } as const
    const id = await send(tx, by, { reader: reader.value, body, about: { person: personId, finger } }, nowMs)
    const detail = { source: sourceId, slot: slot.value, finger }
    await note(tx, by, 'enrolment.begun', personId, detail)
    return ok(id)
  })
}

/** Lets the person lay on a finger once, to see that the reader knows it 试认一次; it is no punch. */
export async function startTrial(
  by: By,
  request: { readonly personId: string; readonly sourceId: string },
  nowMs: number,
): Promise<Result<string, ReaderRefusal>> {
  return inTransaction(async (tx) => {
    const reader = await readyReader(tx, by.centreId, request.sourceId, nowMs)
    if (!reader.ok) return reader
    const body = { kind: 'identify', serial: reader.value.serial } as const
    return ok(await send(tx, by, { reader: reader.value, body, about: { person: request.personId } }, nowMs))
  })
}
