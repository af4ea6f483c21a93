import { rareCharacters } from '#app/domain/people/characters/rare.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

/** Han characters outside the two-byte part of GB 18030; the pure function decides, this only keeps the answer short. */
const outside = '[\\u3400-\\u4DBF\\u9FA6-\\u9FFF\\U00020000-\\U000323AF]'

/** The characters of this centre's saved names that fonts of office machines lack. */
export async function rareCharactersOf(db: Tx | PrismaClient, centreId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT name FROM person WHERE centre_id = ${centreId}::uuid AND name ~ ${outside}
    UNION
    SELECT name_on_card FROM person WHERE centre_id = ${centreId}::uuid AND name_on_card ~ ${outside}
    UNION
    SELECT display_name FROM account WHERE centre_id = ${centreId}::uuid AND display_name ~ ${outside}`
  return rareCharacters(rows.map((row) => row.name))
}
