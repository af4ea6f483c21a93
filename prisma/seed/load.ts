import type pg from 'pg'
import { buildCalendar } from '#app/domain/calendar/year.ts'
import { apart } from './days.ts'
import type { DemoData, DemoDays } from './demo.ts'
import { doubtTables } from './doubts.ts'
import { comingTables, leaveTables } from './leave-tables.ts'
import { demoLeaves, leaveIdOf } from './leaves.ts'
import { consentTables, registerTables } from './papers.ts'
import type { DemoPerson } from './people.ts'
import {
  accountTables,
  awayTables,
  demoCentreId,
  hallTables,
  instant,
  outageTables,
  peopleTables,
  punchTable,
  readerTables,
  requestTables,
  type Secrets,
  type Table,
} from './tables.ts'

export type Progress = (done: number, of: number, what: string) => void

/** Rows go over as JSON and come out as the table's own row type: one statement a table, whatever its columns are. */
async function insert(client: pg.ClientBase, table: Table): Promise<void> {
  const columns = Object.keys(table.rows[0] ?? {})
  if (columns.length === 0) return
  const names = columns.map((column) => `"${column}"`).join(', ')
  const all = new Set(table.rows.flatMap((row) => Object.keys(row)))
  if (all.size !== columns.length) throw new Error(`rows of ${table.name} do not all have the same columns`)
  await client.query(
    `INSERT INTO "${table.name}" (${names})
     SELECT ${names} FROM jsonb_populate_recordset(NULL::"${table.name}", $1::jsonb)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(table.rows)],
  )
}

/** Marks person-days for the judge: their results are a projection and are made by the same code as everyone's. */
async function markStale(client: pg.ClientBase, centreId: string, from: string, to: string): Promise<void> {
  await client.query(
    `INSERT INTO stale_day (centre_id, person_id, day)
     SELECT p.centre_id, p.person_id, d::date
       FROM generate_series($2::date, $3::date, interval '1 day') d
       JOIN posting p ON p.starts_on <= d::date AND (p.ends_on IS NULL OR p.ends_on >= d::date)
      WHERE p.centre_id = $1::uuid
     ON CONFLICT DO NOTHING`,
    [centreId, from, to],
  )
}

/** What the reader's card shows as its last record. */
async function noteLastPunches(client: pg.ClientBase, centreId: string): Promise<void> {
  await client.query(
    `UPDATE source s SET last_punch_at = (SELECT max(p.at) FROM punch p WHERE p.centre_id = s.centre_id AND p.source_id = s.id)
      WHERE s.centre_id = $1::uuid`,
    [centreId],
  )
}

/** The counters follow the numbers that the papers have 编号. */
async function noteNumbers(client: pg.ClientBase, centreId: string): Promise<void> {
  await client.query(
    `INSERT INTO paper_number (centre_id, type, year, last)
     SELECT centre_id, split_part(number, '-', 1), split_part(number, '-', 2)::int, max(split_part(number, '-', 3)::int)
       FROM (SELECT centre_id, number FROM leave_request UNION ALL SELECT centre_id, number FROM annual_register) AS papers
      WHERE centre_id = $1::uuid AND number IS NOT NULL
      GROUP BY 1, 2, 3
     ON CONFLICT (centre_id, type, year) DO UPDATE SET last = greatest(paper_number.last, EXCLUDED.last)`,
    [centreId],
  )
}

/** Ends a load: what derives from the facts is marked, to be made by the same code as everywhere. */
async function settle(client: pg.ClientBase, centreId: string, from: string, to: string): Promise<void> {
  await markStale(client, centreId, from, to)
  await noteLastPunches(client, centreId)
  await noteNumbers(client, centreId)
}

type Step = { readonly what: string; readonly tables: readonly Table[] }

async function run(client: pg.ClientBase, steps: readonly Step[], last: () => Promise<void>, progress: Progress) {
  await client.query('BEGIN')
  try {
    for (const [index, step] of steps.entries()) {
      progress(index + 1, steps.length, step.what)
      for (const table of step.tables) await insert(client, table)
    }
    await last()
    await client.query('COMMIT')
    // Without knowing how much there is now, the server would plan the next minutes as for empty tables.
    await client.query('ANALYZE')
  } catch (cause) {
    await client.query('ROLLBACK')
    throw cause
  }
}

/** Presses made up to an instant; the rest of the day belongs to the emulated life. */
function until(presses: DemoData['presses'], nowMs: number): DemoData['presses'] {
  return presses.filter((press) => Date.parse(instant(press.day, press.second)) <= nowMs)
}

/**
 * Loads the demo centre as it stands at an instant, all or nothing, in one transaction. `client` acts as the owner.
 * The days' results are left to the caller, who drains `stale_day` as the running server does.
 */
export async function loadDemo(
  client: pg.ClientBase,
  demo: DemoData,
  facts: { nowMs: number; secrets: Secrets; documents: readonly Table[] },
  progress: Progress,
): Promise<void> {
  const centreId = demoCentreId(demo.seed)
  const absences = apart(demo.absences)
  const leaves = demoLeaves(demo.seed, demo.calendar, demo.people, absences, demo.today)
  const { known } = await leavesStored(client, demo.seed)
  const missing = leaves.filter((leave) => !known.has(leave.id))
  const given = await numbersGiven(client, demo.seed)
  const steps: Step[] = [
    { what: '大厅和窗口 hall', tables: hallTables(demo) },
    { what: '人员和派驻 people', tables: peopleTables(demo, facts.secrets) },
    { what: '账号和角色 accounts', tables: [...accountTables(demo, facts.secrets), ...requestTables(demo)] },
    { what: '规则和日历 rules', tables: facts.documents },
    {
      what: '指纹机、终端和模板 readers',
      tables: [...consentTables(demo), ...readerTables(demo), ...doubtTables(demo, facts.secrets)],
    },
    {
      what: '请假、公出、停机 absences',
      tables: [
        ...leaveTables(demo.seed, missing, given),
        ...awayTables(demo.seed, absences, idsOfAll(leaves)),
        ...comingTables(demo.seed, leaves, new Set(absences.map((absence) => leaveIdOf(demo.seed, absence) ?? ''))),
        ...outageTables(demo.seed, demo.outages, '30536'),
      ],
    },
    { what: '年度总结 summaries', tables: registerTables(demo) },
    { what: '一年半签到 punches', tables: [punchTable(demo.seed, until(demo.presses, facts.nowMs))] },
  ]
  await run(client, steps, () => settle(client, centreId, demo.from, demo.today), progress)
}

type LiveLeave = { readonly id: string; readonly person: string; readonly first: string; readonly last: string }

const idsOfAll = (leaves: readonly { readonly id: string }[]) => new Set(leaves.map(({ id }) => id))

async function leavesStored(client: pg.ClientBase, seed: string) {
  const { rows } = await client.query<LiveLeave & { live: boolean }>(
    `SELECT id, person_id AS person, first_day::text AS first, last_day::text AS last,
            state IN ('submitted', 'approved') AS live
       FROM leave_request WHERE centre_id = $1::uuid`,
    [demoCentreId(seed)],
  )
  return { rows, known: new Set(rows.map((row) => row.id)) }
}

/** The days' requests that are not stored yet, and the absences that no request of a visitor stands against. */
async function newLeaves(client: pg.ClientBase, seed: string, days: LaterDays) {
  const { rows, known } = await leavesStored(client, seed)
  const stands = ({ person, first, last }: DemoDays['absences'][number]) =>
    rows.some((row) => row.live && row.person === person.id && row.first <= last && first <= row.last)
  const absences = apart(days.absences).filter((absence) => {
    const id = leaveIdOf(seed, absence)
    return id === null || known.has(id) || !stands(absence)
  })
  const leaves = demoLeaves(seed, buildCalendar([]), days.people, absences, null)
  return {
    absences,
    leaves: leaves.filter((leave) => !known.has(leave.id)),
    stored: new Set([...known, ...idsOfAll(leaves)]),
  }
}

async function numbersGiven(client: pg.ClientBase, seed: string): Promise<ReadonlyMap<number, number>> {
  const { rows } = await client.query<{ year: number; last: number }>(
    `SELECT year, last FROM paper_number WHERE centre_id = $1::uuid AND type = 'QJ'`,
    [demoCentreId(seed)],
  )
  return new Map(rows.map(({ year, last }) => [year, last]))
}

export type LaterDays = DemoDays & {
  readonly people: readonly DemoPerson[]
  readonly from: string
  readonly today: string
}

/** Adds what happened between two instants of the demo centre's life, when it was not running. */
export async function loadDays(
  client: pg.ClientBase,
  seed: string,
  centreId: string,
  days: LaterDays,
  span: { fromMs: number; toMs: number },
): Promise<void> {
  const table = punchTable(seed, until(days.presses, span.toMs))
  const missing = table.rows.filter((row) => Date.parse(String(row.at)) > span.fromMs)
  const { absences, leaves, stored } = await newLeaves(client, seed, days)
  const given = await numbersGiven(client, seed)
  const steps: Step[] = [
    {
      what: '请假、公出 absences',
      tables: [...leaveTables(seed, leaves, given), ...awayTables(seed, absences, stored)],
    },
    { what: '这几天的签到 punches', tables: [{ name: table.name, rows: missing }] },
  ]
  await run(
    client,
    steps,
    () => settle(client, centreId, days.from, days.today),
    () => {},
  )
}
