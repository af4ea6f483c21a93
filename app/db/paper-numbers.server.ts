import type { Tx } from './transaction.server.ts'

/** Types of numbered papers 编号: leave slips 请假, annual assessment 考核. */
export type PaperType = 'QJ' | 'KH'

/**
 * The next number of a type and year, as "QJ-2026-0871". Whoever takes one holds the row until the transaction ends: one that
 * fails gives its number back, so that the numbers have no gaps. Source: decisions 1.
 */
export async function nextPaperNumber(tx: Tx, centreId: string, type: PaperType, year: number): Promise<string> {
  const [number] = await nextPaperNumbers(tx, centreId, type, year, 1)
  if (number === undefined) throw new Error(`no number was given for ${type} ${year}`)
  return number
}

/** So many numbers of a type and year, one after the other, as `nextPaperNumber` gives one. */
export async function nextPaperNumbers(
  tx: Tx,
  centreId: string,
  type: PaperType,
  year: number,
  count: number,
): Promise<string[]> {
  const [row] = await tx.$queryRaw<{ last: number }[]>`
    INSERT INTO paper_number AS known (centre_id, type, year, last)
    VALUES (${centreId}::uuid, ${type}, ${year}, ${count})
    ON CONFLICT (centre_id, type, year) DO UPDATE SET last = known.last + ${count}
    RETURNING last`
  if (!row) return []
  const first = row.last - count + 1
  return Array.from({ length: count }, (_, index) => `${type}-${year}-${String(first + index).padStart(4, '0')}`)
}
