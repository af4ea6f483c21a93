import { stateAt } from '#app/domain/devices/command.ts'
import { attemptOf } from '#app/domain/devices/enrol-attempt.ts'
import {
  type DeletionState,
  type EnrolAttempt,
  type EnrolReader,
  type EnrolTrial,
  type EnrolView,
  neighboursOf,
  nextFinger,
  type SlotOwner,
  type StoredFinger,
} from '#app/domain/devices/enrol-view.ts'
import { readerBadge, takesPunches } from '#app/domain/devices/reader-state.ts'
import type { Named } from '#app/domain/devices/readers-view.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { type AboutCommand, busyAt, commandsAbout, deletionsOf, indexTableOf } from './enrolment-commands.server.ts'
import { consentHolds, newestConsent } from './enrolment-consents.server.ts'
import { enrolPerson, notEnrolled } from './enrolment-people.server.ts'
import { enrolmentsOfPerson, ownerOfSlot } from './enrolment-rows.server.ts'
import type { PrismaClient } from './generated/client.ts'
import { listSources } from './sources.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
type Centre = { readonly id: string; readonly zone: string }

export type EnrolAsked = {
  readonly personId: string
  readonly finger: number | null
  readonly sourceId: string | null
}

/** An enrolment is shown so long after it began; later the page begins anew. */
const shownForMs = 30 * 60_000

/** Everything of the page on which one person's fingers are enrolled; null when the centre has no such person. */
export async function enrolmentView(
  db: Db,
  centre: Centre,
  asked: EnrolAsked,
  nowMs: number,
): Promise<EnrolView | null> {
  const { day } = civilOf(nowMs, centre.zone)
  const person = await enrolPerson(db, centre.id, asked.personId, day)
  if (person === null) return null
  const readers = await enrolReaders(db, centre.id, asked.personId, nowMs)
  const stored = await storedFingers(db, centre.id, asked.personId, readers)
  const recent = await commandsAbout(db, centre.id, {
    personId: asked.personId,
    kinds: ['enrol', 'identify'],
    sinceMs: nowMs - shownForMs,
  })
  const newest = recent.find((one) => one.kind === 'enrol')
  const trial = recent.find((one) => one.kind === 'identify' && one.createdMs > (newest?.createdMs ?? 0))
  const attempt = newest === undefined ? null : await attemptView(db, centre.id, newest, readers, nowMs)
  const sourceId = asked.sourceId ?? attempt?.sourceId ?? readers.find((one) => one.readable)?.id ?? null
  const running = attempt !== null && attempt.phase !== 'over'
  const justStored = attempt?.outcome === 'stored' && attempt.sourceId === sourceId && attempt.finger === asked.finger
  const wanted = justStored ? null : asked.finger
  const { unitName, unitNameEn, startsOn, ...known } = person
  return {
    nowMs,
    zone: centre.zone,
    person: {
      ...known,
      startsOn,
      left: startsOn === null,
      unit: unitName === null ? null : { name: unitName, nameEn: unitNameEn ?? '' },
    },
    consent: await consentView(db, centre.id, asked.personId),
    stored,
    readers,
    chosen: { finger: running ? attempt.finger : (wanted ?? nextFinger(stored, sourceId)), sourceId },
    attempt,
    trial: trial === undefined ? null : await trialView(db, centre.id, trial, asked.personId, nowMs),
    waiting: await waitingPeople(db, centre.id, asked.personId, day),
  }
}

async function waitingPeople(db: Db, centreId: string, personId: string, day: string) {
  const people = (await notEnrolled(db, centreId, day)).filter((one) => one.id !== personId)
  const next = people[0]
  return { count: people.length, next: next === undefined ? null : { id: next.id, ...named(next) } }
}

function named({ name, nameEn }: Named): Named {
  return { name, nameEn }
}

async function consentView(db: Db, centreId: string, personId: string): Promise<EnrolView['consent']> {
  const consent = await newestConsent(db, centreId, personId)
  if (consent === null) return null
  const { how, statement, givenAt, withdrawnAt, recordedBy } = consent
  const account = await db.account.findUnique({
    where: { centreId_id: { centreId, id: recordedBy } },
    select: { displayName: true },
  })
  return {
    how,
    statement,
    givenMs: givenAt.getTime(),
    recordedBy: account?.displayName ?? '',
    withdrawnMs: withdrawnAt?.getTime() ?? null,
    holds: consentHolds(consent),
  }
}

