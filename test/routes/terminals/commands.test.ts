import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { askTerminal } from '#app/services/devices/terminal-asks.server.ts'
import { storeTerminalRecords } from '#app/services/devices/terminal-records.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { allowed, answerCommand, greet, history, old, poll, punches, push, wall } from './support.ts'

useDatabase()
let centre: Fixture
beforeAll(async () => {
  centre = await makeCentre(prisma)
})

function by(kind: string, id: string, changes: { from?: string; pin?: string } = {}) {
  const { centreId, accountIds } = centre
  const accountId = accountIds.system_administrator
  const who = { centreId, zone: 'Asia/Shanghai', accountId, role: 'system_administrator', address: null }
  return askTerminal({ ...who, id, kind, from: '', pin: '', ...changes }, Date.now())
}

describe('what follows', () => {
  it('somebody at the terminal is judged at once; of a backlog the days are noted', async () => {
    const own = await makeCentre(prisma)
    const { serial, sourceId } = await allowed(own)
    const [personId] = own.personIds
    const startsAt = new Date('2026-01-01')
    await prisma.enrolment.create({
      data: { centreId: own.centreId, id: newId(), sourceId, subject: '7', personId, startsAt },
    })
    await push(serial, `7\t${wall(Date.now() - 3000)}\t0\t1`)
    expect(await prisma.halfResult.count({ where: { centreId: own.centreId, personId } })).toBeGreaterThan(0)
    expect(await prisma.staleDay.count({ where: { centreId: own.centreId } })).toBe(0)
    await push(serial, `7\t${wall(old)}\t0\t1\n99\t${wall(old)}\t0\t1`)
    const stale = await prisma.staleDay.findMany({ where: { centreId: own.centreId } })
    expect(stale).toMatchObject([{ personId, day: new Date('2026-11-02') }])
    const source = await prisma.source.findFirstOrThrow({ where: { id: sourceId } })
    expect(source.lastPunchAt?.getTime()).toBeGreaterThan(old + 86_400_000)
  })

  it("the terminal's clock is measured in quiet, and a jump is told and quarantined", async () => {
    const { serial, sourceId } = await allowed(centre)
    const terminal = {
      centreId: centre.centreId,
      sourceId,
      zone: 'Asia/Shanghai',
      utcOffsetMinutes: 480,
      attlogStamp: null,
      operlogStamp: null,
      address: null,
    }
    const t0 = Date.now()
    const at = (nowMs: number, offset: number) =>
      storeTerminalRecords({ terminal, text: `7\t${wall(nowMs + offset)}\t0\t1`, stamp: null }, nowMs)
    await poll(serial)
    await at(t0 + 20_000, -2000)
    const offset = async () => (await prisma.source.findFirstOrThrow({ where: { id: sourceId } })).clockOffsetMs
    expect(Math.abs(((await offset()) ?? 0) + 2000)).toBeLessThan(1000)
    await at(t0 + 60_000, 9_000_000)
    expect(Math.abs(((await offset()) ?? 0) - 9_000_000)).toBeLessThan(1000)
    expect(await prisma.readerEvent.count({ where: { sourceId, kind: 'clock_jump' } })).toBe(1)
    const marks = (await punches(sourceId)).map((row) => row.quarantine)
    expect(marks).toEqual([null, 'future'])
  })
})

describe('commands', () => {
  it('are fetched once, in order, and answered', async () => {
    const { serial, sourceId } = await allowed(centre)
    expect((await poll(serial)).body).toBe('OK\n')
    expect(await by('info', sourceId)).toMatchObject({ ok: true })
    expect(await by('info', sourceId)).toMatchObject({ ok: false, code: 'waits_already' })
    await by('delete_user', sourceId, { pin: '982' })
    expect((await poll(serial)).body).toBe('C:1:INFO\nC:2:DATA DELETE USERINFO PIN=982\n')
    expect((await poll(serial)).body).toBe('OK\n')
    await answerCommand(
      serial,
      'ID=2&Return=-1002&CMD=DATA\nID=9&Return=0&CMD=X\nID=1&Return=0&CMD=INFO\n~DeviceName=X628\nFWVersion=Ver 8.0\n',
    )
    const rows = await prisma.terminalCommand.findMany({ where: { sourceId }, orderBy: { number: 'asc' } })
    expect(rows).toMatchObject([
      { returned: 0, answer: 'INFO' },
      { returned: -1002, answer: 'DATA' },
    ])
    expect(await prisma.terminal.findFirst({ where: { sourceId } })).toMatchObject({
      model: 'X628',
      firmware: 'Ver 8.0',
    })
  })

  it('everything again forgets the stamp', async () => {
    const { serial, sourceId } = await allowed(centre)
    await push(serial, history(2), { table: 'ATTLOG', Stamp: '77' })
    await by('again', sourceId)
    expect((await poll(serial)).body).toBe('C:1:CHECK\n')
    expect((await greet(serial)).body).toContain('ATTLOGStamp=None\n')
  })

  it("another centre's terminal is unknown", async () => {
    const { sourceId } = await allowed(await makeCentre(prisma))
    expect(await by('info', sourceId)).toMatchObject({ ok: false, code: 'unknown' })
  })
})
