import { stateAt } from '#app/domain/devices/command.ts'
import {
  type DayCount,
  type PageIdentity,
  type PageOutage,
  type ReaderPage,
  selfTestOf,
} from '#app/domain/devices/reader-page.ts'
import type { CommandLine } from '#app/domain/devices/readers-view.ts'
import { addDays } from '#app/domain/time/day.ts'
import { civilOf, instantOf } from '#app/domain/time/zone.ts'
import { deviceRulesOn } from './device-rules.server.ts'
import { type AboutCommand, commandsAt } from './enrolment-commands.server.ts'
import type { PrismaClient } from './generated/client.ts'
import { outagesBetween } from './outages.server.ts'
import { pageSlots } from './reader-page-slots.server.ts'
import { readerCards } from './readers-view-cards.server.ts'
import { agentFigures } from './readers-view-facts.server.ts'
import { listSources } from './sources.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** So many days back the page looks. */
const shownDays = 30
const told = ['light', 'self_test', 'index', 'enrol', 'delete', 'copy']

type Centre = { readonly id: string; readonly zone: string }

/** Everything of the page of one reader or terminal; null when the centre has none of that id. */
export async function readerPage(
  db: Db,
  centre: Centre,
  asked: { readonly id: string; readonly names: boolean },
  nowMs: number,
): Promise<ReaderPage | null> {
  const { zone } = centre
  const source = (await listSources(db, centre.id)).find((one) => one.id === asked.id)
  if (source === undefined || (source.kind !== 'reader' && source.kind !== 'terminal')) return null
  const { day } = civilOf(nowMs, zone)
  const midnight = instantOf(day, 0, zone)
  const span = { centreId: centre.id, midnight, end: instantOf(addDays(day, 1), 0, zone), nowMs }
  const rules = await deviceRulesOn(db, centre.id, day)
  const figures = await agentFigures(db, centre.id)
  const [reader] = await readerCards(db, span, [source], { figures, rules })
  if (reader === undefined) return null
  const commands = await commandsAt(db, centre.id, source.id, told, 30)
  const tests = commands.filter((one) => one.kind === 'self_test')
  const [test] = tests
  const from = instantOf(addDays(day, 1 - shownDays), 0, zone)
  return {
    nowMs,
    zone,
    reader,
    retiredMs: source.retiredAt?.getTime() ?? null,
    lastErrorMs: source.lastErrorAt?.getTime() ?? null,
    agentVersion: source.agentId === null ? null : (figures.get(source.agentId)?.version ?? null),
    test: test === undefined ? null : selfTestOf({ ...test, state: stateAt(test, nowMs) }),
    slots: source.kind === 'reader' ? await pageSlots(db, centre.id, source.id, asked.names) : null,
    copies: rules.copy_templates,
    reading: commands.some((one) => isReading(one, nowMs)),
    days: await daysOf(db, { centreId: centre.id, sourceId: source.id, zone, from, to: span.end }),
    identities: await identitiesOf(db, centre.id, source.id),
    outages: await pageOutages(db, { centreId: centre.id, sourceId: source.id, from, to: span.end }),
    commands: commands.slice(0, 8).map((one) => line(one, nowMs)),
    onlyHere: await onlyHere(db, centre.id, source.id),
  }
}

function isReading(command: AboutCommand, nowMs: number): boolean {
  const state = stateAt(command, nowMs)
  return (command.kind === 'index' || command.kind === 'self_test') && (state === 'waiting' || state === 'taken')
}

function line(command: AboutCommand, nowMs: number): CommandLine {
  const { id, kind, steps, createdMs } = command
  return { id, kind, state: stateAt(command, nowMs), createdMs, reader: null, steps }
}

type Stretch = { readonly centreId: string; readonly sourceId: string; readonly from: number; readonly to: number }

/** Punches of each civil day, days without any included. */
async function daysOf(db: Db, { centreId, sourceId, zone, from, to }: Stretch & { zone: string }): Promise<DayCount[]> {
  const rows = await db.$queryRaw<{ day: string; count: bigint }[]>`
    SELECT to_char(p.at AT TIME ZONE ${zone}, 'YYYY-MM-DD') AS day, count(*) AS count FROM punch p
     WHERE p.centre_id = ${centreId}::uuid AND p.source_id = ${sourceId}::uuid
       AND p.at >= ${new Date(from)} AND p.at < ${new Date(to)}
     GROUP BY 1`
  const counts = new Map(rows.map((row) => [row.day, Number(row.count)]))
  const { day: first } = civilOf(from, zone)
  return Array.from({ length: shownDays }, (_, index) => {
    const day = addDays(first, index)
    return { day, count: counts.get(day) ?? 0 }
  })
}

async function identitiesOf(db: Db, centreId: string, sourceId: string): Promise<PageIdentity[]> {
  const rows = await db.readerIdentity.findMany({
    where: { centreId, sourceId },
    orderBy: [{ seenAt: 'desc' }, { id: 'desc' }],
    take: 10,
  })
  const ids = rows.flatMap((row) => row.acceptedBy ?? [])
  const accounts = await db.account.findMany({
    where: { centreId, id: { in: ids } },
    select: { id: true, displayName: true },
  })
  return rows.map(({ id, seenAt, moduleSerial, firmware, model, acceptedAt, acceptedBy }) => ({
    id,
    seenMs: seenAt.getTime(),
    moduleSerial,
    firmware,
    model,
    acceptedMs: acceptedAt?.getTime() ?? null,
    acceptedBy: accounts.find((one) => one.id === acceptedBy)?.displayName ?? null,
  }))
}

async function pageOutages(db: Db, { centreId, sourceId, from, to }: Stretch): Promise<PageOutage[]> {
  const rows = await outagesBetween(db, centreId, from, to)
  return rows
    .filter((row) => row.sourceId === sourceId)
    .slice(0, 15)
    .map(({ id, startsAt, endsAt, reason, confirmedAt }) => ({
      id,
      startsMs: startsAt.getTime(),
      endsMs: endsAt?.getTime() ?? null,
      reason,
      confirmed: confirmedAt !== null,
    }))
}

/** People whose only finger in force lies in this reader: they could not punch anywhere without it. */
export async function onlyHere(db: Db, centreId: string, sourceId: string): Promise<number> {
  const rows = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(DISTINCT e.person_id) AS count FROM enrolment e
     WHERE e.centre_id = ${centreId}::uuid AND e.source_id = ${sourceId}::uuid AND e.ends_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM enrolment o JOIN source s ON s.centre_id = o.centre_id AND s.id = o.source_id
                        WHERE o.centre_id = e.centre_id AND o.person_id = e.person_id AND o.source_id <> e.source_id
                          AND o.ends_at IS NULL AND s.retired_at IS NULL)`
  return Number(rows[0]?.count ?? 0)
}
