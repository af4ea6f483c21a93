import type { Prisma } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type At = { readonly centreId: string; readonly sourceId: string; readonly nowMs: number }

const mostLines = 20
const longest = 200
/** What could carry a finger, a face or a password is not kept, whichever table it came in. */
const secret = /tmp=|template|content=|passwd=|card=/i

/** Keeps lines that are no records 无法识别的记录, each once and cut short, so that somebody can read what the terminal meant. */
export async function keepBadLines(tx: Tx, { centreId, sourceId, nowMs }: At, lines: readonly string[]): Promise<void> {
  const texts = lines.filter((line) => !secret.test(line)).map((line) => clean(line))
  const wanted = [...new Set(texts)].slice(0, mostLines)
  if (wanted.length === 0) return
  const known = await tx.$queryRaw<{ text: string }[]>`
    SELECT detail->>'text' AS text FROM reader_event
     WHERE centre_id = ${centreId}::uuid AND source_id = ${sourceId}::uuid AND kind = 'bad_record'
       AND detail->>'text' = ANY(${wanted}::text[])`
  const before = new Set(known.map((row) => row.text))
  const fresh = wanted.filter((text) => !before.has(text))
  await tx.readerEvent.createMany({
    data: fresh.map((text) => ({
      centreId,
      id: newId(),
      sourceId,
      at: new Date(nowMs),
      kind: 'bad_record',
      detail: { text },
    })),
  })
}

/** So much in one piece is no field of a record: coded bytes, a template for all anybody knows. */
const coded = /[A-Za-z0-9+/=_-]{32,}/g

/** No character that the database cannot store, nothing coded, and no more than a line. */
function clean(line: string): string {
  return [...line.replace(coded, '…').replace(/[\p{Cc}\p{Cs}]/gu, ' ')].slice(0, longest).join('')
}

/** Notes something else that happened at a terminal. */
export async function noteTerminalEvent(
  tx: Tx,
  { centreId, sourceId, nowMs }: At,
  kind: 'clock_jump' | 'terminal_reset',
  detail: Prisma.InputJsonObject,
): Promise<void> {
  await tx.readerEvent.create({ data: { centreId, id: newId(), sourceId, at: new Date(nowMs), kind, detail } })
}
