import type pg from 'pg'
import type { DemoData, DemoDays } from './demo.ts'
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
     SELECT p.centre_id, p.id, d::date
       FROM person p, generate_series($2::date, $3::date, interval '1 day') d
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

/** Ends a load: what derives from the facts is marked, to be made by the same code as everywhere. */
async function settle(client: pg.ClientBase, centreId: string, from: string, to: string): Promise<void> {
  await markStale(client, centreId, from, to)
  await noteLastPunches(client, centreId)
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
  const steps: Step[] = [
    { what: '大厅和窗口 hall', tables: hallTables(demo) },
    { what: '人员和派驻 people', tables: peopleTables(demo, facts.secrets) },
    { what: '账号和角色 accounts', tables: accountTables(demo, facts.secrets) },
    { what: '规则和日历 rules', tables: facts.documents },
    { what: '指纹机和模板 readers', tables: readerTables(demo) },
    {
      what: '请假、公出、停机 absences',
      tables: [...awayTables(demo.seed, demo.absences), ...outageTables(demo.seed, demo.outages, '30536')],
    },
    { what: '一年半签到 punches', tables: [punchTable(demo.seed, until(demo.presses, facts.nowMs))] },
  ]
  await run(client, steps, () => settle(client, centreId, demo.from, demo.today), progress)
}

/** Adds what happened between two instants of the demo centre's life, when it was not running. */
export async function loadDays(
  client: pg.ClientBase,
  seed: string,
  centreId: string,
  days: DemoDays & { from: string; today: string },
  span: { fromMs: number; toMs: number },
): Promise<void> {
  const table = punchTable(seed, until(days.presses, span.toMs))
  const missing = table.rows.filter((row) => Date.parse(String(row.at)) > span.fromMs)
  const steps: Step[] = [
    { what: '请假、公出 absences', tables: awayTables(seed, days.absences) },
    { what: '这几天的签到 punches', tables: [{ name: table.name, rows: missing }] },
  ]
  await run(
    client,
    steps,
    () => settle(client, centreId, days.from, days.today),
    () => {},
  )
}
