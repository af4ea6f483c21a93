import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { punchRecord } from '#devices/contract.ts'

/**
 * The lines of the spool's file. Each is `crc32 in hex, blank, JSON, newline`, so that a line that was torn by a power
 * cut is known as such.
 */
export const journalEntry = z.discriminatedUnion('kind', [
  /** The first line: whose sequence numbers these are, and where a compacted file goes on. */
  z.object({ kind: z.literal('spool'), version: z.literal(1), epoch: z.uuid(), next: z.int(), through: z.int() }),
  z.object({ kind: z.literal('punch'), punch: punchRecord }),
  /** Everything up to here is stored by the server. */
  z.object({ kind: z.literal('stored'), through: z.int() }),
])
export type JournalEntry = z.infer<typeof journalEntry>

export function encodeEntry(entry: JournalEntry): string {
  const text = JSON.stringify(entry)
  return `${checksum(text)} ${text}\n`
}

export type JournalReading = {
  entries: JournalEntry[]
  /** Length of the part that may be kept: everything before a torn tail. */
  goodBytes: number
  tornBytes: number
  /** Damaged lines with good ones behind them: not a torn tail but a damaged disk. */
  damagedLines: number
}

/** Reads what can be read. Only an unreadable end counts as torn; damage in the middle is stepped over and counted. */
export function readJournal(bytes: Buffer): JournalReading {
  const reading: JournalReading = { entries: [], goodBytes: 0, tornBytes: 0, damagedLines: 0 }
  let bad = 0
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start)
    const end = newline < 0 ? bytes.length : newline + 1
    const entry = newline < 0 ? null : decodeEntry(bytes.toString('utf8', start, newline))
    if (entry) {
      reading.entries.push(entry)
      reading.goodBytes = end
      reading.damagedLines += bad
      bad = 0
    } else {
      bad++
    }
    start = end
  }
  reading.tornBytes = bytes.length - reading.goodBytes
  return reading
}

function decodeEntry(line: string): JournalEntry | null {
  const text = line.slice(9)
  if (line.slice(0, 8) !== checksum(text) || line[8] !== ' ') return null
  try {
    return journalEntry.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}
