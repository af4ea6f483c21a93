import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { importCounts } from '#app/domain/devices/terminal-import.ts'
import { action, loader } from '#app/routes/_shell.readers_.import.tsx'
import { recomputeStale } from '#app/services/attendance/recompute.server.ts'
import { claimSubject } from '#app/services/devices/claim-subject.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { ask, get, post, type SignedIn, signedIn, site } from '../requests.ts'
import { allowed, punches, push, wall } from './support.ts'

useDatabase()
let centre: Fixture
let hr: SignedIn
beforeAll(async () => {
  centre = await makeCentre(prisma)
  hr = await signedIn(centre.centreId, ['hr'])
})

const old = Date.parse('2026-11-02T00:56:00.000Z')

function stick(count: number, from = old): string {
  return Array.from(
    { length: count },
    (_, i) => `    ${(i % 40) + 1}\t${wall(from + i * 11_000)}\t1\t${i % 2}\t1\t0\r\n`,
  ).join('')
}

async function upload(name: string, body: string | Uint8Array, fields: Record<string, string> = {}, who = hr) {
  const form = new FormData()
  form.set('csrf', who.csrf)
  form.set('intent', 'upload')
  form.set('file', new File([body as BlobPart], name))
  for (const [key, value] of Object.entries({ target: '', ...fields })) form.set(key, value)
  const request = new Request(`${site}/readers/import`, { method: 'POST', body: form, headers: { cookie: who.cookie } })
  return await ask(action, request)
}

async function uploaded(name: string, body: string | Uint8Array, fields: Record<string, string> = {}) {
  const answer = await upload(name, body, fields)
  const id = /id=([0-9a-f-]+)$/.exec(answer.location ?? '')?.[1]
  if (id === undefined) throw new Error(JSON.stringify(answer))
  return { id, ...(await counts(id)) }
}

async function counts(id: string) {
  const row = await prisma.attlogImport.findFirstOrThrow({ where: { id } })
  return importCounts.parse(row.counts)
}

function act(intent: string, id: string, more: Record<string, string> = {}, who = hr) {
  return ask(action, post('/readers/import', { csrf: who.csrf, intent, id, ...more }, who.cookie))
}

describe('a preview', () => {
  it('finds the terminal by the file name, and stores no punch', async () => {
    const { serial, sourceId } = await allowed(centre)
    const found = await uploaded(
      `${serial}_attlog.dat`,
      `${stick(50)}rubbish\r\n1\t2026-02-30 08:00:00\t1\t0\t1\t0\r\n${stick(1)}`,
    )
    expect(found).toMatchObject({
      layout: 'stick',
      records: 50,
      fresh: 50,
      known: 0,
      twice: 1,
      bad: 2,
      unknownPins: 40,
    })
    expect(found.problems.map(({ line, code }) => [line, code])).toEqual([
      [51, 'too_few'],
      [52, 'bad_time'],
    ])
    expect(new Date(found.firstMs ?? 0)).toEqual(new Date(old))
    expect(await punches(sourceId)).toHaveLength(0)
    const page = await ask(loader, get(`/readers/import?id=${found.id}`, hr.cookie))
    expect(page.body).toMatchObject({ stage: 'preview', opened: { source: { serial } } })
  })

  it('can be read in another order of columns', async () => {
    const { serial, sourceId } = await allowed(centre)
    const { id } = await uploaded(`${serial}_attlog.dat`, `9\t${wall(old)}\t4\t0\t1\t0\n`)
    await act('layout', id, { layout: 'push' })
    expect(await counts(id)).toMatchObject({ layout: 'push', chosen: 'push' })
    await act('store', id)
    expect(await punches(sourceId)).toMatchObject([{ state: 4, verify: 0 }])
  })

  it('is discarded without a trace in the ledger', async () => {
    const { serial, sourceId } = await allowed(centre)
    const { id } = await uploaded(`${serial}_attlog.dat`, stick(3))
    expect((await act('discard', id)).location).toBe('/readers/import?done=discarded')
    expect((await act('store', id)).status).toBe(404)
    expect(await punches(sourceId)).toHaveLength(0)
  })
})

