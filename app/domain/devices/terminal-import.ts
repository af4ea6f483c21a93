import { z } from 'zod'
import type { AttlogReading } from './attlog.ts'
import { type AttlogLayout, attlogLayouts } from './attlog-layouts.ts'
import type { TerminalRecord } from './terminal-record.ts'

const count = z.int().min(0)

/** What is kept of an uploaded file between its preview and its storing 导入预览. */
export const importCounts = z.object({
  chosen: z.enum(attlogLayouts).nullable(),
  layout: z.enum(attlogLayouts),
  columns: z.array(z.object({ meaning: z.string(), samples: z.array(z.string()) })),
  encodings: z.record(z.string(), count),
  lines: count,
  records: count,
  /** The same record twice in the file. */
  twice: count,
  bad: count,
  problems: z.array(z.object({ line: z.int(), field: z.string(), code: z.string(), value: z.string() })),
  fresh: count,
  known: count,
  doubtful: count,
  firstMs: z.number().nullable(),
  lastMs: z.number().nullable(),
  unknownPins: count,
  somePins: z.array(z.string()),
  progress: z.object({ done: count, total: count, atMs: z.number(), broken: z.boolean() }).nullable(),
  result: z.object({ stored: count, known: count, doubtful: count }).nullable(),
})

export type ImportCounts = z.infer<typeof importCounts>

/** The records of a file without the same one twice: number, time and state make it one. */
export function distinctRecords(records: readonly TerminalRecord[]): TerminalRecord[] {
  const seen = new Map<string, TerminalRecord>()
  for (const record of records) {
    const key = `${record.subject} ${record.atMs} ${record.state ?? ''}`
    if (!seen.has(key)) seen.set(key, record)
  }
  return [...seen.values()]
}

export type Compared = {
  readonly fresh: number
  readonly doubtful: number
  readonly unknownPins: readonly string[]
}

const pinsShown = 30

/** The preview of a file: what was read, and what of it would be new. */
export function previewCounts(
  reading: AttlogReading,
  distinct: readonly TerminalRecord[],
  chosen: AttlogLayout | null,
  { fresh, doubtful, unknownPins }: Compared,
): ImportCounts {
  let firstMs: number | null = null
  let lastMs: number | null = null
  for (const { atMs } of distinct) {
    firstMs = firstMs === null ? atMs : Math.min(firstMs, atMs)
    lastMs = lastMs === null ? atMs : Math.max(lastMs, atMs)
  }
  return {
    chosen,
    layout: reading.layout,
    columns: reading.columns.map(({ meaning, samples }) => ({ meaning, samples: [...samples] })),
    encodings: reading.encodings as Record<string, number>,
    lines: reading.lines,
    records: distinct.length,
    twice: reading.records.length - distinct.length,
    bad: reading.bad,
    problems: reading.problems.map((problem) => ({ ...problem })),
    fresh,
    known: distinct.length - fresh,
    doubtful,
    firstMs,
    lastMs,
    unknownPins: unknownPins.length,
    somePins: unknownPins.slice(0, pinsShown),
    progress: null,
    result: null,
  }
}

/** No word for so long from a storing that should be going on: the server was stopped meanwhile, and nothing of it is stored. */
const quietMs = 30_000

/** How far an import is 导入进度. */
export function importStage(counts: ImportCounts, nowMs: number): 'preview' | 'storing' | 'broken' | 'stored' {
  if (counts.result !== null) return 'stored'
  if (counts.progress === null) return 'preview'
  return counts.progress.broken || nowMs - counts.progress.atMs > quietMs ? 'broken' : 'storing'
}