/** All readers in use with whether a finger can be laid on each now. */
export async function enrolReaders(
  db: Db,
  centreId: string,
  personId: string | null,
  nowMs: number,
): Promise<EnrolReader[]> {
  const sources = (await listSources(db, centreId)).filter((one) => one.kind === 'reader' && one.retiredAt === null)
  const readers: EnrolReader[] = []
  for (const source of sources) {
    const { id, name, nameEn, place, placeEn, emulated, state, clockOffsetMs, seenAt } = source
    const badge = readerBadge({ state, clockOffsetMs, seenAtMs: seenAt?.getTime() ?? null, retired: false }, nowMs)
    const reachable = source.agent !== null && source.agent.revokedAt === null
    const busy = await busyAt(db, centreId, id, nowMs)
    const other = busy?.about.person === personId ? undefined : busy?.about.person
    const busyWith = other === undefined ? null : await personName(db, centreId, other)
    const numbers = { templates: source.templateCount, capacity: source.capacity }
    const readable = reachable && takesPunches(badge)
    readers.push({ id, name, nameEn, place, placeEn, badge, readable, emulated, ...numbers, busyWith })
  }
  return readers
}

/** The name of a person of this centre, for who may see whose finger it is. */
export async function personName(db: Db, centreId: string, id: string): Promise<Named | null> {
  return db.person.findUnique({ where: { centreId_id: { centreId, id } }, select: { name: true, nameEn: true } })
}

async function storedFingers(
  db: Db,
  centreId: string,
  personId: string,
  readers: readonly EnrolReader[],
): Promise<StoredFinger[]> {
  const rows = await enrolmentsOfPerson(db, centreId, personId)
  const open = rows.filter((row) => row.deletedBy === null).map((row) => row.id)
  const deletions = await deletionsOf(db, centreId, open)
  return rows.map((row) => {
    const newest = deletions.find((one) => one.about.enrolment === row.id)
    const readable = readers.some((one) => one.id === row.sourceId && one.readable)
    const deletion = row.deletedBy === null ? deletionState(row.endsAt, newest, readable) : 'proved'
    return {
      id: row.id,
      sourceId: row.sourceId,
      reader: named(row.source),
      finger: row.finger,
      slot: row.subject,
      startsMs: row.startsAt.getTime(),
      endsMs: row.endsAt?.getTime() ?? null,
      deletion,
      why: deletion === 'failed' ? (newest?.steps.at(-1)?.step ?? null) : null,
    }
  })
}

/** How far the deletion of an ended enrolment has come; null while it is in force. */
export function deletionState(
  endsAt: Date | null,
  newest: AboutCommand | undefined,
  readable: boolean,
): DeletionState | null {
  if (newest === undefined) return endsAt === null ? null : 'unproved'
  if (newest.state === 'waiting' || newest.state === 'taken') return readable ? 'running' : 'waiting'
  return readable ? 'failed' : 'waiting'
}

async function attemptView(
  db: Db,
  centreId: string,
  command: AboutCommand,
  readers: readonly EnrolReader[],
  nowMs: number,
): Promise<EnrolAttempt> {
  const reader = readers.find((one) => one.id === command.sourceId)
  const attempt = attemptOf(command, nowMs)
  const { slot } = command.about
  const sourceId = command.sourceId ?? ''
  const known = attempt.facts.slot
  const duplicate = attempt.outcome === 'already_enrolled' && typeof known === 'number'
  const table = attempt.outcome === 'stored' ? await indexTableOf(db, centreId, sourceId) : null
  return {
    ...attempt,
    id: command.id,
    state: stateAt(command, nowMs),
    createdMs: command.createdMs,
    sourceId,
    reader: reader === undefined ? { name: '—', nameEn: '—' } : named(reader),
    badge: reader?.badge ?? 'unknown',
    finger: command.about.finger ?? 2,
    slot,
    steps: command.steps,
    owner: duplicate ? await slotOwner(db, centreId, sourceId, known) : null,
    neighbours: slot === null || table === null ? [] : neighboursOf(slot, table.taken, reader?.capacity ?? 0),
  }
}

async function slotOwner(db: Db, centreId: string, sourceId: string, slot: number): Promise<SlotOwner | null> {
  const row = await ownerOfSlot(db, centreId, sourceId, slot)
  if (row === null) return null
  const { person, finger, startsAt } = row
  return { personId: person.id, ...named(person), finger, sinceMs: startsAt.getTime() }
}

async function trialView(
  db: Db,
  centreId: string,
  command: AboutCommand,
  personId: string,
  nowMs: number,
): Promise<EnrolTrial> {
  const end = command.steps.find((one) => one.state !== 'running')
  const number = (name: string) => (typeof end?.facts[name] === 'number' ? end.facts[name] : null)
  const slot = number('slot')
  const sourceId = command.sourceId ?? ''
  const owner = slot === null ? null : await slotOwner(db, centreId, sourceId, slot)
  const state = stateAt(command, nowMs)
  const over = state !== 'waiting' && state !== 'taken'
  const result = !over ? null : slot === null ? 'failed' : owner?.personId === personId ? 'hers' : 'other'
  return {
    id: command.id,
    state,
    steps: command.steps,
    sourceId,
    result,
    slot,
    score: number('score'),
    milliseconds: number('milliseconds'),
    owner,
  }
}