describe('what is refused', () => {
  it.each([
    ['a file that is none', 'x.dat', '', 'nothing_in_it', {}],
    ['an archive', 'x.zip', Uint8Array.from({ length: 400 }, (_, i) => i % 9), 'not_text', {}],
    ['no record in it', 'x.dat', 'No\tName\n1\tLi\n', 'no_record', {}],
    ['nobody to hold it', 'attlog.dat', '1\t2026-11-02 08:00:00\n', 'target_missing', { target: '' }],
    [
      'a new terminal without name',
      'x.dat',
      '1\t2026-11-02 08:00:00\n',
      'name_missing',
      { target: 'new', serial: 'N1', offset: '+08:00' },
    ],
    [
      'one without number',
      'x.dat',
      '1\t2026-11-02 08:00:00\n',
      'serial_bad',
      { target: 'new', name: '门', offset: '+08:00' },
    ],
    [
      'one in no zone',
      'x.dat',
      '1\t2026-11-02 08:00:00\n',
      'offset_bad',
      { target: 'new', name: '门', serial: 'N1', offset: 'x' },
    ],
  ])('%s', async (_, name, body, problem, fields) => {
    const { sourceId } = await allowed(centre)
    const answer = await upload(name, body, { target: sourceId, ...fields })
    expect(answer).toMatchObject({ status: 400, body: { problem } })
    expect(await prisma.source.count({ where: { centreId: centre.centreId, serial: 'N1' } })).toBe(0)
  })

  it("another centre's terminal and import", async () => {
    const other = await makeCentre(prisma)
    const { serial, sourceId } = await allowed(other)
    expect((await upload('x.dat', stick(1), { target: sourceId })).body).toMatchObject({ problem: 'target_missing' })
    const theirs = await signedIn(other.centreId, ['hr'])
    const made = await upload(`${serial}_attlog.dat`, stick(1), {}, theirs)
    const id = made.location?.split('id=')[1] ?? ''
    for (const intent of ['store', 'layout', 'discard']) expect((await act(intent, id)).status).toBe(404)
    expect((await ask(loader, get(`/readers/import?id=${id}`, hr.cookie))).status).toBe(404)
  })
})

