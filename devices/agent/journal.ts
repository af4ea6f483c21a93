import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { punchRecord } from '#devices/contract.ts'

const progress = z.object({ epoch: z.uuid(), through: z.int() })

/**
 * The lines of the spool's files. Each is `crc32 in hex, blank, length of the JSON in bytes, blank, JSON, newline`, so
 * that a line that was torn by a power cut is known as such. Older agents wrote no length; their lines are read too.
 */
export const journalEntry = z.discriminatedUnion('kind', [
  /** The first line: whose sequence numbers these are, and where this file goes on. */
  z.object({
    kind: z.literal('spool'),
    version: z.literal(1),
    epoch: z.uuid(),
    next: z.int(),
    through: z.int(),
    /** When this file was begun, by the server's clock; null when that was not known, absent in older files. */
    beganAt: z.iso.datetime().nullable().optional(),
    /** What the server has of earlier epochs. */
    earlier: z.array(progress).optional(),
  }),
  z.object({ kind: z.literal('punch'), punch: punchRecord }),
  /** Everything up to here is stored by the server; without an epoch: of this file's. */
  z.object({ kind: z.literal('stored'), through: z.int(), epoch: z.uuid().optional() }),
])
export type JournalEntry = z.infer<typeof journalEntry>
export type JournalHead = Extract<JournalEntry, { kind: 'spool' }>

export function encodeEntry(entry: JournalEntry): string {
  const text = JSON.stringify(entry)
  return `${checksum(text)} ${Buffer.byteLength(text)} ${text}\n`
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

const framed = /^([0-9a-f]{8}) (?:(\d{1,9}) )?(?=\{)/

function decodeEntry(line: string): JournalEntry | null {
  const frame = framed.exec(line)
  if (!frame) return null
  const text = line.slice(frame[0].length)
  if (frame[1] !== checksum(text)) return null
  if (frame[2] !== undefined && Number(frame[2]) !== Buffer.byteLength(text)) return null
  try {
    return journalEntry.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}
