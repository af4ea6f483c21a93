import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { CommandState, Step } from './command.ts'
import type { Bar, Down } from './day-bars.ts'
import type { OffsetLevel } from './quarantine.ts'
import type { ReaderBadge } from './reader-state.ts'

export type Named = { readonly name: string; readonly nameEn: string }

export type SourceKind = 'reader' | 'terminal'

/** Numbers of a spool that have not arrived 缺号. */
export type MissingNumbers = { readonly first: number; readonly missing: number }

export type ReaderCard = Named & {
  readonly id: string
  readonly kind: SourceKind
  readonly place: string
  readonly placeEn: string
  readonly zone: string | null
  readonly serial: string
  readonly dialect: string | null
  /** What the module or terminal says it is. */
  readonly firmware: string | null
  readonly model: string | null
  readonly address: string | null
  /** It says it is another one than the one accepted. */
  readonly changed: boolean
  readonly emulated: boolean
  readonly badge: ReaderBadge
  readonly silentMinutes: number
  readonly stateSinceMs: number | null
  readonly seenMs: number | null
  readonly agent: string | null
  readonly reachable: boolean
  readonly today: number
  readonly usual: number
  readonly templates: number | null
  readonly capacity: number | null
  /** Templates that should be there, and the people they belong to. */
  readonly enrolled: number
  readonly people: number
  readonly offsetMs: number | null
  readonly clock: OffsetLevel
  readonly queue: number | null
  readonly oldestWaitingMs: number | null
  readonly missing: MissingNumbers | null
  readonly lastError: string | null
  readonly lastPunchMs: number | null
  readonly bars: readonly Bar[]
  readonly downs: readonly Down[]
  readonly hours: readonly { readonly hour: number; readonly count: number }[]
}

/** Templates more than people 多, or fewer 少; nothing to say when they agree or the module has not counted. Source: design 13. */
export function templateDifference({ templates, enrolled, kind }: ReaderCard): number {
  return templates === null || kind !== 'reader' ? 0 : templates - enrolled
}

export type CardAct = 'look' | 'slots' | 'clock' | 'steps' | 'outage' | 'test' | 'identity'

/**
 * What a reader's state asks for, the most pressing first 该办的事: no more than two, because a card is no menu. A module that
 * is another one than yesterday comes before everything, since its slots may hold other people. Source: design 13, complaints 20 and 26.
 */
export function actsFor(card: ReaderCard): readonly CardAct[] {
  const away = { offline: 'steps', silent: 'steps', unknown: 'steps', fault: 'test' } as const
  const { badge } = card
  if (badge === 'retired') return ['look']
  const acts: CardAct[] = card.changed ? ['identity'] : []
  if (badge === 'offline' || badge === 'silent' || badge === 'unknown' || badge === 'fault') {
    acts.push(away[badge])
    // What was never heard is out since no time that could be noted.
    if (card.stateSinceMs !== null || card.seenMs !== null) acts.push('outage')
  }
  if (badge === 'clock') acts.push('clock')
  acts.push(templateDifference(card) === 0 ? 'look' : 'slots')
  return acts.slice(0, 2)
}

export type ReaderHappening = {
  readonly id: string
  readonly atMs: number
  readonly reader: Named
  readonly kind: string
  readonly detail: string
  readonly outage: { readonly endsAtMs: number | null; readonly confirmed: boolean } | null
}

/** How much was recorded and does not count by itself 待处理: times in doubt, fingers nobody owns, numbers that are missing. */
export type DoubtfulCounts = {
  readonly quarantined: number
  readonly unconfirmed: number
  readonly parked: number
  readonly parkedPunches: number
  readonly missing: number
}

export type AgentLine = {
  readonly id: string
  readonly name: string
  readonly seenMs: number | null
  /** Why it has no reader, a code of the agent. */
  readonly detail: string | null
  readonly revoked: boolean
  readonly readers: number
  readonly version: string | null
  readonly queue: number | null
  readonly oldestWaitingMs: number | null
  readonly offsetMs: number | null
  readonly spool: { readonly bytes: number; readonly limit: number } | null
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
  readonly doubtful: DoubtfulCounts
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
  /** How many templates there should be. */
  readonly enrolled: number
  readonly drift: { readonly offsetMs: number; readonly clock: OffsetLevel; readonly reader: Named } | null
}

/** The five figures over the list of readers; the queue belongs to an agent, so the largest of its readers counts. Source: design 13. */
export function readerFigures(readers: readonly ReaderCard[]): ReaderFigures {
  const inUse = readers.filter((reader) => reader.badge !== 'retired')
  const modules = inUse.filter((reader) => reader.kind === 'reader')
  const queues = new Map<string, number>()
  for (const { agent, queue } of inUse) queues.set(agent ?? '', Math.max(queue ?? 0, queues.get(agent ?? '') ?? 0))
  const measured = inUse.flatMap((reader) =>
    reader.offsetMs === null ? [] : [{ offsetMs: reader.offsetMs, clock: reader.clock, reader }],
  )
  measured.sort((a, b) => Math.abs(b.offsetMs) - Math.abs(a.offsetMs))
  return {
    online: inUse.filter((reader) => reader.badge === 'online' || reader.badge === 'clock').length,
    total: inUse.length,
    punches: inUse.reduce((sum, reader) => sum + reader.today, 0),
    queued: [...queues.values()].reduce((sum, queue) => sum + queue, 0),
    templates: modules.reduce((sum, reader) => sum + (reader.templates ?? 0), 0),
    enrolled: modules.reduce((sum, reader) => sum + reader.enrolled, 0),
    drift: measured[0] ?? null,
  }
}
