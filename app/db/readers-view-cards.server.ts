import { barRange, dayBars, downBar, type Tally, usualTally } from '#app/domain/devices/day-bars.ts'
import type { DeviceRules } from '#app/domain/devices/device-rules.ts'
import { clockLevel, terminalBadge } from '#app/domain/devices/reader-page.ts'
import { readerBadge } from '#app/domain/devices/reader-state.ts'
import type { ReaderCard } from '#app/domain/devices/readers-view.ts'
import type { PrismaClient } from './generated/client.ts'
import { outagesBetween } from './outages.server.ts'
import { punchTally } from './punches.server.ts'
import {
  type AgentFigures,
  missingNumbers,
  newestIdentities,
  type SaidIdentity,
  type TerminalFacts,
  terminalFacts,
} from './readers-view-facts.server.ts'
import { slotTallies } from './slots-compare.server.ts'
import type { SourceRow } from './sources.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

const usualDays = 14
const stepsPerDay = 144

export type Span = {
  readonly centreId: string
  readonly midnight: number
  readonly end: number
  readonly nowMs: number
}

export type Known = { readonly figures: ReadonlyMap<string, AgentFigures>; readonly rules: DeviceRules }

/** What is known of some sources of a centre at a moment, each as its card shows it. */
export async function readerCards(
  db: Db,
  span: Span,
  sources: readonly SourceRow[],
  known: Known,
): Promise<ReaderCard[]> {
  const { centreId, nowMs } = span
  const past = span.midnight - usualDays * 86_400_000
  const tally = await punchTally(db, centreId, past, span.end, barRange.stepMs)
  const outages = await outagesBetween(db, centreId, span.midnight, span.end)
  const identities = await newestIdentities(db, centreId)
  const terminals = await terminalFacts(db, centreId)
  const gaps = await missingNumbers(db, centreId)
  const slots = new Map((await slotTallies(db, centreId)).map((one) => [one.sourceId, one]))
  return sources.map((source) => {
    const own = new Map(tally.filter((row) => row.sourceId === source.id).map((row) => [row.bucket, row.count]))
    const downs = outages
      .filter((outage) => outage.sourceId === source.id)
      .flatMap((one) => downBar(one.startsAt.getTime(), one.endsAt?.getTime() ?? nowMs, span.midnight) ?? [])
    const agent = source.agentId === null ? undefined : known.figures.get(source.agentId)
    const held = slots.get(source.id)
    const says = { identity: identities.get(source.id), terminal: terminals.get(source.id) }
    return {
      ...plainFacts(source, nowMs),
      ...saidFacts(says),
      ...stateOf({ source, agent, terminal: says.terminal }, known.rules, nowMs),
      enrolled: held?.enrolled ?? 0,
      people: held?.people ?? 0,
      queue: agent?.queue ?? source.queueLength,
      oldestWaitingMs: agent?.oldestWaitingMs ?? null,
      missing: gaps.get(source.agentId ?? '') ?? null,
      ...countsOf(own),
      downs,
    }
  })
}

type Says = { readonly identity: SaidIdentity | undefined; readonly terminal: TerminalFacts | undefined }

function saidFacts({ identity, terminal }: Says) {
  const said = terminal ?? identity
  return {
    firmware: said?.firmware ?? null,
    model: said?.model ?? null,
    address: terminal?.address ?? null,
    changed: identity?.changed ?? false,
  }
}

type Whole = {
  readonly source: SourceRow
  readonly agent: AgentFigures | undefined
  readonly terminal: TerminalFacts | undefined
}

/** A module has no clock of its own: it shows its agent's. A terminal shows its own. */
function stateOf({ source, agent, terminal }: Whole, rules: DeviceRules, nowMs: number) {
  const offsetMs = terminal === undefined ? (agent?.offsetMs ?? source.clockOffsetMs) : source.clockOffsetMs
  const clock = clockLevel(offsetMs, rules)
  if (terminal === undefined) return { offsetMs, clock, badge: moduleBadge(source, clock, nowMs) }
  const retired = source.retiredAt !== null
  return { offsetMs, clock, badge: terminalBadge({ retired, greetedMs: terminal.greetedMs, clock }, nowMs) }
}

/** The limits of a centre's own rules decide when a clock asks to be looked at. */
function moduleBadge(source: SourceRow, clock: ReaderCard['clock'], nowMs: number): ReaderCard['badge'] {
  const { state } = source
  const seenAtMs = source.seenAt?.getTime() ?? null
  const badge = readerBadge({ state, seenAtMs, clockOffsetMs: 0, retired: source.retiredAt !== null }, nowMs)
  return badge === 'online' && (clock === 'warn' || clock === 'off') ? 'clock' : badge
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

function plainFacts(source: SourceRow, nowMs: number) {
  const seenMs = source.seenAt?.getTime() ?? null
  const { id, name, nameEn, place, placeEn, serial, dialect, emulated, capacity, lastError } = source
  return {
    ...{ id, name, nameEn, place, placeEn, serial, dialect, emulated, capacity, lastError },
    kind: source.kind === 'terminal' ? ('terminal' as const) : ('reader' as const),
    zone: source.zone?.code ?? null,
    silentMinutes: seenMs === null ? 0 : Math.max(0, Math.floor((nowMs - seenMs) / 60_000)),
    stateSinceMs: source.stateSince?.getTime() ?? null,
    seenMs,
    agent: source.agent?.name ?? null,
    reachable: source.retiredAt === null && source.agent !== null && source.agent.revokedAt === null,
    templates: source.templateCount,
    lastPunchMs: source.lastPunchAt?.getTime() ?? null,
  }
}
