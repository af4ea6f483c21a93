import { beforeAll, describe, expect, it } from 'vitest'
import { pool, prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'

useDatabase()

let fixture: Fixture

beforeAll(async () => {
  fixture = await makeCentre(prisma)
})

type Row = Readonly<Record<string, unknown>>

/** The name of the constraint or index that refused, or null when the row went in. */
async function refusedRow(table: string, row: Row): Promise<string | null> {
  const whole = { centre_id: fixture.centreId, ...row }
  const names = Object.keys(whole).map((name) => `"${name}"`)
  const places = names.map((_, index) => `$${index + 1}`)
  return pool.query(`INSERT INTO "${table}" (${names}) VALUES (${places})`, Object.values(whole)).then(
    () => null,
    (error: { constraint?: string; message: string }) => error.constraint ?? error.message,
  )
}

const refusal = (table: string, row: Row) => refusedRow(table, { id: newId(), ...row })
const insertPunch = (row: Row) => refusedRow('punch', row)

describe('what there is once', () => {
  const alarm = () => ({ kind: 'reader_offline', source_id: fixture.sourceIds[0], opened_at: new Date(0) })
  const terminal = () => ({ kind: 'terminal', serial: 'T-ONCE', name: '', name_en: '', place: '', place_en: '' })
  const pushed = () => ({
    ...{ source_id: fixture.sourceIds[0], spool_epoch: newId(), subject: '77', state: 0 },
    ...{ at: new Date(86_400_000), received_at: new Date(86_400_000) },
  })

  it('one open alarm for one cause; a closed one makes room', async () => {
    expect(await refusal('alarm', { ...alarm(), closed_at: new Date(1) })).toBeNull()
    expect(await refusal('alarm', alarm())).toBeNull()
    expect(await refusal('alarm', alarm())).toBe('alarm_open_once')
    expect(await refusal('alarm', { ...alarm(), kind: 'reader_fault' })).toBeNull()
    expect(await refusal('alarm', { ...alarm(), source_id: fixture.sourceIds[1] })).toBeNull()
    expect(await refusal('alarm', { ...alarm(), source_id: null })).toBe('alarm_of_something')
  })

  it('one terminal for one serial number, in whichever centre; a retired one makes room', async () => {
    const [one, two] = [await makeCentre(prisma), await makeCentre(prisma)]
    expect(await refusal('source', { ...terminal(), centre_id: one.centreId, retired_at: new Date(0) })).toBeNull()
    expect(await refusal('source', { ...terminal(), centre_id: two.centreId })).toBeNull()
    expect(await refusal('source', terminal())).toBe('source_terminal_serial')
    expect(await refusal('source', { ...terminal(), kind: 'file' })).toBeNull()
  })

  it('one record of a terminal however often it is pushed; readers have a sequence instead', async () => {
    const values = (seq: number, changes: Row = {}) => insertPunch({ ...pushed(), seq, ...changes })
    expect(await values(1)).toBeNull()
    expect(await values(2)).toBe('punch_terminal_once')
    expect(await values(3, { state: 1 })).toBeNull()
    expect(await values(4, { state: null })).toBeNull()
    expect(await values(5, { state: null })).toBeNull()
  })

  it('one ruling and one claim for one punch, and a released one counts at some time', async () => {
    const key = { source_id: fixture.sourceIds[0], spool_epoch: newId(), seq: 1, at: new Date(86_400_000) }
    await insertPunch({ ...key, subject: '77', received_at: new Date(86_400_000), quarantine: 'unconfirmed' })
    const ruling = {
      ...key,
      decision: 'release',
      reason: 'tried',
      decided_by: fixture.accountIds.hr,
      decided_at: new Date(0),
    }
    const insertRuling = (row: Row) => refusedRow('punch_ruling', row)
    expect(await insertRuling(ruling)).toBe('punch_ruling_released_counts_somewhen')
    expect(await insertRuling({ ...ruling, decision: 'reject', counts_at: new Date(0) })).toBe(
      'punch_ruling_released_counts_somewhen',
    )
    expect(await insertRuling({ ...ruling, decision: 'reject', reason: ' ' })).toBe('punch_ruling_reasoned')
    expect(await insertRuling({ ...ruling, decision: 'reject' })).toBeNull()
    expect(await insertRuling({ ...ruling, counts_at: new Date(0) })).toBe('punch_ruling_pkey')
    const [kiosk_id, way_id] = [newId(), newId()]
    await refusedRow('kiosk', { id: kiosk_id, name: 'hall', token_hash: Buffer.alloc(32), paired_at: new Date(0) })
    const way = {
      person_id: fixture.personIds[3],
      kind: 'pin',
      pin_hash: 'x',
      reason: 'tried',
      given_by: fixture.accountIds.hr,
    }
    await refusedRow('alternate_way', { id: way_id, ...way, starts_at: new Date(0) })
    const claim = { ...key, kiosk_id, way_id }
    expect(await refusedRow('kiosk_claim', claim)).toBeNull()
    expect(await refusedRow('kiosk_claim', claim)).toBe('kiosk_claim_pkey')
    expect(await refusedRow('kiosk_claim', { ...claim, seq: 2 })).toMatch(/kiosk_claim_.*_fkey/)
  })
})
