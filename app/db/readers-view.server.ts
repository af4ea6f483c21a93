import { barRange, dayBars, downBar, type Tally, usualTally } from '#app/domain/devices/day-bars.ts'
import { readerBadge } from '#app/domain/devices/reader-state.ts'
import type {
  CommandLine,
  Doubtful,
  Named,
  ReaderCard,
  ReaderHappening,
  ReadersView,
} from '#app/domain/devices/readers-view.ts'
import { addDays } from '#app/domain/time/day.ts'
import { civilOf, instantOf } from '#app/domain/time/zone.ts'
import { recentCommands } from './commands.server.ts'
import type { PrismaClient } from './generated/client.ts'
import { listKiosks } from './kiosk.server.ts'
import { outagesBetween } from './outages.server.ts'
import { parkedSubjects, punchTally, quarantinedPunches, sequenceGaps } from './punches.server.ts'
import { listAgents, listSources, readerEvents, type SourceRow } from './sources.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

const usualDays = 14
const week = 7 * 86_400_000
const stepsPerDay = 144

type Span = { readonly centreId: string; readonly midnight: number; readonly end: number; readonly nowMs: number }
type Names = (sourceId: string | null) => Named

/** Everything of the page of readers, for one centre and the present moment. */
export async function readersView(db: Db, centre: { id: string; zone: string }, nowMs: number): Promise<ReadersView> {
  const { day } = civilOf(nowMs, centre.zone)
  const midnight = instantOf(day, 0, centre.zone)
  const span = { centreId: centre.id, midnight, end: instantOf(addDays(day, 1), 0, centre.zone), nowMs }
  const sources = (await listSources(db, centre.id)).filter((source) => source.kind === 'reader')
  const names: Names = (id) => sources.find((source) => source.id === id) ?? { name: '—', nameEn: '—' }
  const agents = await listAgents(db, centre.id)
  const kiosks = await listKiosks(db, centre.id)
  return {
    day,
    nowMs,
    zone: centre.zone,
    readers: await readerCards(db, span, sources),
    happenings: await happeningsOf(db, span, names),
    doubtful: await doubtfulOf(db, span, names),
    agents: agents.map((agent) => ({
      id: agent.id,
      name: agent.name,
      seenMs: agent.seenAt?.getTime() ?? null,
      detail: agent.detail,
      revoked: agent.revokedAt !== null,
      readers: agent._count.sources,
    })),
    kiosks: kiosks.map(({ id, name, pairedAt, source }) => ({
      id,
      name,
      pairedMs: pairedAt.getTime(),
      reader: source,
    })),
    commands: await commandLines(db, centre.id, names),
  }
}

async function readerCards(db: Db, span: Span, sources: readonly SourceRow[]): Promise<ReaderCard[]> {
  const past = span.midnight - usualDays * 86_400_000
  const tally = await punchTally(db, span.centreId, past, span.end, barRange.stepMs)
  const outages = await outagesBetween(db, span.centreId, span.midnight, span.end)
  return sources.map((source) => {
    const own = new Map(tally.filter((row) => row.sourceId === source.id).map((row) => [row.bucket, row.count]))
    const downs = outages
      .filter((outage) => outage.sourceId === source.id)
      .flatMap((one) => downBar(one.startsAt.getTime(), one.endsAt?.getTime() ?? span.nowMs, span.midnight) ?? [])
    return { ...stateOf(source, span.nowMs), ...countsOf(own), downs }
  })
}

function countsOf(own: Tally) {
  const firstToday = usualDays * stepsPerDay
  const today = new Map([...own].filter(([step]) => step >= firstToday).map(([step, n]) => [step - firstToday, n]))
  const usual = usualTally(own, usualDays)
  const hours = new Map<number, number>()
  for (const [step, count] of today) hours.set(Math.floor(step / 6), (hours.get(Math.floor(step / 6)) ?? 0) + count)
  return {
    today: [...today.values()].reduce((sum, count) => sum + count, 0),
    usual: usual.total,
    bars: dayBars(today, usual.steps),
    hours: [...hours].sort(([a], [b]) => a - b).map(([hour, count]) => ({ hour, count })),
  }
}

