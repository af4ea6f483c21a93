import type { Visitor } from '#app/auth/guard.server.ts'
import { now } from '#app/clock.server.ts'
import { claimsMade } from '#app/db/claims.server.ts'
import { prisma } from '#app/db/client.server.ts'
import {
  agentNames,
  countWaiting,
  type DoubtFilter,
  decidedPunches,
  doubtfulPunches,
  doubtSources,
  parkedSubjects,
} from '#app/db/doubtful.server.ts'
import { listPeople } from '#app/db/people-list.server.ts'
import { openGaps } from '#app/db/spool-states.server.ts'
import { addDays, isCivilDay } from '#app/domain/time/day.ts'
import { civilOf, instantOf } from '#app/domain/time/zone.ts'
import { type Claiming, type DoubtfulModel, type GapLine, type Show, shows } from '#app/ui/doubtful/model.ts'

const historyMs = 30 * 86_400_000
const suggestions = 12
export const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Everything that the page lists, for the part of it that the address asks for. */
export async function doubtfulModel(visitor: Visitor, search: URLSearchParams): Promise<DoubtfulModel> {
  const { centreId, centre } = visitor
  const source = uuid.test(search.get('source') ?? '') ? (search.get('source') ?? '') : ''
  const day = isCivilDay(search.get('day') ?? '') ? (search.get('day') ?? '') : ''
  const filter = filterOf(source, day, centre.zone)
  const claims = visitor.can('subjects.claim')
  const counts = await countWaiting(prisma, centreId, {})
  const show = showOf(search.get('show'), claims, counts)
  return {
    show,
    zone: centre.zone,
    counts,
    claims,
    filter: { source, day },
    sources: await doubtSources(prisma, centreId),
    ...(await listed(visitor, show, filter)),
    claiming: show === 'parked' ? await claimingOf(visitor, search) : null,
  }
}

function showOf(text: string | null, claims: boolean, counts: DoubtfulModel['counts']): Show {
  const asked = shows.find((show) => show === text)
  if (asked && (asked !== 'parked' || claims)) return asked
  return counts.claims === 0 && counts.quarantined > 0 ? 'quarantined' : 'claims'
}

function filterOf(source: string, day: string, zone: string): DoubtFilter {
  const span = day === '' ? {} : { from: instantOf(day, 0, zone), to: instantOf(addDays(day, 1), 0, zone) }
  return { sourceId: source === '' ? null : source, ...span }
}

type Lists = Pick<DoubtfulModel, 'lines' | 'parked' | 'gaps' | 'decided' | 'made'>
const nothing: Lists = { lines: [], parked: [], gaps: [], decided: [], made: [] }

async function listed(visitor: Visitor, show: Show, filter: DoubtFilter): Promise<Lists> {
  const { centreId, centre } = visitor
  if (show === 'claims' || show === 'quarantined') {
    return { ...nothing, lines: await doubtfulPunches(prisma, centreId, show, filter) }
  }
  if (show === 'parked') {
    return { ...nothing, parked: await parkedSubjects(prisma, { id: centreId, zone: centre.zone }, now(), filter) }
  }
  return show === 'gaps' ? { ...nothing, gaps: await gapsOf(centreId) } : decided(visitor, filter)
}

/** Whoever only decides does not look through who was decided on: the names are for those who keep the mappings. */
async function decided(visitor: Visitor, filter: DoubtFilter): Promise<Lists> {
  const claims = visitor.can('subjects.claim')
  const lines = await decidedPunches(prisma, visitor.centreId, now() - historyMs, filter)
  return {
    ...nothing,
    decided: claims ? lines : lines.map((line) => ({ ...line, person: null })),
    made: claims ? await claimsMade(prisma, visitor.centreId) : [],
  }
}

async function gapsOf(centreId: string): Promise<GapLine[]> {
  const names = await agentNames(prisma, centreId)
  return (await openGaps(prisma, centreId)).map((gap) => ({
    id: gap.id,
    agent: names.get(gap.agentId) ?? '',
    first: gap.first,
    last: gap.last,
    missing: gap.missing,
    notedMs: gap.notedAt.getTime(),
    fromMs: gap.fromAt?.getTime() ?? null,
    toMs: gap.toAt?.getTime() ?? null,
  }))
}

/** The number that the address names, as long as it is unclaimed, and the people who answer to what was typed. */
async function claimingOf(visitor: Visitor, search: URLSearchParams): Promise<Claiming | null> {
  const { centreId, centre } = visitor
  const [sourceId, subject, q] = [search.get('of') ?? '', search.get('number') ?? '', (search.get('find') ?? '').trim()]
  if (!uuid.test(sourceId) || subject === '') return null
  const parked = await parkedSubjects(prisma, { id: centreId, zone: centre.zone }, now(), { sourceId })
  const line = parked.find((one) => one.subject === subject)
  if (line === undefined) return null
  if (q === '') return { line, q, found: [] }
  const today = civilOf(now(), centre.zone).day
  const { rows } = await listPeople(prisma, { centreId, reach: 'centre' }, { q, state: 'all' }, today)
  const found = rows.slice(0, suggestions).map(({ id, name, nameEn, staffNumber, state, posting }) => {
    return { id, name, nameEn, staffNumber, state, unit: posting?.unit.shortName ?? null }
  })
  return { line, q, found }
}
