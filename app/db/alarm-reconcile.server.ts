import { type AlarmFacts, isStuck, type Standing, standingAlarms } from '#app/domain/devices/alarms.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { type AlarmRow, hardwareOf, type Known } from './alarm-facts.server.ts'
import { deviceRulesOn } from './device-rules.server.ts'
import { publish } from './events.server.ts'
import { newId } from './id.server.ts'
import { closeOutage, noteOutage, openOutageOf } from './outages.server.ts'
import type { Tx } from './transaction.server.ts'

/** One agent with its readers, or everything of a centre. */
export type AlarmScope = { readonly centreId: string; readonly agentId: string | null }

/**
 * Makes alarms 告警 and the outages they stand for agree with the facts: what is wrong has one open alarm, what is right again
 * has none. Running it again changes nothing.
 */
export async function reconcileAlarms(tx: Tx, scope: AlarmScope, nowMs: number): Promise<void> {
  const { centreId, agentId } = scope
  const { zone } = await tx.centre.findUniqueOrThrow({ where: { id: centreId }, select: { zone: true } })
  const rules = await deviceRulesOn(tx, centreId, civilOf(nowMs, zone).day)
  const open = await openRows(tx, scope)
  const known = await hardwareOf(tx, { centre: { id: centreId, zone }, agentId, rules, open, nowMs })
  const standing = standingAlarms(known, rules, nowMs)
  await openAndClose(tx, centreId, open, standing, nowMs)
  await keepOutages(tx, centreId, { known, standing, open, nowMs })
}

async function openRows(tx: Tx, { centreId, agentId }: AlarmScope): Promise<AlarmRow[]> {
  return tx.alarm.findMany({
    where: {
      centreId,
      closedAt: null,
      ...(agentId === null ? {} : { OR: [{ agentId }, { source: { agentId } }] }),
    },
    select: { id: true, kind: true, sourceId: true, agentId: true, openedAt: true, facts: true },
  })
}

const keyOf = ({ kind, sourceId, agentId }: Pick<AlarmRow, 'kind' | 'sourceId' | 'agentId'>) =>
  `${kind} ${sourceId} ${agentId}`

async function openAndClose(
  tx: Tx,
  centreId: string,
  open: readonly AlarmRow[],
  standing: readonly Standing[],
  nowMs: number,
): Promise<void> {
  const before = new Map(open.map((row) => [keyOf(row), row]))
  const still = new Set(standing.map(keyOf))
  const fresh = standing.filter((one) => !before.has(keyOf(one)))
  const over = open.filter((row) => !still.has(keyOf(row)))
  for (const one of standing) await refresh(tx, centreId, before.get(keyOf(one)), one.facts)
  const opened = await tx.alarm.createManyAndReturn({
    data: fresh.map(({ kind, sourceId, agentId, sinceMs, facts }) => {
      return { centreId, id: newId(), kind, sourceId, agentId, openedAt: new Date(sinceMs), facts: { ...facts } }
    }),
    // Another round may have found the same at this moment.
    skipDuplicates: true,
    select: { id: true },
  })
  for (const row of over) {
    const closedAt = new Date(Math.max(nowMs, row.openedAt.getTime()))
    await tx.alarm.updateMany({ where: { centreId, id: row.id, closedAt: null }, data: { closedAt } })
  }
  await publish(
    tx,
    ...[...opened, ...over].map(({ id }) => ({ topic: 'source' as const, centreId, kind: 'alarm', id })),
  )
}

/** Keeps an open alarm's figures; when it has become another matter, whoever saw it has not seen that. */
async function refresh(tx: Tx, centreId: string, row: AlarmRow | undefined, facts: AlarmFacts): Promise<void> {
  if (row === undefined) return
  const was = row.facts as AlarmFacts
  const keys = new Set([...Object.keys(was), ...Object.keys(facts)])
  if ([...keys].every((key) => was[key] === facts[key])) return
  const unseen = was.stage === facts.stage ? {} : { seenBy: null, seenAt: null }
  await tx.alarm.update({ where: { centreId_id: { centreId, id: row.id } }, data: { facts: { ...facts }, ...unseen } })
}

/** Outages that alarms stand for; the others are ended by whoever opened them. */
const ownReasons = ['clock_drift', 'queue_growing', 'silent_when_busy', 'terminal_silent']

type Round = {
  readonly known: Known
  readonly standing: readonly Standing[]
  readonly open: readonly AlarmRow[]
  readonly nowMs: number
}

type Source = Known['sources'][number]

async function keepOutages(tx: Tx, centreId: string, round: Round): Promise<void> {
  for (const source of round.known.sources) await keepOutage(tx, centreId, source, round)
}

async function keepOutage(tx: Tx, centreId: string, source: Source, round: Round): Promise<void> {
  const causes = causesOf(source, round)
  const current = await openOutageOf(tx, centreId, source.id)
  const [first] = causes
  if (first !== undefined) {
    if (current !== null && current.startsAt.getTime() <= first.fromMs) return
    return noteOutage(tx, centreId, source.id, { ...first, toMs: null })
  }
  if (current === null || !ownReasons.includes(current.reason)) return
  if (source.kind === 'reader' && source.state !== 'online') return
  const alive = round.known.alive.get(source.id) ?? 0
  const byPunch = current.reason === 'silent_when_busy' && alive > current.startsAt.getTime()
  await closeOutage(tx, centreId, source.id, byPunch ? Math.min(alive, round.nowMs) : round.nowMs)
}

/** Why a source's records are in doubt now, the longest-standing cause first. */
function causesOf(source: Source, { standing, open, nowMs }: Round): { fromMs: number; reason: string }[] {
  const causes = standing.flatMap(({ kind, sourceId, agentId, outageFromMs }) => {
    const own = sourceId === source.id || (agentId !== null && agentId === source.agentId)
    if (!own || outageFromMs === null) return []
    const noted = open.find((row) => row.kind === kind && row.agentId === agentId)?.openedAt.getTime() ?? nowMs
    if (kind === 'queue_growing' && !isStuck(noted, nowMs)) return []
    return [{ fromMs: outageFromMs, reason: kind }]
  })
  return causes.sort((a, b) => a.fromMs - b.fromMs)
}
