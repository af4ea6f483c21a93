import { compareTable, type EnrolList, type LeftTemplate, type ReaderTable } from '#app/domain/devices/enrol-list.ts'
import type { EnrolReader } from '#app/domain/devices/enrol-view.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { deletionsOf, type IndexTable, indexTableOf, usedSlots } from './enrolment-commands.server.ts'
import { notEnrolled, stillStored } from './enrolment-people.server.ts'
import { deletionState, enrolReaders } from './enrolment-view.server.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
type Tables = ReadonlyMap<string, IndexTable | null>

/** Who has no finger yet, whose template should be gone, and where readers and register disagree. */
export async function enrolmentList(
  db: Db,
  centre: { readonly id: string; readonly zone: string },
  nowMs: number,
): Promise<EnrolList> {
  const { day } = civilOf(nowMs, centre.zone)
  const readers = await enrolReaders(db, centre.id, null, nowMs)
  const tables = new Map<string, IndexTable | null>()
  for (const { id } of readers) tables.set(id, await indexTableOf(db, centre.id, id))
  const missing = await notEnrolled(db, centre.id, day)
  return {
    zone: centre.zone,
    missing: missing.map(({ id, name, nameEn, staffNumber, window, startsOn, consented }) => ({
      id,
      name,
      nameEn,
      staffNumber,
      window,
      startsOn,
      consented,
    })),
    left: await leftTemplates(db, centre.id, day, readers, tables),
    readers: await readerTables(db, centre.id, readers, tables),
  }
}

async function leftTemplates(
  db: Db,
  centreId: string,
  day: string,
  readers: readonly EnrolReader[],
  tables: Tables,
): Promise<LeftTemplate[]> {
  const rows = await stillStored(db, centreId, day)
  const deletions = await deletionsOf(
    db,
    centreId,
    rows.map((row) => row.id),
  )
  // What the index table shows empty needs no deletion, unless one is on its way and will prove it.
  const gone = (sourceId: string, subject: string) => tables.get(sourceId)?.taken.includes(Number(subject)) === false
  return rows.flatMap((row) => {
    const newest = deletions.find((one) => one.about.enrolment === row.id)
    if (newest === undefined && gone(row.sourceId, row.subject)) return []
    const reader = readers.find((one) => one.id === row.sourceId)
    return [
      {
        id: row.id,
        personId: row.personId,
        name: row.name,
        nameEn: row.nameEn,
        reader: { name: reader?.name ?? '—', nameEn: reader?.nameEn ?? '—' },
        slot: row.subject,
        finger: row.finger,
        leftOn: row.leftOn,
        deletion: deletionState(row.endsAt, newest, reader?.readable ?? false),
      },
    ]
  })
}

async function readerTables(
  db: Db,
  centreId: string,
  readers: readonly EnrolReader[],
  tables: Tables,
): Promise<ReaderTable[]> {
  const rows: ReaderTable[] = []
  for (const { id, name, nameEn, readable } of readers) {
    const table = tables.get(id) ?? null
    const differs =
      table === null ? { unowned: [], missing: [] } : compareTable(table.taken, await usedSlots(db, centreId, id))
    rows.push({ id, name, nameEn, readable, readMs: table?.atMs ?? null, ...differs })
  }
  return rows
}
