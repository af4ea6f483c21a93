import type { AgentLine, CommandLine, Named, ReaderHappening, ReadersView } from '#app/domain/devices/readers-view.ts'
import { addDays } from '#app/domain/time/day.ts'
import { civilOf, instantOf } from '#app/domain/time/zone.ts'
import { recentCommands } from './commands.server.ts'
import { deviceRulesOn } from './device-rules.server.ts'
import type { PrismaClient } from './generated/client.ts'
import { listKiosks } from './kiosk.server.ts'
import { outagesBetween } from './outages.server.ts'
import { readerCards, type Span } from './readers-view-cards.server.ts'
import { type AgentFigures, agentFigures, doubtfulCounts } from './readers-view-facts.server.ts'
import { listAgents, listSources, readerEvents } from './sources.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** As long as a slot rests: what nobody has looked at by then is older than any claim. */
const doubtfulForMs = 31 * 86_400_000

type Names = (sourceId: string | null) => Named

/** Everything of the page of readers, for one centre and the present moment. */
export async function readersView(db: Db, centre: { id: string; zone: string }, nowMs: number): Promise<ReadersView> {
  const { day } = civilOf(nowMs, centre.zone)
  const midnight = instantOf(day, 0, centre.zone)
  const span = { centreId: centre.id, midnight, end: instantOf(addDays(day, 1), 0, centre.zone), nowMs }
  const all = await listSources(db, centre.id)
  const sources = all.filter((source) => source.kind === 'reader' || source.kind === 'terminal')
  const names: Names = (id) => sources.find((source) => source.id === id) ?? { name: '—', nameEn: '—' }
  const figures = await agentFigures(db, centre.id)
  const kiosks = await listKiosks(db, centre.id)
  return {
    day,
    nowMs,
    zone: centre.zone,
    readers: await readerCards(db, span, sources, { figures, rules: await deviceRulesOn(db, centre.id, day) }),
    happenings: await happeningsOf(db, span, names),
    doubtful: await doubtfulCounts(db, centre.id, nowMs - doubtfulForMs),
    agents: await agentLines(db, centre.id, figures),
    kiosks: kiosks.map(({ id, name, pairedAt, source }) => ({
      id,
      name,
      pairedMs: pairedAt.getTime(),
      reader: source,
    })),
    commands: await commandLines(db, centre.id, names),
  }
}

async function agentLines(db: Db, centreId: string, figures: ReadonlyMap<string, AgentFigures>): Promise<AgentLine[]> {
  const agents = await listAgents(db, centreId)
  return agents.map((agent) => ({
    id: agent.id,
    name: agent.name,
    seenMs: agent.seenAt?.getTime() ?? null,
    detail: agent.detail,
    revoked: agent.revokedAt !== null,
    readers: agent._count.sources,
    ...(figures.get(agent.id) ?? noFigures),
  }))
}

const noFigures: AgentFigures = { version: null, queue: null, oldestWaitingMs: null, offsetMs: null, spool: null }

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

async function commandLines(db: Db, centreId: string, names: Names): Promise<CommandLine[]> {
  const rows = await recentCommands(db, centreId, ['light', 'self_test', 'index', 'enrol', 'delete', 'copy'], 5)
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    state: row.state,
    createdMs: row.createdAt.getTime(),
    reader: row.sourceId === null ? null : nameOf(names(row.sourceId)),
    steps: row.steps,
  }))
}
