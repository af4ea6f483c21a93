import type { Tx } from './transaction.server.ts'

/** Types of numbered papers 编号: leave slips 请假, annual assessment 考核. */
export type PaperType = 'QJ' | 'KH'

/**
 * The next number of a type and year, as "QJ-2026-0871". Whoever takes one holds the row until the transaction ends: one that
 * fails gives its number back, so that the numbers have no gaps. Source: decisions 1.
 */
export async function nextPaperNumber(tx: Tx, centreId: string, type: PaperType, year: number): Promise<string> {
  const [row] = await tx.$queryRaw<{ last: number }[]>`
    INSERT INTO paper_number (centre_id, type, year, last) VALUES (${centreId}::uuid, ${type}, ${year}, 1)
    ON CONFLICT (centre_id, type, year) DO UPDATE SET last = paper_number.last + 1
    RETURNING last`
  if (!row) throw new Error(`no number was given for ${type} ${year}`)
  return `${type}-${year}-${String(row.last).padStart(4, '0')}`
}
