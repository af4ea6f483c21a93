import { beforeAll, expect, it } from 'vitest'
import { pool, prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'

useDatabase()
let here: Fixture
let there: Fixture

beforeAll(async () => {
  here = await makeCentre(prisma)
  there = await makeCentre(prisma)
})

type Key = { name: string; columns: string[]; target: string; targets: string[] }

async function foreignKeys(): Promise<Key[]> {
  const { rows } = await pool.query<Key>(`
    SELECT c.conname AS name, c.confrelid::regclass::text AS target,
      (SELECT array_agg(a.attname::text ORDER BY u.place) FROM unnest(c.conkey) WITH ORDINALITY AS u(number, place)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = u.number) AS columns,
      (SELECT array_agg(a.attname::text ORDER BY u.place) FROM unnest(c.confkey) WITH ORDINALITY AS u(number, place)
        JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = u.number) AS targets
    FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace`)
  return rows
}

it('every foreign key carries the centre', async () => {
  const keys = await foreignKeys()
  expect(keys.length).toBeGreaterThan(50)
  for (const { name, columns, target, targets } of keys) {
    expect(columns[0], name).toBe('centre_id')
    expect(targets[0], name).toBe(target === 'centre' ? 'id' : 'centre_id')
  }
})

// Who knocks is nobody's yet: a terminal that calls names no centre, and one that no centre has allowed belongs to none.
const nobodys: Readonly<Record<string, string>> = { centre: 'id', terminal_knock: 'serial' }

it('every primary key begins with the centre', async () => {
  const { rows } = await pool.query(`
    SELECT c.conrelid::regclass::text AS table, a.attname::text AS first FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'p' AND c.connamespace = 'public'::regnamespace AND c.conrelid::regclass::text <> '_prisma_migrations'`)
  for (const row of rows) expect(row.first, row.table).toBe(nobodys[row.table] ?? 'centre_id')
})

it('a row that points into another centre is refused', async () => {
  const posting = {
    id: newId(),
    personId: there.personIds[0],
    unitId: here.unitIds[0],
    startsOn: new Date('2020-01-01'),
  }
  await expect(prisma.posting.create({ data: { centreId: here.centreId, ...posting } })).rejects.toThrow(/Foreign key/i)
  await expect(
    prisma.kiosk.create({
      data: {
        centreId: here.centreId,
        id: newId(),
        name: 'x',
        tokenHash: new Uint8Array(32),
        sourceId: there.sourceIds[0],
        pairedAt: new Date(0),
      },
    }),
  ).rejects.toThrow(/Foreign key/i)
})

it('instants come back as they went in', async () => {
  const at = new Date('2026-11-20T23:59:59.123Z')
  const { centreId } = here
  const row = await prisma.auditEntry.create({ data: { centreId, id: newId(), at, actor: 'system', action: 'tried' } })
  expect((await prisma.auditEntry.findFirstOrThrow({ where: { id: row.id } })).at).toEqual(at)
  const { rows } = await pool.query('SELECT at FROM audit_entry WHERE id = $1', [row.id])
  expect(rows[0].at).toEqual(at)
})
