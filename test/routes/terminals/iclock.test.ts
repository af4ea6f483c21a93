import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { stopTerminal } from '#app/services/devices/allow-terminal.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { allowed, answerCommand, greet, history, old, poll, punches, push, wall } from './support.ts'

const { asOwner } = useDatabase()
let centre: Fixture
beforeAll(async () => {
  centre = await makeCentre(prisma)
})

describe('who is let in', () => {
  it('an unknown serial number is refused, its knock counted, nothing else stored', async () => {
    const before = await prisma.punch.count()
    for (let i = 0; i < 3; i += 1) {
      expect((await push('STRANGER1', history(3))).status).toBe(403)
      expect((await greet('STRANGER1')).status).toBe(403)
      expect((await poll('STRANGER1')).status).toBe(403)
      expect((await answerCommand('STRANGER1', 'ID=1&Return=0&CMD=INFO')).status).toBe(403)
    }
    expect(await prisma.terminalKnock.findMany({ where: { serial: 'STRANGER1' } })).toMatchObject([
      { count: 12, address: '10.8.1.22' },
    ])
    expect(await prisma.punch.count()).toBe(before)
    expect(await prisma.source.count({ where: { serial: 'STRANGER1' } })).toBe(0)
  })

  it('what is no serial number is not even counted, and nobody fills the list by inventing some', async () => {
    for (const serial of ['', 'a b', '../../x', 'x'.repeat(80)]) expect((await greet(serial)).status).toBe(403)
    for (let i = 0; i < 60; i += 1) await poll(`INVENTED${i}`)
    expect(await prisma.terminalKnock.count()).toBeLessThan(40)
  })

  it('a terminal that was stopped is refused, and keeps its punches; allowed again it is itself', async () => {
    const { serial, sourceId } = await allowed(centre)
    await push(serial, history(2))
    const who = {
      centreId: centre.centreId,
      accountId: centre.accountIds.system_administrator,
      role: 'x',
      address: null,
    }
    expect(await stopTerminal({ ...who, id: sourceId }, Date.now())).toMatchObject({ ok: true })
    expect((await push(serial, history(3))).status).toBe(403)
    expect(await punches(sourceId)).toHaveLength(2)
  })

  it("a reader's serial number is no terminal's", async () => {
    expect((await greet(centre.serials[0])).status).toBe(403)
  })
})

describe('the greeting', () => {
  it('asks for everything at first, then from the stamp of what is stored', async () => {
    const { serial, sourceId } = await allowed(centre)
    const first = await greet(serial)
    expect(first.status).toBe(200)
    expect(first.body).toContain(`GET OPTION FROM: ${serial}\n`)
    expect(first.body).toContain('ATTLOGStamp=None\n')
    expect(first.body).toContain('TimeZone=8\n')
    expect((await push(serial, history(5), { table: 'ATTLOG', Stamp: '4711' })).body).toBe('OK: 5\n')
    expect((await greet(serial)).body).toContain('\nStamp=4711\n')
    const row = await prisma.terminal.findFirstOrThrow({ where: { sourceId } })
    expect(row).toMatchObject({ attlogStamp: '4711', address: '10.8.1.22' })
    expect(row.greetedAt).not.toBeNull()
    expect(await prisma.source.findFirst({ where: { id: sourceId } })).toMatchObject({ state: 'online' })
  })

  it('a terminal that says it has no stamp is asked for everything', async () => {
    const { serial } = await allowed(centre)
    await push(serial, history(5), { table: 'ATTLOG', Stamp: '4711' })
    expect((await greet(serial, { options: 'all', Stamp: 'None' })).body).toContain('ATTLOGStamp=None\n')
  })

  it('says no zone that it would cut', async () => {
    const { serial } = await allowed(centre, 330)
    expect((await greet(serial)).body).not.toContain('TimeZone')
  })
})

