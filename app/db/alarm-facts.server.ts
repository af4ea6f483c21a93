import type { AgentState, AlarmFacts, AlarmKind, Hardware, SourceState } from '#app/domain/devices/alarms.ts'
import type { DeviceRules } from '#app/domain/devices/device-rules.ts'
import { silentAfterMs } from '#app/domain/devices/reader-state.ts'
import { civilOf, instantOf } from '#app/domain/time/zone.ts'
import type { PrismaClient } from './generated/client.ts'
import { type Stranger, strangers } from './reader-identities.server.ts'
import { dueStretches, lastPunchTimes, silencesOf } from './silence.server.ts'
import { slotsOfReader } from './slots-compare.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type AlarmRow = {
  readonly id: string
  readonly kind: string
  readonly sourceId: string | null
  readonly agentId: string | null
  readonly openedAt: Date
  readonly facts: unknown
}

export type AlarmQuestion = {
  readonly centre: { readonly id: string; readonly zone: string }
  /** One agent and its readers, or everything of the centre. */
  readonly agentId: string | null
  readonly rules: DeviceRules
  readonly open: readonly AlarmRow[]
  readonly nowMs: number
}

/** What is known of a centre's hardware now, and when each source last showed that it works. */
export type Known = Hardware & { readonly alive: ReadonlyMap<string, number> }

/**
 * The facts that alarms are judged by. For one agent, whose every word asks for them, what takes more than a look at its own
 * rows stays as it was found by the last round over everything.
 */
export async function hardwareOf(db: Db, question: AlarmQuestion): Promise<Known> {
  const agents = await agentsOf(db, question)
  const rows = await sourcesOf(db, question)
  const { silent, alive } =
    question.agentId === null ? await silentNow(db, question, rows, agents) : silentBefore(question, rows)
  const strange = new Map((await strangers(db, question.centre.id)).map((one) => [one.sourceId, one]))
  const due = question.agentId === null && (await isDueNow(db, question, rows))
  const sources: SourceState[] = []
  for (const row of rows) {
    const { id, kind, agentId, state, lastError } = row
    const stranger = strange.get(id)
    sources.push({
      id,
      kind,
      agentId,
      state,
      stateSinceMs: row.stateSince?.getTime() ?? null,
      lastError,
      offsetMs: row.clockOffsetMs,
      silentSinceMs: silent.get(id) ?? null,
      greetedMs: row.terminal?.greetedAt?.getTime() ?? null,
      missed: due || openOf(question, 'terminal_silent', id) !== undefined,
      stranger: stranger === undefined ? null : strangerFacts(stranger),
      slots: await slotsOf(db, question, id),
    })
  }
  return { agents, sources, alive }
}

async function agentsOf(db: Db, { centre, agentId }: AlarmQuestion): Promise<AgentState[]> {
  const rows = await db.agent.findMany({ where: { centreId: centre.id, ...(agentId === null ? {} : { id: agentId }) } })
  const gaps = await gapsOf(db, centre.id)
  return rows.map((row) => ({
    id: row.id,
    revoked: row.revokedAt !== null,
    seenMs: row.seenAt?.getTime() ?? null,
    offsetMs: row.clockOffsetMs,
    queue: row.queueLength ?? 0,
    oldestWaitingMs: row.oldestWaitingAt?.getTime() ?? null,
    spoolBytes: row.spoolBytes === null ? null : Number(row.spoolBytes),
    spoolLimitBytes: row.spoolLimitBytes === null ? null : Number(row.spoolLimitBytes),
    gaps: gaps.get(row.id) ?? null,
  }))
}

type Gaps = { readonly missing: number; readonly lost: number; readonly sinceMs: number }

/** Numbers that have not come; those lost for good until somebody has seen that. */
async function gapsOf(db: Db, centreId: string): Promise<Map<string, Gaps>> {
  const rows = await db.$queryRaw<{ agentId: string; missing: bigint; lost: bigint; since: Date }[]>`
    SELECT g.agent_id AS "agentId", min(g.noted_at) AS since,
           coalesce(sum(g.last - g.first + 1) FILTER (WHERE g.lost_at IS NULL), 0)::bigint AS missing,
           coalesce(sum(g.last - g.first + 1) FILTER (WHERE g.lost_at IS NOT NULL), 0)::bigint AS lost
      FROM spool_gap g
     WHERE g.centre_id = ${centreId}::uuid AND g.filled_at IS NULL
       AND (g.lost_at IS NULL OR g.lost_at > coalesce((
             SELECT max(a.seen_at) FROM alarm a
              WHERE a.centre_id = g.centre_id AND a.kind = 'sequence_gap' AND a.agent_id = g.agent_id), '-infinity'))
     GROUP BY 1`
  return new Map(
    rows.map((row) => {
      const gaps = { missing: Number(row.missing), lost: Number(row.lost), sinceMs: row.since.getTime() }
      return [row.agentId, gaps]
    }),
  )
}

