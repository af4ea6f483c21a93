import type { CivilDay } from '#app/domain/attendance/day.ts'
import { type NameChange, normaliseName } from './name-input.ts'
import { pasteColumns, pasteLimit } from './paste-columns.ts'
import type { identityKinds } from './person.ts'
import {
  type PersonInput,
  type PersonNote,
  type Problem,
  personInput,
  personNotes,
  problemsOf,
} from './person-input.ts'
import { chiefInput, postInput, postingInput } from './posting-input.ts'
import { tidy } from './read-fields.ts'

export { pasteColumns, pasteLimit }
export type PasteColumn = keyof typeof pasteColumns
export const pasteNeeded: readonly PasteColumn[] = ['staffNumber', 'name', 'identityKind']

const kinds: Readonly<Record<string, (typeof identityKinds)[number]>> = {
  公务员: 'civil_servant',
  行政: 'civil_servant',
  参公: 'reference_managed',
  参照公务员管理: 'reference_managed',
  事业管理: 'institution_management',
  事业专技: 'institution_technical',
  事业工勤: 'institution_worker',
  机关工勤: 'agency_worker',
  编外: 'contract',
  编外聘用: 'contract',
  聘用: 'contract',
  合同: 'contract',
  合同制: 'contract',
  劳务派遣: 'labour_dispatch',
  劳务: 'labour_dispatch',
  企业派驻: 'enterprise',
  企业: 'enterprise',
  实习: 'trainee',
  实习志愿: 'trainee',
  志愿: 'trainee',
}

const genderWords: Readonly<Record<string, string>> = { 男: 'male', 女: 'female', m: 'male', f: 'female' }

const postWords: Readonly<Record<string, string>> = {
  A岗: 'a',
  A: 'a',
  a: 'a',
  B岗: 'b',
  B: 'b',
  b: 'b',
  后备: 'reserve',
  导服: 'guide',
  后台: 'back_office',
  后台审批: 'back_office',
  值班长: 'duty_officer',
  首席: 'chief',
  首席代表: 'chief',
}

function word(table: Readonly<Record<string, string>>, text: string): string {
  const plain = tidy(text.normalize('NFKC')).replace(/\s/gu, '')
  return (Object.hasOwn(table, plain) ? table[plain] : undefined) ?? tidy(text)
}

export type PasteCells = Readonly<Partial<Record<PasteColumn, string>>>
export type PasteLine = { readonly line: number; readonly cells: PasteCells }
export type PasteTable = {
  /** What each column of the table is, by its place; null for one that is not known and is left out. */
  readonly header: readonly { readonly label: string; readonly column: PasteColumn | null }[]
  readonly missing: readonly PasteColumn[]
  readonly lines: readonly PasteLine[]
  readonly tooMany: boolean
}

function columnOf(label: string): PasteColumn | null {
  const plain = tidy(label.normalize('NFKC'))
    .toLowerCase()
    .replace(/[\s()*:：（）]/gu, '')
  const found = Object.entries(pasteColumns).find(([, words]) =>
    words.some((one) => one.replace(/\s/gu, '').toLowerCase() === plain),
  )
  return found ? (found[0] as PasteColumn) : null
}

/** Cells between tabs as a spreadsheet copies them: a cell in quotation marks may hold tabs, line breaks and doubled marks. */
function grid(text: string): string[][] {
  const rows: string[][] = [[]]
  const cell = /(?:"((?:[^"]|"")*)"(?=\t|\r?\n|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gu
  for (const match of text.matchAll(cell)) {
    rows.at(-1)?.push(match[1] === undefined ? (match[2] ?? '') : match[1].replace(/""/gu, '"'))
    if (match[3] === '') break
    if (match[3] !== '\t') rows.push([])
  }
  return rows
}

/** Reads a pasted table: the first line names the columns, in any order; empty lines are passed over. */
export function readPaste(text: string): PasteTable {
  const rows = grid(text.replace(/^\ufeff/u, '')).map((cells, index) => ({ cells, line: index + 1 }))
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  const [head, ...body] = filled
  const labels = head?.cells.map((label) => tidy(label)) ?? []
  const columns = labels.map(columnOf)
  const header = labels.map((label, index) => {
    const column = columns[index] ?? null
    return { label, column: columns.indexOf(column) === index ? column : null }
  })
  const lines = body.slice(0, pasteLimit).map(({ cells, line }) => ({ line, cells: cellsOf(cells, header) }))
  const missing = pasteNeeded.filter((column) => !header.some((one) => one.column === column))
  return { header, missing, lines, tooMany: body.length > pasteLimit }
}

