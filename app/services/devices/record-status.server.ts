import { holdAgent } from '#app/db/agent-keys.server.ts'
import { noteRefusedAgent } from '#app/db/agent-refusals.server.ts'
import { reconcileAlarms } from '#app/db/alarm-reconcile.server.ts'
import { resumeDeletions } from '#app/db/enrolment-deletions.server.ts'
import { publish } from '#app/db/events.server.ts'
import { closeOutage, noteLost, openOutage } from '#app/db/outages.server.ts'
import { noteIdentity } from '#app/db/reader-identities.server.ts'
import {
  addReaderEvents,
  claimReaders,
  failuresInARow,
  type NewReaderEvent,
  noteAgentStatus,
  readerStates,
  saveReaderStatus,
} from '#app/db/sources.server.ts'
import { noteSpool } from '#app/db/spool-states.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import type { ModuleIdentity } from '#app/domain/devices/reader-identity.ts'
import { silentAgentMs } from '#app/domain/devices/reader-state.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import type { SpoolRange, StatusReport } from '#devices/contract.ts'

export type ReaderReport = {
  readonly serial: string
  readonly state: 'online' | 'offline' | 'fault'
  readonly detail: string | null
  readonly dialect: string | null
  readonly capacity: number | null
  readonly templates: number | null
  readonly emulated: boolean
  /** Absent from agents that do not ask their modules. */
  readonly identity?: ModuleIdentity | undefined
  readonly lastError?: { readonly code: string; readonly atMs: number } | null | undefined
}

export type AgentReport = {
  readonly centreId: string
  readonly agentId: string
  /** When the agent's process began, by the server's clock. */
  readonly startedAtMs: number
  readonly readers: readonly ReaderReport[]
  /** Why the agent has no reader at all; null when it has one. */
  readonly detail: string | null
  readonly queue: number
  readonly offsetMs: number | null
  /** What older agents do not say of themselves is left out. */
  readonly version?: string | undefined
  /** By the server's clock. */
  readonly oldestWaitingMs?: number | null | undefined
  readonly spool?: StatusReport['spool']
  readonly lost?: readonly SpoolRange[] | undefined
  readonly events: readonly {
    readonly serial: string
    readonly atMs: number
    readonly kind: string
    readonly detail: string
  }[]
}

type Before = Awaited<ReturnType<typeof readerStates>>[number] | undefined

/** What the server wants of the agent in return. */
export type StatusAnswer = { readonly wanted: readonly SpoolRange[] }

/**
 * Stores what an agent says of itself and its readers. A reader that stops opens an outage, so that nobody is charged with
 * it; so do punches that the agent has lost. Alarms follow at once.
 */
export async function recordStatus(
  report: AgentReport,
  nowMs: number,
): Promise<Result<StatusAnswer, 'serial_of_another_agent'>> {
  const { centreId, agentId } = report
  return inTransaction(async (tx) => {
    await holdAgent(tx, centreId, agentId)
    const serials = [...report.readers, ...report.events].map((one) => one.serial)
    const { ids, foreign } = await claimReaders(tx, centreId, agentId, serials)
    if (foreign !== null) {
      await noteRefusedAgent(tx, { centreId, agentId, why: 'reader', detail: { serial: foreign } }, nowMs)
      return refuse('serial_of_another_agent', { serial: foreign })
    }
    if (await noteAgentStatus(tx, centreId, agentId, nowMs, statusOf(report))) {
      await publish(tx, { topic: 'source', centreId })
    }
    const before = new Map((await readerStates(tx, centreId, [...ids.values()])).map((row) => [row.id, row]))
    for (const reader of [...report.readers].sort((a, b) => (a.serial < b.serial ? -1 : 1))) {
      const id = ids.get(reader.serial)
      if (id !== undefined) await noteReader(tx, report, { id, reader, before: before.get(id), nowMs })
    }
    const events = report.events.flatMap((event) => {
      const sourceId = ids.get(event.serial)
      return sourceId === undefined ? [] : [{ ...event, sourceId }]
    })
    await noteEvents(tx, centreId, events)
    const wanted = await noteNumbers(tx, report, nowMs)
    await reconcileAlarms(tx, { centreId, agentId }, nowMs)
    return ok({ wanted })
  })
}

