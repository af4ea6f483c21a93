import { audit } from '#app/db/audit.server.ts'
import { publish } from '#app/db/events.server.ts'
import { nameSource, zoneIsOurs } from '#app/db/source-names.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export type ReaderNaming = {
  readonly centreId: string
  readonly id: string
  readonly name: string
  /** Empty: the same as the name. */
  readonly nameEn: string
  readonly zoneId: string | null
  readonly accountId: string
  readonly role: string
  readonly address: string | null
}

export type NamingRefusal = 'name_missing' | 'source_unknown'

const longest = 40

/** Gives a reader that reported itself by its serial number the name and zone that board and kiosks show. */
export async function nameReader(request: ReaderNaming): Promise<Result<null, NamingRefusal>> {
  const { centreId, id, zoneId, accountId: actor, role, address } = request
  const name = request.name.normalize('NFC').trim()
  const nameEn = request.nameEn.normalize('NFC').trim() || name
  if (name === '' || [...name].length > longest || [...nameEn].length > longest) return refuse('name_missing')
  return inTransaction(async (tx) => {
    if (zoneId !== null && !(await zoneIsOurs(tx, centreId, zoneId))) return refuse('source_unknown')
    if (!(await nameSource(tx, centreId, id, { name, nameEn, zoneId }))) return refuse('source_unknown')
    await audit(tx, { centreId, actor, role, action: 'reader.named', subject: id, detail: { name }, address })
    await publish(tx, { topic: 'source', centreId, id })
    return ok(null)
  })
}
