import { beforeEach, describe, expect, it } from 'vitest'
import { now } from '#app/clock.server.ts'
import { audit } from '#app/db/audit.server.ts'
import { sealAudit, verifyAudit } from '#app/db/audit-seal.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { useDatabase } from '#test/support/database.ts'

const { asOwner } = useDatabase()
let centreId = ''

const soon = () => now() + 120_000

async function note(...actions: readonly string[]): Promise<void> {
  for (const action of actions) {
    await audit(prisma, { centreId, actor: 'system', action, detail: { b: 1, a: [2, { d: 'x', c: null }] } })
  }
}

/** As somebody would who has the whole server: with the triggers out of the way. */
async function tamper(sql: string): Promise<void> {
  await asOwner(`SET session_replication_role = replica; ${sql}`)
}

beforeEach(async () => {
  centreId = newId()
  await prisma.centre.create({ data: { id: centreId, name: '中心', nameEn: 'Centre', createdAt: new Date(0) } })
  await note('one', 'two', 'three')
})

describe('the chain of seals', () => {
  it('leaves alone what may still be joined by an entry of a running transaction', async () => {
    expect(await sealAudit(now())).toBe(0)
    expect(await verifyAudit(centreId)).toMatchObject({ ok: true, seals: 0, waiting: 3 })
  })

  it('holds over several batches, also when two sealers run at once', async () => {
    await Promise.all([sealAudit(soon()), sealAudit(soon())])
    await note('four')
    await sealAudit(soon())
    expect(await verifyAudit(centreId)).toMatchObject({
      ok: true,
      seals: 2,
      sealedEntries: 4,
      waiting: 0,
      problem: null,
    })
  })

  it('shows an altered entry', async () => {
    await sealAudit(soon())
    await tamper(`UPDATE audit_entry SET actor = 'somebody' WHERE centre_id = '${centreId}' AND action = 'two'`)
    expect(await verifyAudit(centreId)).toMatchObject({ ok: false, problem: { seq: 1, what: 'entries' } })
  })

  it('shows a removed entry, and an added one', async () => {
    await sealAudit(soon())
    await tamper(`DELETE FROM audit_entry WHERE centre_id = '${centreId}' AND action = 'two'`)
    expect((await verifyAudit(centreId)).problem).toMatchObject({ seq: 1, what: 'entries' })
    const at = new Date(now() - 3_600_000)
    await prisma.auditEntry.create({ data: { centreId, id: newId(), at, actor: 'system', action: 'backdated' } })
    expect((await verifyAudit(centreId)).problem).toMatchObject({ seq: 1, what: 'entries' })
  })

  it('shows a removed seal and an altered one', async () => {
    await sealAudit(soon())
    await note('four')
    await sealAudit(soon())
    await tamper(
      `UPDATE audit_seal SET hash = decode(repeat('00', 32), 'hex') WHERE centre_id = '${centreId}' AND seq = 1`,
    )
    expect((await verifyAudit(centreId)).problem).toMatchObject({ seq: 1 })
    await tamper(`DELETE FROM audit_seal WHERE centre_id = '${centreId}' AND seq = 1`)
    expect((await verifyAudit(centreId)).problem).toMatchObject({ seq: 2, what: 'link' })
  })
})
