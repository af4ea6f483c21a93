import { type DemoReader, type DemoView, findPeople } from '#app/domain/devices/demo-view.ts'
import { attemptOf } from '#app/domain/devices/enrol-attempt.ts'
import { type KioskGreeting, plainGreeting } from '#app/domain/devices/greeting.ts'
import { readerBadge } from '#app/domain/devices/reader-state.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { type CommandRow, commandById } from './commands.server.ts'
import { busyAt } from './enrolment-commands.server.ts'
import { personName } from './enrolment-view.server.ts'
import { type EnrolledPerson, enrolledPeople } from './enrolments.server.ts'
import type { PrismaClient } from './generated/client.ts'
import { type CentreZone, greetPunch } from './greetings.server.ts'
import { lastPunches } from './punches.server.ts'
import { failuresInARow, lastFailure, listSources } from './sources.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type DemoAsked = {
  readonly search: string
  readonly personId: string | null
  readonly sourceId: string | null
  readonly commandId: string | null
  readonly finger: number | null
}

/** What the page of the emulated reader shows: readers, people with a finger, and what became of the last press. */
export async function demoReaderView(db: Db, centre: CentreZone, asked: DemoAsked, nowMs: number): Promise<DemoView> {
  const { day } = civilOf(nowMs, centre.zone)
  const people = (await enrolledPeople(db, centre.id, day, nowMs)).map(personOf)
  const readers = await demoReaders(db, centre.id, nowMs)
  const command = asked.commandId === null ? null : await commandById(db, centre.id, asked.commandId)
  return {
    readers,
    people: findPeople(people, asked.search),
    search: asked.search,
    chosen: { personId: asked.personId, sourceId: asked.sourceId, finger: asked.finger },
    awaited: await awaitedFinger(db, centre.id, readers, nowMs),
    command: command && { id: command.id, state: command.state, steps: command.steps, sourceId: command.sourceId },
    greeting: command === null ? null : await greetingAfter(db, centre, command, nowMs),
  }
}

async function demoReaders(db: Db, centreId: string, nowMs: number): Promise<DemoReader[]> {
  const sources = await listSources(db, centreId)
  return sources
    .filter((source) => source.emulated && source.retiredAt === null)
    .map(({ id, name, nameEn, place, placeEn, state, seenAt, clockOffsetMs }) => {
      const facts = { state, seenAtMs: seenAt?.getTime() ?? null, clockOffsetMs, retired: false }
      return { id, name, nameEn, place, placeEn, badge: readerBadge(facts, nowMs) }
    })
}

/** The enrolment that waits at one of the emulated readers, the first found. */
async function awaitedFinger(
  db: Db,
  centreId: string,
  readers: readonly DemoReader[],
  nowMs: number,
): Promise<DemoView['awaited']> {
  for (const { id, name, nameEn } of readers) {
    const command = await busyAt(db, centreId, id, nowMs)
    const { person: personId, finger } = command?.about ?? {}
    const person = personId === undefined ? null : await personName(db, centreId, personId)
    if (command?.kind !== 'enrol' || personId === undefined || finger === undefined || person === null) continue
    const { press, of, phase } = attemptOf(command, nowMs)
    if (phase === 'over') continue
    return { sourceId: id, reader: { name, nameEn }, personId, person, finger, press, of, phase }
  }
  return null
}

function personOf({ windowNumber, windowName, windowNameEn, subjects, ...person }: EnrolledPerson) {
  const window =
    windowNumber === null ? null : { number: windowNumber, name: windowName ?? '', nameEn: windowNameEn ?? '' }
  return { ...person, window, slots: subjects }
}

/** What the screen said after a press: the first punch of its reader since, or the finger that was not read. */
async function greetingAfter(
  db: Db,
  centre: CentreZone,
  command: CommandRow,
  nowMs: number,
): Promise<KioskGreeting | null> {
  const { sourceId, createdAt } = command
  if (sourceId === null) return null
  // The agent stamps with its own clock, which may stand a little before ours.
  const from = createdAt.getTime() - 2_000
  const range = { centreId: centre.id, sourceId, from, to: nowMs + 60_000, limit: 1 }
  const [punch] = await lastPunches(db, range)
  if (punch !== undefined) return greetPunch(db, centre, punch, nowMs)
  const failed = await lastFailure(db, centre.id, sourceId, from)
  if (failed === null) return null
  const attempt = await failuresInARow(db, centre.id, sourceId, failed.at.getTime() - 60_000)
  const { second } = civilOf(failed.at.getTime(), centre.zone)
  return plainGreeting(failed.kind, { key: command.id, subject: '', second, person: null, attempt })
}