describe('exactly once', () => {
  it('the whole history once more, in another order and cut otherwise, stores nothing', async () => {
    const { serial, sourceId } = await allowed(centre)
    const all = history(300)
    expect((await push(serial, all, { table: 'ATTLOG', Stamp: '300' })).body).toBe('OK: 300\n')
    const lines = all.trim().split('\n').reverse()
    for (let i = 0; i < 300; i += 70) {
      expect((await push(serial, lines.slice(i, i + 70).join('\r\n'), { table: 'ATTLOG', Stamp: '9999' })).status).toBe(
        200,
      )
    }
    expect(await punches(sourceId)).toHaveLength(300)
    expect(await prisma.terminal.findFirst({ where: { sourceId } })).toMatchObject({ attlogStamp: '300' })
  })

  it('the same push at the same moment twice', async () => {
    const { serial, sourceId } = await allowed(centre)
    const answers = await Promise.all([
      push(serial, history(200)),
      push(serial, history(200)),
      push(serial, history(120)),
    ])
    expect(answers.map((answer) => answer.body)).toEqual(['OK: 200\n', 'OK: 200\n', 'OK: 120\n'])
    expect(await punches(sourceId)).toHaveLength(200)
  })

  it('the same second twice with another state is two, without a state it is the one', async () => {
    const { serial, sourceId } = await allowed(centre)
    const at = wall(old)
    await push(serial, `1001\t${at}\t0\t1\n1001\t${at}\t1\t1\n1001\t${at}\t0\t4\n1001\t${at}\n`)
    await push(serial, `1001\t${at}\n2002\t${at}\n`)
    await push(serial, `2002\t${at}\n`)
    const rows = (await punches(sourceId)).map(({ subject, state, verify }) => [subject, state, verify])
    expect(rows).toContainEqual(['2002', 255, null])
    expect(rows.filter(([subject]) => subject === '1001').map(([, state]) => state)).toEqual([0, 1])
    expect(rows.filter(([subject, state]) => subject === '1001' && state === 0)).toHaveLength(1)
  })

  it('killed between storing and answering: nothing of it was stored twice, and nothing of half', async () => {
    const { serial, sourceId } = await allowed(centre)
    await asOwner(
      "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'power cut'; END $$",
    )
    await asOwner('CREATE TRIGGER die BEFORE UPDATE OF attlog_stamp ON terminal FOR EACH ROW EXECUTE FUNCTION die()')
    const cut = await push(serial, history(10), { table: 'ATTLOG', Stamp: '10' })
    expect(cut.fault).not.toBeNull()
    expect(await punches(sourceId)).toHaveLength(0)
    await asOwner('DROP TRIGGER die ON terminal')
    expect((await greet(serial)).body).toContain('ATTLOGStamp=None\n')
    await push(serial, history(10), { table: 'ATTLOG', Stamp: '10' })
    await push(serial, history(10), { table: 'ATTLOG', Stamp: '10' })
    expect(await punches(sourceId)).toHaveLength(10)
  })

  it('a terminal that was emptied or replaced is asked for all it has, and that ends', async () => {
    const { serial, sourceId } = await allowed(centre)
    await push(serial, history(5), { table: 'ATTLOG', Stamp: '50000' })
    const anew = `7\t${wall(old + 86_400_000)}\t0\t1\n`
    await push(serial, anew, { table: 'ATTLOG', Stamp: '101' })
    expect((await poll(serial)).body).toMatch(/^C:\d+:CHECK\n$/)
    expect((await greet(serial)).body).toContain('ATTLOGStamp=None\n')
    await push(serial, anew, { table: 'ATTLOG', Stamp: '101' })
    expect((await greet(serial)).body).toContain('ATTLOGStamp=101\n')
    expect((await poll(serial)).body).toBe('OK\n')
    expect(await punches(sourceId)).toHaveLength(6)
    expect(await prisma.readerEvent.count({ where: { sourceId, kind: 'terminal_reset' } })).toBe(1)
  })
})

describe('what is pushed', () => {
  it('keeps the time of the terminal, its state and how it knew', async () => {
    const { serial, sourceId } = await allowed(centre, 330)
    await push(serial, '1001\t2026-11-02 06:26:00\t255\t15\t0\t0\t0')
    expect(await punches(sourceId)).toMatchObject([
      { at: new Date(old), state: 255, verify: 15, subject: '1001', quarantine: null },
    ])
  })

  it('lines that are none are kept as they came, once, and counted in the answer', async () => {
    const { serial, sourceId } = await allowed(centre)
    const body = `1001\t${wall(old)}\t0\t1\n\t${wall(old)}\t0\t1\nJUNK\u0000 \u0001\n1001\t2026-02-31 08:00:00\t0\t1\n`
    expect((await push(serial, body)).body).toBe('OK: 4\n')
    expect((await push(serial, body)).body).toBe('OK: 4\n')
    expect(await punches(sourceId)).toHaveLength(1)
    const kept = await prisma.readerEvent.findMany({ where: { sourceId, kind: 'bad_record' } })
    expect(kept).toHaveLength(3)
    await push(serial, Array.from({ length: 200 }, (_, i) => `bad ${i}`).join('\n'))
    expect(await prisma.readerEvent.count({ where: { sourceId, kind: 'bad_record' } })).toBe(23)
  })

  it('impossible times wait in quarantine', async () => {
    const { serial, sourceId } = await allowed(centre)
    const lines = [wall(Date.now() + 86_400_000), '2000-01-01 08:00:00', wall(old)].map((at) => `1\t${at}\t0\t1`)
    await push(serial, lines.join('\n'))
    expect((await punches(sourceId)).map((row) => row.quarantine)).toEqual(['before_2020', null, 'future'])
  })

  it('templates and photographs are dropped: they stand nowhere', async () => {
    const { serial, sourceId } = await allowed(centre)
    const secret = 'SsgTAAAEUAwWx9'
    for (const table of ['BIODATA', 'FP', 'FACE', 'ATTPHOTO', 'BIOPHOTO', 'TEMPLATEV10', 'USERPIC']) {
      expect((await push(serial, `PIN=1\tTMP=${secret}`, { table })).body).toBe('OK\n')
    }
    for (const table of ['OPERLOG', 'USERINFO', 'ATTLOG', 'options', 'SOMETHING']) {
      await push(serial, `FP PIN=1\tFID=6\tTMP=${secret}\nPIN=1\tFID=6\tName=${secret}\tTMP=${secret}`, { table })
    }
    const tables = await asOwner(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    )
    for (const { name } of tables.rows) {
      const found = await asOwner(`SELECT count(*)::int AS n FROM "${name}" t WHERE t::text LIKE '%${secret}%'`)
      expect(found.rows[0].n, name).toBe(0)
    }
    expect(await punches(sourceId)).toHaveLength(0)
  })

  it('names of users are kept, the last one said', async () => {
    const { serial, sourceId } = await allowed(centre)
    await push(serial, 'USER PIN=7\tName=王㛃\tPri=0\nOPLOG 4\t14\nUSER PIN=8\tName=Li', {
      table: 'OPERLOG',
      Stamp: '12',
    })
    await push(serial, 'PIN=8\tName=Li Zhe\tPrivilege=0', { table: 'USERINFO' })
    const users = await prisma.terminalUser.findMany({ where: { sourceId }, orderBy: { pin: 'asc' } })
    expect(users.map(({ pin, name }) => [pin, name])).toEqual([
      ['7', '王㛃'],
      ['8', 'Li Zhe'],
    ])
    expect((await greet(serial)).body).toContain('OPERLOGStamp=12\n')
  })
})