describe('storing', () => {
  it('everything again changes nothing', async () => {
    const { serial, sourceId } = await allowed(centre)
    const first = await uploaded(`${serial}_attlog.dat`, stick(300))
    expect((await act('store', first.id)).location).toBe(`/readers/import?id=${first.id}`)
    expect((await counts(first.id)).result).toEqual({ stored: 300, known: 0, doubtful: 0 })
    const before = await punches(sourceId)
    expect((await act('store', first.id)).location).toContain('refused=stored_already')
    const again = await uploaded(`${serial}_attlog.dat`, stick(300))
    expect(again).toMatchObject({ fresh: 0, known: 300 })
    await act('store', again.id)
    expect((await counts(again.id)).result).toEqual({ stored: 0, known: 300, doubtful: 0 })
    expect(await punches(sourceId)).toEqual(before)
    expect(await prisma.storedFile.count({ where: { centreId: centre.centreId, name: `${serial}_attlog.dat` } })).toBe(
      1,
    )
  })

  it('knows what was pushed before, and a push knows what a stick brought', async () => {
    const { serial, sourceId } = await allowed(centre)
    await push(serial, `1\t${wall(old)}\t0\t1\t0\t0\t0\n2\t${wall(old + 11_000)}\t1\t1\t0\t0\t0`)
    const found = await uploaded(`${serial}_attlog.dat`, stick(10))
    expect(found).toMatchObject({ fresh: 8, known: 2 })
    await act('store', found.id)
    await push(serial, `3\t${wall(old + 22_000)}\t0\t1\t0\t0\t0`)
    expect(await punches(sourceId)).toHaveLength(10)
  })

  it('two people at the same moment: once', async () => {
    const { serial, sourceId } = await allowed(centre)
    const { id } = await uploaded(`${serial}_attlog.dat`, stick(2000))
    await Promise.all([act('store', id), act('store', id)])
    await expect.poll(async () => (await counts(id)).result?.stored).toBe(2000)
    expect(await punches(sourceId)).toHaveLength(2000)
  })

  it('days of known people are judged again, numbers of nobody wait', async () => {
    const own = await makeCentre(prisma)
    const mine = await signedIn(own.centreId, ['hr'])
    const made = await upload(
      'x.dat',
      `7\t${wall(old)}\t1\t0\t1\t0\n99\t${wall(old)}\t1\t0\t1\t0\n`,
      { target: 'new', serial: 'OFF-1', name: '东门', offset: '+08:00' },
      mine,
    )
    const id = made.location?.split('id=')[1] ?? ''
    const source = await prisma.source.findFirstOrThrow({ where: { centreId: own.centreId, serial: 'OFF-1' } })
    expect(source).toMatchObject({ kind: 'file', name: '东门' })
    // It may not push: nobody put it on the list.
    expect((await push('OFF-1', stick(1))).status).toBe(403)
    const [personId] = own.personIds
    const holds = {
      centreId: own.centreId,
      id: newId(),
      sourceId: source.id,
      subject: '7',
      personId,
      startsAt: new Date('2026-01-01'),
    }
    await prisma.enrolment.create({ data: holds })
    await act('store', id, {}, mine)
    expect(await prisma.staleDay.findMany({ where: { centreId: own.centreId } })).toMatchObject([
      { personId, day: new Date('2026-11-02') },
    ])
    await recomputeStale(Date.parse('2026-11-20T02:00:00Z'))
    const half = await prisma.halfResult.findFirstOrThrow({ where: { personId, half: 'am' } })
    expect(half.minutesLate).toBe(0)
  })

  it('a number claimed later brings all its punches, pushed and from a stick, and the days are judged again', async () => {
    const own = await makeCentre(prisma)
    const mine = await signedIn(own.centreId, ['hr'])
    const { serial, sourceId } = await allowed(own)
    await push(serial, `77\t${wall(old)}\t0\t1\n`)
    const made = await upload(`${serial}_attlog.dat`, `77\t${wall(old + 86_400_000)}\t1\t0\t1\t0\n`, {}, mine)
    await act('store', made.location?.split('id=')[1] ?? '', {}, mine)
    const [personId] = own.personIds
    expect(await prisma.staleDay.count({ where: { personId } })).toBe(0)
    const by = { centreId: own.centreId, accountId: mine.accountId, role: 'hr', address: null }
    const claimed = await claimSubject(
      { ...by, sourceId, subject: '77', personId, fromMs: null, toMs: null },
      Date.now(),
    )
    expect(claimed).toMatchObject({ ok: true })
    await recomputeStale(Date.now())
    const days = [new Date('2026-11-02'), new Date('2026-11-03')]
    const judged = await prisma.halfResult.findMany({ where: { personId, day: { in: days }, half: 'am' } })
    expect(judged.map((half) => half.minutesLate)).toEqual([0, 0])
  })

  it('a large file is stored while the page says how far it is', async () => {
    const { serial, sourceId } = await allowed(centre)
    const { id } = await uploaded(`${serial}_attlog.dat`, stick(60_000, Date.parse('2026-01-05T00:00:00Z')))
    const began = performance.now()
    expect((await act('store', id)).location).toBe(`/readers/import?id=${id}`)
    await expect.poll(async () => (await counts(id)).result?.stored, { timeout: 25_000 }).toBe(60_000)
    expect(performance.now() - began).toBeLessThan(25_000)
    expect(await prisma.punch.count({ where: { sourceId } })).toBe(60_000)
  })

  it('is noted with who did it, and without what was in it', async () => {
    const { serial } = await allowed(centre)
    const { id } = await uploaded(`${serial}_attlog.dat`, stick(2))
    await act('store', id)
    const entries = await prisma.auditEntry.findMany({ where: { subject: id }, orderBy: { at: 'asc' } })
    expect(entries.map((entry) => [entry.action, entry.actor])).toEqual([
      ['attlog.uploaded', hr.accountId],
      ['attlog.stored', hr.accountId],
    ])
  })
})
