import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import { nextPaperNumbers } from './paper-numbers.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type RegisterKey = { readonly centreId: string; readonly personId: string; readonly year: number }

/** What a person has written for a year's form, as stored. Revision 0: numbered, never saved. */
export type OwnRegister = {
  readonly id: string
  readonly number: string
  readonly summary: string
  readonly training: string
  readonly savedAt: Date
  readonly savedBy: string
  readonly revision: number
}

const own = { id: true, number: true, summary: true, training: true, savedAt: true, savedBy: true, revision: true }

/** A person's own words of a year, or null when nothing is stored yet. */
export async function ownRegister(db: Db, { centreId, personId, year }: RegisterKey): Promise<OwnRegister | null> {
  return db.annualRegister.findUnique({
    where: { centreId_personId_year: { centreId, personId, year } },
    select: own,
  })
}

export type By = { readonly accountId: string; readonly atMs: number }

/** Gives everybody of the list who has none yet the year's next numbers 编号, in the order of the list. */
export async function openRegisters(
  tx: Tx,
  centreId: string,
  year: number,
  personIds: readonly string[],
  by: By,
): Promise<void> {
  // One writer at a time: numbers are given without gaps, and never twice.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`registers/${centreId}/${year}`}, 0))::text`
  const known = await tx.annualRegister.findMany({
    where: { centreId, year, personId: { in: [...personIds] } },
    select: { personId: true },
  })
  const have = new Set(known.map((row) => row.personId))
  const missing = [...new Set(personIds)].filter((id) => !have.has(id))
  if (missing.length === 0) return
  const numbers = await nextPaperNumbers(tx, centreId, 'KH', year, missing.length)
  await tx.annualRegister.createMany({
    data: missing.map((personId, index) => ({
      centreId,
      id: newId(),
      personId,
      year,
      number: numbers[index] as string,
      savedAt: new Date(by.atMs),
      savedBy: by.accountId,
    })),
  })
}

/** Saves over exactly the revision that the writer saw; false when somebody was faster. */
export async function saveOwnWords(
  tx: Tx,
  { centreId, personId, year }: RegisterKey,
  words: { readonly summary: string; readonly training: string; readonly revision: number },
  by: By,
): Promise<boolean> {
  const { count } = await tx.annualRegister.updateMany({
    where: { centreId, personId, year, revision: words.revision },
    data: {
      summary: words.summary,
      training: words.training,
      savedAt: new Date(by.atMs),
      savedBy: by.accountId,
      revision: { increment: 1 },
    },
  })
  return count === 1
}
