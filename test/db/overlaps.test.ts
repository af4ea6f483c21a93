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

async function insert(table: string, row: Row): Promise<void> {
  const whole = { centre_id: fixture.centreId, id: newId(), ...row }
  const names = Object.keys(whole).map((name) => `"${name}"`)
  const places = names.map((_, index) => `$${index + 1}`)
  await pool.query(`INSERT INTO "${table}" (${names}) VALUES (${places})`, Object.values(whole))
}

/** The name of the constraint that refused, or null when the row went in. */
async function refusal(table: string, row: Row): Promise<string | null> {
  return insert(table, row).then(
    () => null,
    (error: { constraint?: string; message: string }) => error.constraint ?? error.message,
  )
}

const days = {
  first: ['2020-01-01', '2020-06-30'],
  meeting: ['2020-06-30', '2020-12-31'],
  touching: ['2020-07-01', null],
}
const instants = {
  first: ['2020-01-01T08:00:00Z', '2020-01-01T09:00:00Z'],
  meeting: ['2020-01-01T08:59:59.999Z', '2020-01-01T10:00:00Z'],
  touching: ['2020-01-01T09:00:00Z', '2020-01-01T10:00:00Z'],
}

const halfDays = {
  first: ['2020-01-01', 'pm', '2020-01-03', 'am'],
  meeting: ['2020-01-03', 'am', '2020-01-03', 'pm'],
  touching: ['2020-01-03', 'pm', '2020-01-04', 'am'],
}

const numbers = { first: [1, 5], meeting: [5, 9], touching: [6, 9] }

type Case = { table: string; constraint: string; of: 'days' | 'instants' | 'half-days' | 'numbers'; row: () => Row }

const person = (index: 0 | 1 | 2 | 3) => fixture.personIds[index]

const cases: readonly Case[] = [
  {
    table: 'posting',
    constraint: 'posting_no_overlap',
    of: 'days',
    row: () => ({ person_id: person(0), unit_id: fixture.unitIds[1] }),
  },
  {
    table: 'window_post',
    constraint: 'window_post_no_overlap',
    of: 'days',
    row: () => ({ person_id: person(3), window_id: fixture.windowIds[2], post: 'b' }),
  },
  {
    table: 'window_post',
    constraint: 'window_post_no_overlap_without_window',
    of: 'days',
    row: () => ({ person_id: person(0), window_id: null, post: 'guide' }),
  },
  {
    table: 'chief_appointment',
    constraint: 'chief_appointment_one_per_window',
    of: 'days',
    row: () => ({ person_id: person(2), window_id: fixture.windowIds[2] }),
  },
  {
    table: 'person_group',
    constraint: 'person_group_no_overlap',
    of: 'days',
    row: () => ({ person_id: person(0), group: 'out_of_town' }),
  },
  {
    table: 'role_grant',
    constraint: 'role_grant_no_overlap',
    of: 'days',
    row: () => ({ account_id: fixture.accountIds.staff, role: 'guide' }),
  },
  {
    table: 'enrolment',
    constraint: 'enrolment_one_person_per_subject',
    of: 'instants',
    row: () => ({ source_id: fixture.sourceIds[0], subject: '77', person_id: person(1) }),
  },
  {
    table: 'coverage',
    constraint: 'coverage_no_overlap',
    of: 'instants',
    row: () => ({ person_id: person(0), kind: 'annual' }),
  },
  {
    table: 'outage',
    constraint: 'outage_no_overlap',
    of: 'instants',
    row: () => ({ source_id: fixture.sourceIds[0], reason: 'unplugged' }),
  },
  {
    table: 'leave_request',
    constraint: 'leave_request_no_overlap',
    of: 'half-days',
    row: () => leave(1, 'submitted'),
  },
  {
    table: 'alternate_way',
    constraint: 'alternate_way_one_of_a_kind',
    of: 'instants',
    row: () => way(person(0)),
  },
  {
    table: 'alternate_way',
    constraint: 'alternate_way_one_holder_of_a_card',
    of: 'instants',
    row: () => ({
      ...way(person(cards++ % 2 === 0 ? 1 : 2)),
      kind: 'card',
      card_index: Buffer.alloc(32, 3),
      pin_hash: null,
    }),
  },
  {
    table: 'spool_gap',
    constraint: 'spool_gap_no_overlap',
    of: 'numbers',
    row: () => ({ agent_id: fixture.agentId, epoch: fixture.agentId, noted_at: new Date(0) }),
  },
]

/** One card in the hands of two people in turn. */
let cards = 0

