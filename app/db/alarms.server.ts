import { type AlarmLine, meansOutage, type OutageLine } from '#app/domain/devices/alarm-view.ts'
import type { AlarmFacts, AlarmKind } from '#app/domain/devices/alarms.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

const zone = { select: { code: true, name: true, nameEn: true } } as const
const outages = { where: { endsAt: null }, select: { id: true }, take: 1 } as const
const included = {
  source: { select: { name: true, nameEn: true, zone, outages } },
  agent: {
    select: {
      name: true,
      sources: { where: { retiredAt: null }, select: { zone, outages }, orderBy: { name: 'asc' } },
    },
  },
} as const satisfies Prisma.AlarmInclude

/** What is wrong with readers, terminals and agents now 当前告警, the oldest first. */
export async function openAlarms(db: Db, centreId: string): Promise<AlarmLine[]> {
  const rows = await db.alarm.findMany({
    where: { centreId, closedAt: null },
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
    include: included,
  })
  return linesOf(db, centreId, rows)
}

/** Alarms that are over, of the time since an instant, the newest first. */
export async function pastAlarms(db: Db, centreId: string, sinceMs: number): Promise<AlarmLine[]> {
  const rows = await db.alarm.findMany({
    where: { centreId, closedAt: { gte: new Date(sinceMs) } },
    orderBy: [{ closedAt: 'desc' }, { id: 'asc' }],
    take: 200,
    include: included,
  })
  return linesOf(db, centreId, rows)
}

type Row = Prisma.AlarmGetPayload<{ include: typeof included }>

async function linesOf(db: Db, centreId: string, rows: readonly Row[]): Promise<AlarmLine[]> {
  const names = await accountNames(
    db,
    centreId,
    rows.map((row) => row.seenBy),
  )
  return rows.map((row) => lineOf(row, names))
}

function lineOf(row: Row, names: ReadonlyMap<string, string>): AlarmLine {
  const sources = row.source === null ? (row.agent?.sources ?? []) : [row.source]
  const zones = new Map(sources.flatMap((one) => (one.zone === null ? [] : [[one.zone.code, one.zone] as const])))
  const { id, kind, sourceId, agentId, openedAt, closedAt } = row
  const facts = row.facts as AlarmFacts
  return {
    id,
    kind,
    sourceId,
    agentId,
    source: row.source === null ? null : { name: row.source.name, nameEn: row.source.nameEn },
    agent: row.agent?.name ?? null,
    zones: [...zones.values()],
    openedMs: openedAt.getTime(),
    closedMs: closedAt?.getTime() ?? null,
    facts,
    seen: seenBy(row, names),
    out: closedAt === null && meansOutage({ kind, facts }) && sources.some((one) => one.outages.length > 0),
  }
}

function seenBy({ seenBy: by, seenAt }: Row, names: ReadonlyMap<string, string>): AlarmLine['seen'] {
  return by === null || seenAt === null ? null : { by: names.get(by) ?? '', atMs: seenAt.getTime() }
}

/** What accounts are called, for those who acted; a person's own name where the account is a person's. */
export async function accountNames(
  db: Db,
  centreId: string,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await db.account.findMany({
    where: { centreId, id: { in: wanted } },
    select: { id: true, displayName: true },
  })
  return new Map(rows.map((row) => [row.id, row.displayName]))
}

/**
 * Notes who knows of an open alarm; the first one stays. Lost punches stay lost, so that their alarm is over once somebody
 * knows. False when there is no such open alarm.
 */
export async function markAlarmSeen(
  tx: Tx,
  centreId: string,
  id: string,
  by: { readonly accountId: string; readonly atMs: number },
): Promise<boolean> {
  const where = { centreId, id, closedAt: null }
  const row = await tx.alarm.findFirst({ where, select: { facts: true } })
  if (row === null) return false
  const at = new Date(by.atMs)
  await tx.alarm.updateMany({ where: { ...where, seenAt: null }, data: { seenBy: by.accountId, seenAt: at } })
  const facts = row.facts as AlarmFacts
  if (facts.stage === 'lost' && facts.missing === 0) await tx.alarm.updateMany({ where, data: { closedAt: at } })
  return true
}

/** A person says that the reader of a silence alarm works: the alarm is over. Answers the reader; null when none is open. */
export async function endSilence(
  tx: Tx,
  centreId: string,
  id: string,
  by: { readonly accountId: string; readonly atMs: number },
): Promise<string | null> {
  const where = { centreId, id, kind: 'silent_when_busy', closedAt: null }
  const at = new Date(by.atMs)
  const data = { closedAt: at, seenBy: by.accountId, seenAt: at, facts: { word: 'works' } }
  const [row] = await tx.alarm.updateManyAndReturn({ where, data, select: { sourceId: true } })
  return row?.sourceId ?? null
}

/** Ends what a person has settled without waiting for the next round. */
export async function closeAlarm(
  tx: Tx,
  centreId: string,
  cause: { readonly kind: AlarmKind; readonly sourceId: string },
  atMs: number,
): Promise<void> {
  await tx.alarm.updateMany({ where: { centreId, ...cause, closedAt: null }, data: { closedAt: new Date(atMs) } })
}

/** Outages of the time since an instant, those that wait for a person first. */
export async function outageLines(db: Db, centreId: string, sinceMs: number): Promise<OutageLine[]> {
  const rows = await db.outage.findMany({
    where: { centreId, OR: [{ endsAt: null }, { endsAt: { gte: new Date(sinceMs) } }] },
    orderBy: [{ confirmedAt: { sort: 'desc', nulls: 'first' } }, { startsAt: 'desc' }],
    take: 200,
    include: { source: { select: { name: true, nameEn: true } } },
  })
  const names = await accountNames(
    db,
    centreId,
    rows.map((row) => row.confirmedBy),
  )
  return rows.map((row) => ({
    id: row.id,
    source: { name: row.source.name, nameEn: row.source.nameEn },
    fromMs: row.startsAt.getTime(),
    toMs: row.endsAt?.getTime() ?? null,
    reason: row.reason,
    confirmed:
      row.confirmedAt === null ? null : { by: names.get(row.confirmedBy ?? '') ?? '', atMs: row.confirmedAt.getTime() },
  }))
}