async function sourcesOf(db: Db, { centre, agentId }: AlarmQuestion) {
  return db.source.findMany({
    where: {
      centreId: centre.id,
      retiredAt: null,
      kind: { in: ['reader', 'terminal'] },
      ...(agentId === null ? {} : { agentId }),
    },
    orderBy: [{ serial: 'asc' }, { id: 'asc' }],
    include: { terminal: { select: { greetedAt: true } } },
  })
}

type Row = Awaited<ReturnType<typeof sourcesOf>>[number]
type Silences = { readonly silent: ReadonlyMap<string, number>; readonly alive: ReadonlyMap<string, number> }

function openOf({ open }: AlarmQuestion, kind: AlarmKind, sourceId: string): AlarmRow | undefined {
  return open.find((row) => row.kind === kind && row.sourceId === sourceId)
}

function silentBefore(question: AlarmQuestion, rows: readonly Row[]): Silences {
  const silent = rows.flatMap(({ id }) => {
    const row = openOf(question, 'silent_when_busy', id)
    return row === undefined ? [] : [[id, row.openedAt.getTime()] as const]
  })
  return { silent: new Map(silent), alive: new Map() }
}

/** One that is silent stays so until its next punch, until it is plugged in again, or until a person says that it works. */
async function silentNow(
  db: Db,
  question: AlarmQuestion,
  rows: readonly Row[],
  agents: readonly AgentState[],
): Promise<Silences> {
  const { centre, nowMs, rules } = question
  const { day } = civilOf(nowMs, centre.zone)
  const before = silentBefore(question, rows).silent
  const punched = await lastPunchTimes(db, centre.id, Math.min(instantOf(day, 0, centre.zone), ...before.values()))
  const words = await wordsOf(db, centre.id)
  const online = rows.filter((row) => row.kind === 'reader' && row.state === 'online')
  const aliveBy = (row: Row) => Math.max(row.stateSince?.getTime() ?? 0, words.get(row.id) ?? 0)
  const alive = new Map(online.map((row) => [row.id, Math.max(aliveBy(row), punched.get(row.id) ?? 0)]))
  const still = [...before].filter(([id, since]) => (alive.get(id) ?? 0) <= since)
  const heard = new Set(agents.filter((one) => isHeard(one, nowMs)).map((one) => one.id))
  const candidates = online
    .filter((row) => heard.has(row.agentId ?? '') && !still.some(([id]) => id === row.id))
    .map((row) => ({ id: row.id, aliveMs: aliveBy(row) }))
  const due = candidates.length === 0 ? [] : await dueStretches(db, centre, day)
  const begun = await silencesOf(db, { centre, rules: rules.silence, due, candidates, punched, nowMs })
  return { silent: new Map([...begun, ...still]), alive }
}

/** While punches of an agent wait, nobody knows whether its readers are silent. */
function isHeard({ revoked, seenMs, queue }: AgentState, nowMs: number): boolean {
  return !revoked && seenMs !== null && nowMs - seenMs < silentAfterMs && queue === 0
}

/** When a person last said of a silent reader that it works. */
async function wordsOf(db: Db, centreId: string): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ sourceId: string; at: Date }[]>`
    SELECT source_id AS "sourceId", max(closed_at) AS at FROM alarm
     WHERE centre_id = ${centreId}::uuid AND kind = 'silent_when_busy' AND facts ->> 'word' = 'works'
     GROUP BY 1`
  return new Map(rows.map((row) => [row.sourceId, row.at.getTime()]))
}

/** A terminal that is switched off at night is missed by nobody. */
async function isDueNow(db: Db, { centre, nowMs }: AlarmQuestion, rows: readonly Row[]): Promise<boolean> {
  if (!rows.some((row) => row.kind === 'terminal')) return false
  const { day, second } = civilOf(nowMs, centre.zone)
  const due = await dueStretches(db, centre, day)
  return due.some((slot) => slot.from <= second && second < slot.to)
}

function strangerFacts({ is, was }: Stranger): AlarmFacts {
  const told = { serial: is.moduleSerial, firmware: is.firmware, model: is.model }
  const before = { serial_was: was?.moduleSerial, firmware_was: was?.firmware, model_was: was?.model }
  return Object.fromEntries(Object.entries({ ...told, ...before }).filter(([, value]) => value != null)) as AlarmFacts
}

async function slotsOf(db: Db, question: AlarmQuestion, sourceId: string) {
  if (question.agentId !== null) {
    const facts = openOf(question, 'slots_differ', sourceId)?.facts as { unknown: number; missing: number } | undefined
    return facts === undefined ? null : { unknown: facts.unknown, missing: facts.missing }
  }
  const { comparison } = await slotsOfReader(db, question.centre.id, sourceId)
  return comparison === null ? null : { unknown: comparison.unknown.length, missing: comparison.missing.length }
}