function way(person_id: string): Row {
  return { person_id, kind: 'pin', pin_hash: 'x', reason: 'tried', given_by: fixture.accountIds.hr }
}

function leave(index: 0 | 1 | 2 | 3, state: string): Row {
  const number = `QJ-2020-${newId()}`
  const counted = { working_halves: 2, calendar_halves: 2, created_at: new Date(0) }
  return { person_id: person(index), kind: 'annual', reason: '', state, number, ...counted }
}

function span(of: Case['of'], which: keyof typeof days): Row {
  if (of === 'half-days') {
    const [first_day, first_half, last_day, last_half] = halfDays[which]
    return { first_day, first_half, last_day, last_half }
  }
  if (of === 'numbers') {
    const [first, last] = numbers[which]
    return { first, last }
  }
  const [from, to] = of === 'days' ? days[which] : instants[which]
  return of === 'days' ? { starts_on: from, ends_on: to } : { starts_at: from, ends_at: to }
}

describe('what may not overlap', () => {
  // The fixture's own rows begin in 2026, so an open end would meet them: the touching row ends before.
  const closed = (row: Row): Row => (row.ends_on === null ? { ...row, ends_on: '2020-12-31' } : row)

  it.each(cases)('$constraint refuses an overlap and takes what touches', async ({ table, constraint, of, row }) => {
    await insert(table, { ...row(), ...span(of, 'first') })
    expect(await refusal(table, { ...row(), ...span(of, 'meeting') })).toBe(constraint)
    expect(await refusal(table, closed({ ...row(), ...span(of, 'touching') }))).toBeNull()
  })

  it('covers every exclusion constraint of the database', async () => {
    const { rows } = await pool.query(`SELECT conname FROM pg_constraint WHERE contype = 'x' ORDER BY 1`)
    const tested = new Set(cases.map(({ constraint }) => constraint))
    const elsewhere = ['window_post_one_a_post', 'role_grant_administrators_exclude']
    expect(rows.map(({ conname }) => conname)).toEqual([...tested, ...elsewhere].sort())
  })

  it('leave that is no longer under way leaves its half-days to others', async () => {
    await insert('leave_request', { ...leave(2, 'approved'), ...span('half-days', 'first') })
    for (const state of ['draft', 'returned', 'withdrawn', 'refused', 'cancelled']) {
      expect(await refusal('leave_request', { ...leave(2, state), ...span('half-days', 'meeting') })).toBeNull()
    }
    expect(await refusal('leave_request', { ...leave(2, 'approved'), ...span('half-days', 'meeting') })).toBe(
      'leave_request_no_overlap',
    )
  })

  it('a window has one A post at a time, whoever holds it', async () => {
    const row = { window_id: fixture.windowIds[0], post: 'a' }
    expect(await refusal('window_post', { ...row, person_id: person(2), starts_on: '2026-05-01' })).toBe(
      'window_post_one_a_post',
    )
  })

  it('the three administrators exclude each other as long as they meet in time', async () => {
    const account_id = fixture.accountIds.system_administrator
    const other = { account_id, role: 'audit_administrator' }
    expect(await refusal('role_grant', { ...other, starts_on: '2026-05-01' })).toBe('role_grant_administrators_exclude')
    expect(await refusal('role_grant', { ...other, starts_on: '2025-01-01', ends_on: '2025-12-31' })).toBeNull()
    expect(await refusal('role_grant', { account_id, role: 'guide', starts_on: '2026-05-01' })).toBeNull()
  })
})

describe('what a value may be', () => {
  it.each([
    [
      'posting',
      'posting_days_in_order',
      () => ({ ...cases[0]?.row(), starts_on: '2019-02-02', ends_on: '2019-02-01' }),
    ],
    ['coverage', 'coverage_kind_known', () => ({ ...cases[7]?.row(), ...span('instants', 'first'), kind: 'holiday' })],
    [
      'role_grant',
      'role_grant_role_known',
      () => ({ account_id: fixture.accountIds.hr, role: 'king', starts_on: '2026-01-01' }),
    ],
    ['zone', 'zone_code_short', () => ({ code: 'a b', name: 'x', name_en: 'x', position: 9 })],
    [
      'pairing',
      'pairing_kind_known',
      () => ({ kind: 'x', code_hash: Buffer.alloc(32), label: '', created_at: new Date(0), ends_at: new Date(0) }),
    ],
  ])('%s: %s', async (table, constraint, row) => {
    const problem = await refusal(table, row())
    expect(problem === constraint || problem?.includes('range lower bound')).toBe(true)
  })
})