function statusOf({ detail, version, queue, oldestWaitingMs, spool, offsetMs }: AgentReport) {
  return {
    detail,
    version: version ?? null,
    queueLength: queue,
    oldestWaitingAt: oldestWaitingMs == null ? null : new Date(oldestWaitingMs),
    spoolBytes: spool?.bytes ?? null,
    spoolLimitBytes: spool?.limitBytes ?? null,
    clockOffsetMs: offsetMs,
  }
}

/** Compares the agent's numbers with ours: what we miss is asked for again, what it has lost is an outage. */
async function noteNumbers(tx: Tx, report: AgentReport, nowMs: number): Promise<readonly SpoolRange[]> {
  const { centreId, agentId, spool, lost } = report
  if (spool === undefined) return []
  const { wanted, lostNow } = await noteSpool(tx, { centreId, agentId, spool, lost: [...(lost ?? [])], nowMs })
  await noteLost(tx, centreId, agentId, lostNow, nowMs)
  return wanted
}

type Noted = { readonly id: string; readonly reader: ReaderReport; readonly before: Before; readonly nowMs: number }

async function noteReader(tx: Tx, report: AgentReport, noted: Noted): Promise<void> {
  const { id, reader, before, nowMs } = noted
  const { centreId } = report
  await noteGap(tx, report, noted)
  const changed = before?.state !== reader.state
  await saveReaderStatus(tx, centreId, {
    id,
    state: reader.state,
    stateSince: changed ? new Date(nowMs) : (before?.stateSince ?? new Date(nowMs)),
    seenAt: new Date(nowMs),
    queueLength: report.queue,
    clockOffsetMs: report.offsetMs,
    emulated: reader.emulated,
    dialect: reader.dialect,
    capacity: reader.capacity,
    templateCount: reader.templates,
    lastError: reader.lastError ?? null,
  })
  const news = reader.identity !== undefined && (await noteIdentity(tx, centreId, id, reader.identity, nowMs))
  if (changed) await noteChange(tx, centreId, noted)
  if (changed || news || isNews(before, report, reader)) {
    await publish(tx, { topic: 'source', centreId, id, sourceId: id })
  }
}

/**
 * An agent that did not run took no punches, whoever stopped it or cut its power: from its last word on the reader is out.
 * One that ran on while this server could not be reached has every punch in its spool, and nothing is noted.
 */
async function noteGap(tx: Tx, report: AgentReport, { id, reader, before, nowMs }: Noted): Promise<void> {
  const lastMs = before?.seenAt?.getTime()
  if (lastMs === undefined || before?.state !== 'online') return
  if (report.startedAtMs <= lastMs || nowMs - lastMs < silentAgentMs) return
  await openOutage(tx, report.centreId, id, lastMs, 'agent_silent')
  if (reader.state === 'online') await closeOutage(tx, report.centreId, id, nowMs)
}

/** What a page would show differently; a heartbeat that repeats itself is no event. */
function isNews(before: Before, report: AgentReport, reader: ReaderReport): boolean {
  return (
    before?.queueLength !== report.queue || (reader.templates !== null && before?.templateCount !== reader.templates)
  )
}

async function noteChange(tx: Tx, centreId: string, { id, reader, before, nowMs }: Noted): Promise<void> {
  const detail = reader.detail ?? ''
  await addReaderEvents(tx, centreId, [{ sourceId: id, atMs: nowMs, kind: reader.state, detail }])
  if (reader.state === 'online') {
    await closeOutage(tx, centreId, id, nowMs)
    await resumeDeletions(tx, centreId, id, nowMs)
  } else if (before?.state === 'online')
    await openOutage(tx, centreId, id, nowMs, detail === '' ? reader.state : detail)
}

/** A finger that was not read is answered on the screen, with how often in a row within a minute. */
async function noteEvents(tx: Tx, centreId: string, events: readonly NewReaderEvent[]): Promise<void> {
  await addReaderEvents(tx, centreId, events)
  for (const { sourceId, kind, atMs } of events) {
    const attempt = kind === 'not_recognised' ? await failuresInARow(tx, centreId, sourceId, atMs - 60_000) : 0
    await publish(tx, { topic: 'source', centreId, id: sourceId, sourceId, kind, atMs, attempt })
  }
}
