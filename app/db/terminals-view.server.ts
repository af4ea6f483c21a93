import { describeCommand } from '#app/domain/devices/terminal-commands.ts'
import type { KnockLine, TerminalLine, TerminalsView } from '#app/domain/devices/terminals-view.ts'
import type { PrismaClient } from './generated/client.ts'
import { listKnocks } from './terminal-knocks.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

const countedMs = 30 * 86_400_000

/** Everything of the page of terminals, for one centre and the present moment. */
export async function terminalsView(
  db: Db,
  centre: { id: string; zone: string },
  nowMs: number,
): Promise<TerminalsView> {
  const terminals = await terminalLines(db, centre.id, nowMs)
  const known = new Set(terminals.filter((one) => !one.retired && !one.offline).map((one) => one.serial))
  const knocks = (await listKnocks(db)).filter((knock) => !known.has(knock.serial))
  return {
    zone: centre.zone,
    nowMs,
    terminals,
    knocks: knocks.map(
      ({ serial, firstAt, lastAt, count, address }): KnockLine => ({
        serial,
        firstMs: firstAt.getTime(),
        lastMs: lastAt.getTime(),
        count,
        address,
      }),
    ),
    commands: await commandLines(db, centre.id),
  }
}

type Counted = {
  readonly id: string
  readonly records: number
  readonly unknown: number
  readonly bad: number
  readonly users: number
}

async function terminalLines(db: Db, centreId: string, nowMs: number): Promise<TerminalLine[]> {
  const rows = await db.source.findMany({
    where: { centreId, terminal: { isNot: null } },
    orderBy: [{ retiredAt: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }],
    include: { terminal: true, zone: { select: { code: true } } },
  })
  const counted = new Map((await counts(db, centreId, nowMs)).map((one) => [one.id, one]))
  return rows.flatMap((row): TerminalLine[] => {
    const { terminal } = row
    if (terminal === null) return []
    const { records = 0, unknown = 0, bad = 0, users = 0 } = counted.get(row.id) ?? {}
    return [
      {
        id: row.id,
        serial: row.serial,
        name: row.name,
        nameEn: row.nameEn,
        zone: row.zone?.code ?? null,
        offline: row.kind === 'file',
        retired: row.retiredAt !== null,
        utcOffsetMinutes: terminal.utcOffsetMinutes,
        model: terminal.model,
        firmware: terminal.firmware,
        address: terminal.address,
        greetedMs: terminal.greetedAt?.getTime() ?? null,
        seenMs: row.seenAt?.getTime() ?? null,
        offsetMs: row.clockOffsetMs,
        lastPunchMs: row.lastPunchAt?.getTime() ?? null,
        records,
        unknown,
        bad,
        users,
      },
    ]
  })
}

async function counts(db: Db, centreId: string, nowMs: number): Promise<Counted[]> {
  const since = new Date(nowMs - countedMs)
  return db.$queryRaw<Counted[]>`
    SELECT t.source_id AS id,
           (SELECT count(*)::int FROM punch p
             WHERE p.centre_id = t.centre_id AND p.source_id = t.source_id AND p.at >= ${since}) AS records,
           (SELECT count(DISTINCT p.subject)::int FROM punch p
             WHERE p.centre_id = t.centre_id AND p.source_id = t.source_id
               AND NOT EXISTS (SELECT 1 FROM enrolment e
                                WHERE e.centre_id = p.centre_id AND e.source_id = p.source_id AND e.subject = p.subject
                                  AND p.at >= e.starts_at AND (e.ends_at IS NULL OR p.at < e.ends_at))) AS unknown,
           (SELECT count(*)::int FROM reader_event e
             WHERE e.centre_id = t.centre_id AND e.source_id = t.source_id AND e.kind = 'bad_record' AND e.at >= ${since}) AS bad,
           (SELECT count(*)::int FROM terminal_user u WHERE u.centre_id = t.centre_id AND u.source_id = t.source_id) AS users
      FROM terminal t WHERE t.centre_id = ${centreId}::uuid`
}

async function commandLines(db: Db, centreId: string): Promise<TerminalsView['commands']> {
  const rows = await db.terminalCommand.findMany({
    where: { centreId },
    orderBy: { createdAt: 'desc' },
    take: 12,
    include: { terminal: { select: { source: { select: { name: true, nameEn: true } } } } },
  })
  return rows.map(({ sourceId, number, text, createdAt, sentAt, answeredAt, returned, terminal }) => ({
    id: `${sourceId}-${number}`,
    terminal: terminal.source,
    ...describeCommand(text),
    createdMs: createdAt.getTime(),
    sentMs: sentAt?.getTime() ?? null,
    answeredMs: answeredAt?.getTime() ?? null,
    returned,
  }))
}

export type ZoneChoice = { readonly id: string; readonly code: string; readonly name: string; readonly nameEn: string }

/** The zones in which a terminal may stand. */
export async function terminalZones(db: Db, centreId: string): Promise<ZoneChoice[]> {
  return db.zone.findMany({
    where: { centreId, endedOn: null },
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
    select: { id: true, code: true, name: true, nameEn: true },
  })
}