function cellsOf(cells: readonly string[], header: PasteTable['header']): PasteCells {
  const named = header.flatMap(({ column }, index): [PasteColumn, string][] =>
    column === null ? [] : [[column, (cells[index] ?? '').trim()]],
  )
  return Object.fromEntries(named)
}

export type PasteProblem = Omit<Problem, 'code'> & {
  readonly column: PasteColumn | null
  readonly code: string
  readonly value: string
}

export type PasteRow = PasteLine & {
  readonly problems: readonly PasteProblem[]
  readonly notes: readonly PersonNote[]
  /** What was put right in the name by itself. */
  readonly changes: readonly NameChange[]
}

/** Where the words of a table are looked up: units by full or short name, windows by number. */
export type PasteLookup = {
  readonly unitId: (name: string) => string | null
  readonly windowId: (number: string) => string | null
}

export type PastePerson = {
  readonly person: PersonInput
  readonly posting: ReturnType<typeof postingInput.parse> | null
  readonly post: ReturnType<typeof postInput.parse> | null
  readonly chief: ReturnType<typeof chiefInput.parse> | null
}

/** One line of the table as the services want it, or all its problems by column. */
export function readPasteLine(
  { line, cells }: PasteLine,
  lookup: PasteLookup,
  today: CivilDay,
): { readonly row: PasteRow; readonly entry: PastePerson | null } {
  const typed = {
    ...cells,
    identityKind: word(kinds, cells.identityKind ?? ''),
    gender: word(genderWords, cells.gender ?? ''),
  }
  const person = personInput.safeParse(typed)
  const problems: PasteProblem[] = person.success ? [] : listed(problemsOf(person.error), cells)
  const posting = postingOf(cells, lookup, today, problems)
  const { post, chief } = postOf(cells, lookup, posting?.startsOn ?? today, problems)
  const row: PasteRow = {
    line,
    cells,
    problems,
    notes: person.success ? personNotes(person.data) : [],
    changes: normaliseName(cells.name ?? '').changes,
  }
  return { row, entry: person.success && problems.length === 0 ? { person: person.data, posting, post, chief } : null }
}

function listed(found: Readonly<Record<string, Problem>>, cells: PasteCells): PasteProblem[] {
  return Object.entries(found).map(([field, problem]) => {
    const column = Object.hasOwn(pasteColumns, field) ? (field as PasteColumn) : null
    return { column, code: problem.code, facts: problem.facts, value: column ? (cells[column] ?? '') : '' }
  })
}

function postingOf(cells: PasteCells, lookup: PasteLookup, today: CivilDay, problems: PasteProblem[]) {
  const name = tidy(cells.unit ?? '')
  if (name === '') return null
  const unitId = lookup.unitId(name)
  if (unitId === null) problems.push({ column: 'unit', code: 'unit_name_unknown', facts: { value: name }, value: name })
  const read = postingInput.safeParse({
    ...cells,
    unitId: unitId ?? '00000000-0000-0000-0000-000000000000',
    startsOn: cells.startsOn || today,
  })
  if (!read.success) problems.push(...listed(problemsOf(read.error), cells))
  return read.success && unitId !== null ? read.data : null
}

const noPost = { post: null, chief: null }

function postOf(cells: PasteCells, lookup: PasteLookup, startsOn: CivilDay, problems: PasteProblem[]) {
  const number = tidy((cells.window ?? '').normalize('NFKC')).toUpperCase()
  const kind = word(postWords, cells.post ?? '')
  if (number === '' && kind === '') return noPost
  const windowId = number === '' ? '' : lookup.windowId(number)
  if (windowId === null) {
    problems.push({ column: 'window', code: 'window_number_unknown', facts: { value: number }, value: number })
    return noPost
  }
  const typed = { windowId, startsOn, post: kind || 'reserve' }
  const read = kind === 'chief' ? chiefInput.safeParse(typed) : postInput.safeParse(typed)
  if (read.success) return 'post' in read.data ? { post: read.data, chief: null } : { post: null, chief: read.data }
  problems.push(...postProblem(problemsOf(read.error), cells))
  return noPost
}

/** Of what is wrong with a post, the one thing to say first, at the column it was typed in. */
function postProblem(found: Readonly<Record<string, Problem>>, cells: PasteCells): PasteProblem[] {
  const column = found.post ? 'post' : 'window'
  const first = found.post ?? found.windowId ?? Object.values(found)[0]
  return first ? [{ column, code: first.code, facts: first.facts, value: cells[column] ?? '' }] : []
}
