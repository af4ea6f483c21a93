import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { HallKind } from '#app/domain/hall/input.ts'
import type { HistoryLine } from '#app/domain/people/record.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import { type HallRecord, hallRecord, recordNames } from './hall-records.server.ts'
import { historyOfRecord } from './record-changes.server.ts'

type Centre = { readonly id: string; readonly zone: string }

export type HallPageFacts = {
  readonly kind: HallKind
  readonly id: string | null
  readonly record: HallRecord | null
  readonly name: string
  readonly nameEn: string
  readonly typed: Readonly<Record<string, string>>
  readonly version: string
  readonly endedOn: CivilDay | null
  readonly over: boolean
  readonly zones: readonly {
    readonly id: string
    readonly code: string
    readonly name: string
    readonly nameEn: string
  }[]
  readonly windows: readonly {
    readonly id: string
    readonly number: string
    readonly name: string
    readonly nameEn: string
  }[]
  readonly history: readonly (HistoryLine & { readonly when: { readonly day: string; readonly second: number } })[]
}

/** What the page of one part of the hall needs; null for an unknown id. Without an id it is the page that adds one. */
export async function hallPage(
  db: PrismaClient,
  centre: Centre,
  kind: HallKind,
  id: string | null,
  day: CivilDay,
): Promise<HallPageFacts | null> {
  const record = id === null ? null : await hallRecord(db, centre.id, kind, id)
  if (id !== null && !record) return null
  const history = record ? await historyOfRecord(db, centre.id, recordNames[kind], record.id) : []
  return {
    kind,
    id,
    record,
    ...namesOf(record),
    typed: record ? typedOf(record) : await firstTyped(db, centre.id, kind, day),
    version: history[0]?.id ?? '',
    endedOn: record?.endedOn ?? null,
    over: record?.endedOn != null && record.endedOn < day,
    zones: kind === 'windows' ? await zoneChoices(db, centre.id, record, day) : [],
    windows: kind === 'groups' ? await windowChoices(db, centre.id, day) : [],
    history: history.map((line) => ({ ...line, when: civilOf(line.atMs, centre.zone) })),
  }
}

/** A window by number and name, a zone by code and name, the others by name. */
function namesOf(record: HallRecord | null): { name: string; nameEn: string } {
  if (!record) return { name: '', nameEn: '' }
  const { input } = record
  const lead = 'number' in input ? [input.number] : 'code' in input ? [input.code] : []
  return { name: [...lead, input.name].join(' '), nameEn: [...lead, input.nameEn].join(' ') }
}

function typedOf(record: HallRecord): Record<string, string> {
  const entries = Object.entries(record.input).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(',') : String(value ?? ''),
  ])
  return Object.fromEntries(entries)
}

/** What a new one begins with: its place after the last, and today. */
async function firstTyped(
  db: PrismaClient,
  centreId: string,
  kind: HallKind,
  day: CivilDay,
): Promise<Record<string, string>> {
  const last = { where: { centreId }, _max: { position: true } } as const
  if (kind === 'windows') {
    const { _max } = await db.window.aggregate(last)
    return { opensOn: day, position: String((_max.position ?? 0) + 1) }
  }
  if (kind === 'zones') return { position: String(((await db.zone.aggregate(last))._max.position ?? 0) + 1) }
  if (kind === 'units') return { position: String(((await db.dispatchingUnit.aggregate(last))._max.position ?? 0) + 1) }
  return { minStaff: '1' }
}

async function zoneChoices(db: PrismaClient, centreId: string, record: HallRecord | null, day: CivilDay) {
  const own = record && 'zoneId' in record.input ? record.input.zoneId : null
  const inUse = [{ endedOn: null }, { endedOn: { gte: toDate(day) } }, ...(own ? [{ id: own }] : [])]
  return db.zone.findMany({
    where: { centreId, OR: inUse },
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
    select: { id: true, code: true, name: true, nameEn: true },
  })
}

async function windowChoices(db: PrismaClient, centreId: string, day: CivilDay) {
  return db.window.findMany({
    where: { centreId, OR: [{ closesOn: null }, { closesOn: { gte: toDate(day) } }] },
    orderBy: [{ position: 'asc' }, { number: 'asc' }],
    select: { id: true, number: true, name: true, nameEn: true },
  })
}