function stateOf(source: SourceRow, nowMs: number) {
  const seenAtMs = source.seenAt?.getTime() ?? null
  const { state, clockOffsetMs } = source
  return {
    id: source.id,
    name: source.name,
    nameEn: source.nameEn,
    place: source.place,
    placeEn: source.placeEn,
    zone: source.zone?.code ?? null,
    serial: source.serial,
    dialect: source.dialect,
    emulated: source.emulated,
    badge: readerBadge({ state, seenAtMs, clockOffsetMs, retired: source.retiredAt !== null }, nowMs),
    silentMinutes: seenAtMs === null ? 0 : Math.max(0, Math.floor((nowMs - seenAtMs) / 60_000)),
    stateSinceMs: source.stateSince?.getTime() ?? null,
    agent: source.agent?.name ?? null,
    reachable: source.agent !== null && source.agent.revokedAt === null,
    templates: source.templateCount,
    capacity: source.capacity,
    offsetMs: clockOffsetMs,
    queue: source.queueLength,
    lastPunchMs: source.lastPunchAt?.getTime() ?? null,
  }
}

async function happeningsOf(db: Db, span: Span, names: Names): Promise<ReaderHappening[]> {
  const events = await readerEvents(db, span.centreId, span.midnight, span.end)
  const outages = await outagesBetween(db, span.centreId, span.midnight, span.end)
  const told = events.map((event) => ({
    id: event.id,
    atMs: event.at.getTime(),
    reader: nameOf(names(event.sourceId)),
    kind: event.kind,
    detail: textOf(event.detail),
    outage: null,
  }))
  const down = outages.map((outage) => ({
    id: outage.id,
    atMs: outage.startsAt.getTime(),
    reader: nameOf(names(outage.sourceId)),
    kind: 'outage',
    detail: outage.reason,
    outage: { endsAtMs: outage.endsAt?.getTime() ?? null, confirmed: outage.confirmedAt !== null },
  }))
  return [...told, ...down].sort((a, b) => b.atMs - a.atMs)
}

function nameOf({ name, nameEn }: Named): Named {
  return { name, nameEn }
}

function textOf(detail: unknown): string {
  const text = typeof detail === 'object' && detail !== null && 'text' in detail ? detail.text : ''
  return typeof text === 'string' ? text : ''
}

async function doubtfulOf(db: Db, span: Span, names: Names): Promise<Doubtful[]> {
  const since = span.nowMs - week
  const quarantined = await quarantinedPunches(db, span.centreId, since)
  const parked = await parkedSubjects(db, span.centreId, since)
  const gaps = await sequenceGaps(db, span.centreId, since)
  return [
    ...quarantined.map((row) => ({
      kind: 'quarantine' as const,
      id: `${row.sourceId}-${row.seq}-${row.at.getTime()}`,
      reader: nameOf(names(row.sourceId)),
      subject: row.subject,
      why: row.quarantine ?? '',
      atMs: row.at.getTime(),
      receivedMs: row.receivedAt.getTime(),
      offsetMs: row.offsetMs,
    })),
    ...parked.map((row) => ({
      kind: 'parked' as const,
      id: `${row.sourceId}-${row.subject}`,
      reader: nameOf(names(row.sourceId)),
      subject: row.subject,
      count: row.count,
      lastMs: row.last.getTime(),
    })),
    ...gaps.map(({ spoolEpoch, ...gap }) => ({
      kind: 'gap' as const,
      id: spoolEpoch,
      epoch: spoolEpoch.slice(0, 8),
      ...gap,
    })),
  ]
}

async function commandLines(db: Db, centreId: string, names: Names): Promise<CommandLine[]> {
  const rows = await recentCommands(db, centreId, ['light', 'self_test', 'enrol', 'delete'], 5)
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    state: row.state,
    createdMs: row.createdAt.getTime(),
    reader: row.sourceId === null ? null : nameOf(names(row.sourceId)),
    steps: row.steps,
  }))
}
