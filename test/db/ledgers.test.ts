import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { audit } from '#app/db/audit.server.ts'
import { pool, prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'

const { asOwner } = useDatabase()
let fixture: Fixture

const at = new Date('2026-11-20T01:00:00.000Z')
const ledgers = [
  'punch',
  'reader_event',
  'audit_entry',
  'audit_seal',
  'leave_decision',
  'record_change',
  'stored_file',
  'punch_ruling',
  'kiosk_claim',
] as const
const column = {
  punch: 'subject',
  reader_event: 'kind',
  audit_entry: 'action',
  audit_seal: 'entries',
  leave_decision: 'note',
  record_change: 'record',
  stored_file: 'name',
  punch_ruling: 'reason',
  kiosk_claim: 'seq',
} as const

beforeAll(async () => {
  fixture = await makeCentre(prisma)
  const { centreId, sourceIds } = fixture
  const [sourceId] = sourceIds
  await addClaim({ centreId, sourceId, spoolEpoch: randomUUID(), seq: 1n, at })
  await prisma.readerEvent.create({ data: { centreId, id: newId(), sourceId, at, kind: 'not_recognised' } })
  await audit(prisma, { centreId, actor: 'system', action: 'tried' })
  await prisma.auditSeal.create({
    data: {
      centreId,
      seq: 1n,
      lastEntry: newId(),
      entries: 1,
      previous: new Uint8Array(32),
      hash: new Uint8Array(32),
      sealedAt: at,
    },
  })
  await addPapers()
})

type PunchKey = { centreId: string; sourceId: string; spoolEpoch: string; seq: bigint; at: Date }

/** A punch that somebody without a finger made at a kiosk, and that was confirmed. */
async function addClaim(key: PunchKey): Promise<void> {
  const { centreId } = key
  const { personIds, accountIds } = fixture
  const [kioskId, wayId] = [newId(), newId()]
  const by = { personId: personIds[0], givenBy: accountIds.hr, startsAt: at, reason: 'tried' }
  await prisma.punch.create({ data: { ...key, subject: '1', receivedAt: at, quarantine: 'unconfirmed' } })
  await prisma.kiosk.create({
    data: { centreId, id: kioskId, name: 'hall', tokenHash: new Uint8Array(32), pairedAt: at },
  })
  await prisma.alternateWay.create({ data: { centreId, id: wayId, kind: 'pin', pinHash: 'x', ...by } })
  await prisma.kioskClaim.create({ data: { ...key, kioskId, wayId } })
  const decided = { decision: 'release', countsAt: at, reason: 'tried', decidedBy: accountIds.hr, decidedAt: at }
  await prisma.punchRuling.create({ data: { ...key, ...decided } })
}

/** A request with a decision on it, a change to a record, and a file. */
async function addPapers(): Promise<void> {
  const { centreId, personIds, accountIds } = fixture
  const [personId] = personIds
  const requestId = newId()
  const day = new Date('2026-11-20T00:00:00.000Z')
  const halves = { firstDay: day, firstHalf: 'am', lastDay: day, lastHalf: 'pm', workingHalves: 2, calendarHalves: 2 }
  await prisma.leaveRequest.create({
    data: { centreId, id: requestId, personId, kind: 'annual', ...halves, reason: '', createdAt: at },
  })
  const decision = { requestId, round: 1, step: 0, party: 'applicant', act: 'submitted', actorId: accountIds.staff }
  await prisma.leaveDecision.create({ data: { centreId, id: newId(), ...decision, at } })
  const change = { actorId: accountIds.hr, record: 'person', recordId: personId, kind: 'edited' }
  await prisma.recordChange.create({ data: { centreId, id: newId(), at, ...change } })
  const file = { sha256: new Uint8Array(32), mediaType: 'image/png', name: 'slip', size: 1, bytes: new Uint8Array(1) }
  await prisma.storedFile.create({ data: { centreId, id: newId(), ...file, createdAt: at, createdBy: accountIds.hr } })
}

describe.each(ledgers)('ledger %s', (table) => {
  const statements = [
    `UPDATE ${table} SET ${column[table]} = ${column[table]}`,
    `DELETE FROM ${table}`,
    `TRUNCATE ${table} CASCADE`,
  ]

  it.each(statements)('as the web process: %s', async (sql) => {
    await expect(pool.query(sql)).rejects.toMatchObject({ code: '42501' })
  })

  it.each(statements)('as the owner: %s', async (sql) => {
    await expect(asOwner(sql)).rejects.toMatchObject({ code: '55000', message: expect.stringContaining('append-only') })
  })

  it('still holds what was written', async () => {
    const { rows } = await pool.query(`SELECT count(*)::int AS n FROM ${table}`)
    expect(rows[0].n).toBe(1)
  })
})

describe('the web role', () => {
  it('owns nothing and creates nothing', async () => {
    await expect(pool.query('CREATE TABLE mine (id int)')).rejects.toMatchObject({ code: '42501' })
    await expect(pool.query('ALTER TABLE punch DISABLE TRIGGER ALL')).rejects.toMatchObject({ code: '42501' })
    await expect(pool.query('CREATE SCHEMA mine')).rejects.toMatchObject({ code: '42501' })
  })

  it('deletes no person, account or centre', async () => {
    for (const table of ['centre', 'person', 'account', 'source', 'agent', 'leave_request', 'access_request']) {
      await expect(pool.query(`DELETE FROM ${table}`)).rejects.toMatchObject({ code: '42501' })
    }
  })

  it('meets new tables as ledgers', async () => {
    await asOwner('CREATE TABLE later (id int)')
    await pool.query('INSERT INTO later VALUES (1)')
    await expect(pool.query('UPDATE later SET id = 2')).rejects.toMatchObject({ code: '42501' })
    await asOwner('DROP TABLE later')
  })
})

describe('a rule set', () => {
  it('in force is neither changed nor removed, a draft is', async () => {
    const { centreId } = fixture
    const active = { where: { centreId } }
    await expect(prisma.ruleSet.updateMany({ ...active, data: { name: 'other' } })).rejects.toThrow(/is active/)
    await expect(prisma.ruleSet.deleteMany(active)).rejects.toThrow(/is active/)
    const id = newId()
    await prisma.ruleSet.create({
      data: {
        ...{ centreId, id, kind: 'attendance', version: 'draft-1', name: '草案', source: {}, document: {} },
        validFrom: at,
        createdAt: at,
      },
    })
    await prisma.ruleSet.update({ where: { centreId_id: { centreId, id } }, data: { name: '草案二' } })
    await prisma.ruleSet.delete({ where: { centreId_id: { centreId, id } } })
  })
})
