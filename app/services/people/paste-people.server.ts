import { pasteLookup } from '#app/db/hall-structure.server.ts'
import { lockNumbers } from '#app/db/person-write.server.ts'
import { centreDay } from '#app/db/postings.server.ts'
import type { By } from '#app/db/record-changes.server.ts'
import { keepIf } from '#app/db/rollback.server.ts'
import type { Tx } from '#app/db/transaction.server.ts'
import {
  type PasteColumn,
  type PasteLookup,
  type PasteProblem,
  type PasteRow,
  type PasteTable,
  readPaste,
  readPasteLine,
} from '#app/domain/people/paste.ts'
import { createPerson } from './new-person.ts'

export type PastePreview = Pick<PasteTable, 'header' | 'missing' | 'tooMany'> & {
  readonly rows: readonly PasteRow[]
  /** How many rows could be stored as they are. */
  readonly ready: number
  /** How many were stored: all of them, or 0. */
  readonly added: number
}

/** Reads a pasted table and tries every row against what is stored; nothing is kept. */
export function previewPaste(by: By, text: string, atMs: number): Promise<PastePreview> {
  return keepIf(
    () => false,
    (tx) => enter(tx, by, text, atMs),
  )
}

/** Stores a pasted table of people, all of it or nothing: with any problem left it answers the preview again. */
export async function addPeople(by: By, text: string, atMs: number): Promise<PastePreview> {
  const whole = (preview: PastePreview) =>
    preview.missing.length === 0 && !preview.tooMany && preview.rows.length > 0 && preview.ready === preview.rows.length
  const preview = await keepIf(whole, (tx) => enter(tx, by, text, atMs))
  return { ...preview, added: whole(preview) ? preview.ready : 0 }
}

async function enter(tx: Tx, by: By, text: string, atMs: number): Promise<PastePreview> {
  const table = readPaste(text)
  await lockNumbers(tx, by.centreId)
  const today = await centreDay(tx, by.centreId, atMs)
  const lookup = await pasteLookup(tx, by.centreId, today)
  const rows: PasteRow[] = []
  if (table.missing.length === 0)
    for (const line of table.lines) rows.push(await enterLine(tx, by, line, lookup, today, atMs))
  const { header, missing, tooMany } = table
  return { header, missing, tooMany, rows, ready: rows.filter((row) => row.problems.length === 0).length, added: 0 }
}

async function enterLine(
  tx: Tx,
  by: By,
  line: PasteTable['lines'][number],
  lookup: PasteLookup,
  today: string,
  atMs: number,
): Promise<PasteRow> {
  const { row, entry } = readPasteLine(line, lookup, today)
  if (!entry) return row
  const made = await createPerson(tx, by, entry, atMs)
  if (made.ok) return row
  const column = columnOf[made.code] ?? null
  const problem: PasteProblem = {
    column,
    code: made.code,
    facts: made.facts,
    value: column ? (row.cells[column] ?? '') : '',
  }
  return { ...row, problems: [problem] }
}

/** The column that a refusal of the services belongs to. */
const columnOf: Readonly<Partial<Record<string, PasteColumn>>> = {
  number_taken: 'staffNumber',
  number_taken_left: 'staffNumber',
  number_used: 'staffNumber',
  id_number_taken: 'idNumber',
  due_before_start: 'dueOn',
  unit_ended: 'unit',
  no_posting: 'startsOn',
  outside_posting: 'startsOn',
  window_not_open: 'window',
  window_not_open_open: 'window',
  a_post_taken: 'post',
  a_post_taken_open: 'post',
  chief_taken: 'post',
  chief_taken_open: 'post',
}
