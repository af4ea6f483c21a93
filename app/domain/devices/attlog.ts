import { ok, type Result, refuse } from '#app/domain/result.ts'
import type { AttlogLayout } from './attlog-layouts.ts'
import { decodeLines, isText, type LineEncoding } from './attlog-text.ts'
import {
  joinTime,
  longestLine,
  problemAt,
  type RecordProblem,
  readRecord,
  type TerminalRecord,
} from './terminal-record.ts'

export type AttlogColumn = 'pin' | 'time' | 'device' | 'state' | 'verify' | 'work_code' | 'reserved'

const columnsOf: Readonly<Record<AttlogLayout, readonly AttlogColumn[]>> = {
  stick: ['pin', 'time', 'device', 'state', 'verify', 'work_code'],
  push: ['pin', 'time', 'state', 'verify', 'work_code', 'reserved'],
  short: ['pin', 'time', 'state', 'verify'],
}

/** No more problems are kept than anybody reads; all are counted. */
export const problemsKept = 200

export type AttlogReading = {
  readonly layout: AttlogLayout
  readonly columns: readonly { readonly meaning: AttlogColumn; readonly samples: readonly string[] }[]
  readonly encodings: Readonly<Partial<Record<LineEncoding, number>>>
  readonly lines: number
  readonly records: readonly TerminalRecord[]
  readonly bad: number
  readonly problems: readonly RecordProblem[]
}

type Line = { readonly number: number; readonly text: string; readonly encoding: LineEncoding }

/**
 * The records of an attlog.dat 导出文件: six columns as a memory stick has them, the columns of a push, or fewer; separated by
 * tabs, commas or blanks, numbers padded on the left. Every line is a record or a problem with its line, field and value; nothing
 * is guessed. The layout is found from the first lines unless somebody says which it is. Source: time-clock formats.
 */
export function readAttlog(
  bytes: Uint8Array,
  options: { readonly utcOffsetMinutes: number; readonly layout?: AttlogLayout | null },
): Result<AttlogReading, 'not_text' | 'nothing_in_it'> {
  if (!isText(bytes)) return refuse('not_text')
  const encodings: Partial<Record<LineEncoding, number>> = {}
  const lines: Line[] = []
  let number = 0
  for (const { text, encoding } of decodeLines(bytes)) {
    number += 1
    const trimmed = text.replace(/[\r\0]+$/, '')
    if (trimmed.trim() === '') continue
    encodings[encoding] = (encodings[encoding] ?? 0) + 1
    lines.push({ number, text: trimmed, encoding })
  }
  if (lines.length === 0) return refuse('nothing_in_it')
  const layout = options.layout ?? findLayout(lines, options.utcOffsetMinutes)
  const { records, problems, bad } = readLines(lines, layout, options.utcOffsetMinutes)
  return ok({ layout, columns: sampleColumns(lines, layout), encodings, lines: lines.length, records, problems, bad })
}

function readLines(lines: readonly Line[], layout: AttlogLayout, utcOffsetMinutes: number) {
  const records: TerminalRecord[] = []
  const problems: RecordProblem[] = []
  let bad = 0
  for (const line of lines) {
    const read = readLine(line, layout, utcOffsetMinutes)
    if ('record' in read) records.push(read.record)
    else {
      bad += 1
      if (problems.length < problemsKept) problems.push(read.problem)
    }
  }
  return { records, problems, bad }
}

function readLine({ number, text, encoding }: Line, layout: AttlogLayout, utcOffsetMinutes: number) {
  if (encoding === 'unreadable') return { problem: problemAt(number, 'line', 'unreadable', text) }
  if (text.length > longestLine) return { problem: problemAt(number, 'line', 'too_long', text) }
  const fields = fieldsOf(text)
  if (fields.length < 2) return { problem: problemAt(number, 'line', 'too_few', text.trim()) }
  const at = (column: AttlogColumn) => fields[columnsOf[layout].indexOf(column)]
  const raw = { pin: fields[0] ?? '', time: fields[1] ?? '', state: at('state'), verify: at('verify') }
  return readRecord(number, raw, utcOffsetMinutes)
}

/** A line's fields, with day and time together: by tabs, else commas, else blanks. */
function fieldsOf(text: string): readonly string[] {
  if (text.includes('\t')) return joinTime(text.split('\t'))
  if (text.includes(',')) return joinTime(text.split(',').map((field) => field.replace(/^\s*"|"\s*$/g, '')))
  return joinTime(text.trim().split(/\s+/))
}

const sampled = 200

/**
 * Which layout most of the first lines have. Seven columns and more only a push has; up to four leave no room for a device. With
 * five or six the third is the device's own number, the same in every line, unless it changes while only states stand in it.
 */
function findLayout(lines: readonly Line[], utcOffsetMinutes: number): AttlogLayout {
  const good = lines.slice(0, sampled * 5).flatMap((line) => {
    const fields = fieldsOf(line.text)
    const time = fields[1] ?? ''
    const read = readRecord(
      line.number,
      { pin: fields[0] ?? '', time, state: undefined, verify: undefined },
      utcOffsetMinutes,
    )
    return 'record' in read ? [trimmed(fields)] : []
  })
  const widths = good.map((fields) => fields.length).sort((a, b) => a - b)
  const width = widths[widths.length >> 1] ?? 6
  if (width >= 7) return 'push'
  if (width <= 4) return 'short'
  const third = new Set(good.map((fields) => fields[2]?.trim()))
  const states = [...third].every((value) => /^([0-5]|255)$/.test(value ?? ''))
  return third.size > 1 && states ? 'push' : 'stick'
}

/** Without the empty field that a tab at the end of a line leaves. */
function trimmed(fields: readonly string[]): readonly string[] {
  return fields[fields.length - 1]?.trim() === '' ? fields.slice(0, -1) : fields
}

/** The columns as they will be read, each with what stands in the first lines. */
function sampleColumns(lines: readonly Line[], layout: AttlogLayout): AttlogReading['columns'] {
  const rows = lines.slice(0, 3).map((line) => fieldsOf(line.text))
  const width = Math.min(Math.max(2, ...rows.map((row) => trimmed(row).length)), columnsOf[layout].length)
  return columnsOf[layout].slice(0, width).map((meaning, index) => ({
    meaning,
    samples: rows.map((row) => (row[index] ?? '').trim().slice(0, 30)),
  }))
}

/** The serial number in the name that a terminal gives its file, as in "CKUG200560001_attlog.dat"; null when there is none. */
export function serialInName(name: string): string | null {
  return /(?:^|[\\/])([A-Za-z0-9-]{4,40})_attlog\.dat$/i.exec(name)?.[1] ?? null
}
