import type { PrismaClient } from '#app/db/generated/client.ts'
import type { HallRecord } from '#app/db/hall-records.server.ts'
import {
  groupsWith,
  holdersAfter,
  openAfter,
  postedAfter,
  readersIn,
  unitGrantsAfter,
} from '#app/db/hall-structure.server.ts'
import type { Tx } from '#app/db/transaction.server.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { Ending } from '#app/domain/hall/view.ts'

type Db = Tx | PrismaClient

/** What ending something on a day would break: what stands in the way, and what will follow. Said before the click. */
export async function endingOf(db: Db, centreId: string, record: HallRecord, day: CivilDay): Promise<Ending> {
  if (record.kind === 'zones') return zoneEnding(db, centreId, record.id, day)
  if (record.kind === 'units') return unitEnding(db, centreId, record.id, day)
  if (record.kind === 'windows') return windowEnding(db, centreId, record.id, day)
  return { blockers: [], consequences: [{ code: 'group_unwatched', facts: {} }] }
}

async function zoneEnding(db: Db, centreId: string, id: string, day: CivilDay): Promise<Ending> {
  const windows = await openAfter(db, centreId, id, day)
  const readers = await readersIn(db, centreId, id)
  const facts = { count: windows.length, windows: windows.slice(0, 12).join(' ') }
  return {
    blockers: windows.length > 0 ? [{ code: 'zone_has_windows', facts, people: [] }] : [],
    consequences: [
      ...(readers.length > 0 ? [{ code: 'zone_readers', facts: { names: readers.join(' ') } }] : []),
      { code: 'zone_hidden', facts: {} },
    ],
  }
}

async function unitEnding(db: Db, centreId: string, id: string, day: CivilDay): Promise<Ending> {
  const people = await postedAfter(db, centreId, id, day)
  const grants = await unitGrantsAfter(db, centreId, id, day)
  return {
    blockers: people.length > 0 ? [{ code: 'unit_has_people', facts: { count: people.length }, people }] : [],
    consequences: [
      ...(grants > 0 ? [{ code: 'unit_grants', facts: { count: grants } }] : []),
      { code: 'unit_hidden', facts: {} },
    ],
  }
}

async function windowEnding(db: Db, centreId: string, id: string, day: CivilDay): Promise<Ending> {
  const people = await holdersAfter(db, centreId, id, day)
  const groups = await groupsWith(db, centreId, id)
  return {
    blockers: people.length > 0 ? [{ code: 'window_has_posts', facts: { count: people.length }, people }] : [],
    consequences: [
      ...groups.map(({ name, minStaff, others }) =>
        others === 0
          ? { code: 'group_left_empty', facts: { name, minStaff } }
          : { code: 'group_smaller', facts: { name, minStaff, others } },
      ),
      { code: 'window_hidden', facts: {} },
    ],
  }
}
