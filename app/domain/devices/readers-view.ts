import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { CommandState, Step } from './command.ts'
import type { Bar, Down } from './day-bars.ts'
import type { ReaderBadge } from './reader-state.ts'

export type Named = { readonly name: string; readonly nameEn: string }

export type ReaderCard = Named & {
  readonly id: string
  readonly place: string
  readonly placeEn: string
  readonly zone: string | null
  readonly serial: string
  readonly dialect: string | null
  readonly emulated: boolean
  readonly badge: ReaderBadge
  readonly silentMinutes: number
  readonly stateSinceMs: number | null
  readonly agent: string | null
  readonly reachable: boolean
  readonly today: number
  readonly usual: number
  readonly templates: number | null
  readonly capacity: number | null
  readonly offsetMs: number | null
  readonly queue: number | null
  readonly lastPunchMs: number | null
  readonly bars: readonly Bar[]
  readonly downs: readonly Down[]
  readonly hours: readonly { readonly hour: number; readonly count: number }[]
}

export type ReaderHappening = {
  readonly id: string
  readonly atMs: number
  readonly reader: Named
  readonly kind: string
  readonly detail: string
  readonly outage: { readonly endsAtMs: number | null; readonly confirmed: boolean } | null
}

export type Doubtful =
  | {
      readonly kind: 'quarantine'
      readonly id: string
      readonly reader: Named
      readonly subject: string
      readonly why: string
      readonly atMs: number
      readonly receivedMs: number
      readonly offsetMs: number | null
    }
  | {
      readonly kind: 'parked'
      readonly id: string
      readonly reader: Named
      readonly subject: string
      readonly count: number
      readonly lastMs: number
    }
  | {
      readonly kind: 'gap'
      readonly id: string
      readonly epoch: string
      readonly missing: number
      readonly first: number
      readonly last: number
    }

export type AgentLine = {
  readonly id: string
  readonly name: string
  readonly seenMs: number | null
  /** Why it has no reader, a code of the agent. */
  readonly detail: string | null
  readonly revoked: boolean
  readonly readers: number
}

export type KioskLine = {
  readonly id: string
  readonly name: string
  readonly pairedMs: number
  readonly reader: Named | null
}

export type CommandLine = {
  readonly id: string
  readonly kind: string
  readonly state: CommandState
  readonly createdMs: number
  readonly reader: Named | null
  readonly steps: readonly Step[]
}

export type ReadersView = {
  readonly day: CivilDay
  readonly nowMs: number
  readonly zone: string
  readonly readers: readonly ReaderCard[]
  readonly happenings: readonly ReaderHappening[]
  readonly doubtful: readonly Doubtful[]
  readonly agents: readonly AgentLine[]
  readonly kiosks: readonly KioskLine[]
  readonly commands: readonly CommandLine[]
}

export type ReaderFigures = {
  readonly online: number
  readonly total: number
  readonly punches: number
  readonly queued: number
  readonly templates: number
  readonly drift: { readonly offsetMs: number; readonly reader: Named } | null
}

/** The five figures over the list of readers; the queue belongs to an agent, so the largest of its readers counts. Source: design 13. */
export function readerFigures(readers: readonly ReaderCard[]): ReaderFigures {
  const inUse = readers.filter((reader) => reader.badge !== 'retired')
  const queues = new Map<string, number>()
  for (const { agent, queue } of inUse) queues.set(agent ?? '', Math.max(queue ?? 0, queues.get(agent ?? '') ?? 0))
  const measured = inUse.flatMap((reader) => (reader.offsetMs === null ? [] : [{ offsetMs: reader.offsetMs, reader }]))
  measured.sort((a, b) => Math.abs(b.offsetMs) - Math.abs(a.offsetMs))
  return {
    online: inUse.filter((reader) => reader.badge === 'online' || reader.badge === 'clock').length,
    total: inUse.length,
    punches: inUse.reduce((sum, reader) => sum + reader.today, 0),
    queued: [...queues.values()].reduce((sum, queue) => sum + queue, 0),
    templates: inUse.reduce((sum, reader) => sum + (reader.templates ?? 0), 0),
    drift: measured[0] ?? null,
  }
}
