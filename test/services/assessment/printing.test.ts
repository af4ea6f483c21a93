import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { printFile, printJob } from '#app/db/print-jobs.server.ts'
import { registerDocument, registerPeople } from '#app/db/register-people.server.ts'
import { fileKeptMs, jobKeptMs } from '#app/domain/assessment/print-job.ts'
import { cancelPrint } from '#app/services/assessment/cancel-print.server.ts'
import { printWaiting } from '#app/services/assessment/print-registers.server.ts'
import { type PrintRequest, requestPrint } from '#app/services/assessment/request-print.server.ts'
import { saveSummary } from '#app/services/assessment/save-summary.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'

useDatabase()

const at = Date.parse('2026-11-20T09:00:00+08:00')
const today = '2026-11-20'
let fixture: Fixture
let centre: { id: string; name: string }

beforeAll(async () => {
  fixture = await makeCentre(prisma)
  await makeCentre(prisma)
  centre = { id: fixture.centreId, name: '试点市政务服务中心' }
  const [a, b, , d] = fixture.personIds
  const inCentre = (id: string) => ({ centreId_id: { centreId: fixture.centreId, id } })
  await prisma.person.update({
    where: inCentre(b),
    data: {
      identityKind: 'institution_technical',
      gender: 'female',
      bornMonth: '1998-03',
      politicalStatus: '群众',
      education: '本科（学士）',
      workSince: '2021-07',
      postCategory: 'technical',
      postGrade: '十级',
      rankSince: '2024-08',
      title: '市场监督管理局登记科 专业技术岗位十级',
    },
  })
  await prisma.person.update({ where: inCentre(d), data: { identityKind: 'contract' } })
  const day = (n: number) => new Date(`2026-03-${String(n).padStart(2, '0')}T00:00:00Z`)
  const half = (n: number, which: 'am' | 'pm', mark: string, final = true) => ({
    centreId: fixture.centreId,
    personId: b,
    day: day(n),
    half: which,
    mark,
    minutesLate: 0,
    minutesEarly: 0,
    ruleVersion: 'v',
    codes: [],
    final,
  })
  await prisma.halfResult.createMany({
    data: [
      half(2, 'am', 'sick'),
      half(2, 'pm', 'sick'),
      half(3, 'am', 'private'),
      half(4, 'am', 'annual'),
      half(4, 'pm', 'annual'),
      half(5, 'am', 'present'),
      half(6, 'am', 'absent', false),
    ],
  })
  const own = {
    year: 2026,
    training: '无',
    revision: 0,
    accountId: fixture.accountIds.staff,
    role: 'staff',
    address: null,
  }
  await saveSummary({ centreId: fixture.centreId, personId: a, summary: '一年来，坚持窗口服务。', ...own }, at)
  await saveSummary({ centreId: fixture.centreId, personId: b, summary: '德能勤绩廉。', ...own }, at)
})

beforeEach(async () => {
  await prisma.printJob.deleteMany()
})

function ask(personIds: readonly string[], change: Partial<PrintRequest> = {}) {
  const scope = { centreId: fixture.centreId, reach: 'centre' } as const
  const by = { accountId: fixture.accountIds.hr, role: 'hr', address: null }
  return requestPrint({ centre, scope, kind: 'pdf', year: 2026, today, personIds, ...by, ...change }, at)
}

async function asked(personIds: readonly string[], change: Partial<PrintRequest> = {}): Promise<string> {
  const job = await ask(personIds, change)
  if (!job.ok) throw new Error(job.code)
  return job.value.id
}

const run = () => printWaiting({ clock: () => at, everyMs: 0 })
const jobOf = (id: string) => printJob(prisma, fixture.centreId, id)

describe('the people of a year', () => {
  it('have their own form with every box, decided halves only, and the mode of their posting', async () => {
    const scope = { centreId: fixture.centreId, reach: 'centre' } as const
    const people = await registerPeople(prisma, centre, scope, { year: 2026, today })
    expect(people.map((person) => person.form).sort()).toEqual([
      'appraisal',
      'civil_servant_register',
      'civil_servant_register',
      'institution_register',
    ])
    const document = await registerDocument(prisma, centre, fixture.personIds[1], { year: 2026, today })
    expect(document).toMatchObject({
      value: {
        person: '王㛃',
        fields: {
          name: '王㛃',
          born_month: '1998.03',
          attendance: '病假 1 天　　事假 0.5 天　　旷工 0 天　　其他 1 天（年休假）',
          post_category: 'technical',
          department: '市场监督管理局登记科（派驻试点市政务服务中心 A01、A02 窗口）',
        },
      },
    })
    expect(JSON.stringify(people)).not.toContain('Cipher')
  })

  it('are nobody in a year before the centre, and a person without a register is refused by name of kind', async () => {
    const scope = { centreId: fixture.centreId, reach: 'centre' } as const
    expect(await registerPeople(prisma, centre, scope, { year: 2019, today })).toEqual([])
    const none = await registerDocument(prisma, centre, fixture.personIds[3], { year: 2026, today })
    expect(none).toMatchObject({ ok: false, code: 'no_register', facts: { kind: 'contract' } })
    const self = { centreId: fixture.centreId, reach: 'self', personId: fixture.personIds[0] } as const
    expect((await registerPeople(prisma, centre, self, { year: 2026, today })).length).toBe(1)
  })
})

describe('asking for a print', () => {
  it('answers a selection of nobody, of strangers, and of people without a register', async () => {
    expect(await ask([])).toMatchObject({ code: 'nobody_selected' })
    const other = await prisma.person.findFirstOrThrow({ where: { centreId: { not: fixture.centreId } } })
    expect(await ask([fixture.personIds[0], other.id])).toMatchObject({ code: 'person_unknown' })
    expect(await ask([fixture.personIds[3]])).toMatchObject({ code: 'no_register' })
    expect(await prisma.printJob.count()).toBe(0)
  })

  it('becomes one file, with everybody who has a register, and says who has not', async () => {
    const id = await asked(fixture.personIds)
    expect(await run()).toBe(1)
    const job = await jobOf(id)
    expect(job).toMatchObject({ state: 'done', done: 4 })
    const codes = job?.problems.map(({ personId, code }) => [fixture.personIds.indexOf(personId), code])
    expect(codes).toContainEqual([3, 'no_register'])
    expect(codes).toContainEqual([0, 'blanks'])
    const bytes = await printFile(prisma, fixture.centreId, id)
    expect(strFromU8(bytes?.slice(0, 5) ?? new Uint8Array())).toBe('%PDF-')
    // Printing gives a number to whoever had none.
    const register = await prisma.annualRegister.findFirst({ where: { personId: fixture.personIds[2] } })
    expect(register).toMatchObject({ revision: 0, summary: '' })
    expect(register?.number).toMatch(/^KH-2026-\d{4}$/)
  })

  it('becomes one file a person in a zip, named by number and name', async () => {
    const id = await asked(fixture.personIds, { kind: 'zip' })
    await run()
    const files = unzipSync((await printFile(prisma, fixture.centreId, id)) ?? new Uint8Array())
    expect(Object.keys(files).sort()).toEqual([
      'KH-2026-0001-陆𬭎.pdf',
      'KH-2026-0002-王㛃.pdf',
      'KH-2026-0003-曾祥瑞.pdf',
    ])
    for (const file of Object.values(files)) expect(strFromU8(file.slice(0, 5))).toBe('%PDF-')
  })

  it('leaves out whose characters no font has, and names them', async () => {
    const key = { centreId: fixture.centreId, personId: fixture.personIds[0], year: 2026 }
    await prisma.annualRegister.updateMany({ where: key, data: { summary: '写了\u{F0001}' } })
    const id = await asked(fixture.personIds.slice(0, 2))
    await run()
    await prisma.annualRegister.updateMany({ where: key, data: { summary: '一年来。' } })
    const job = await jobOf(id)
    expect(job?.state).toBe('done')
    expect(job?.problems).toContainEqual({
      personId: fixture.personIds[0],
      code: 'characters_missing',
      facts: { characters: '\u{F0001}', fields: 'summary' },
    })
  })

  it('is found again when the process that ran it went away', async () => {
    const id = await asked([fixture.personIds[0]])
    await prisma.printJob.updateMany({ where: { id }, data: { state: 'running', done: 1 } })
    await run()
    expect(await jobOf(id)).toMatchObject({ state: 'done' })
  })

  it('is printed once when two processes wake at the same time', async () => {
    const id = await asked(fixture.personIds)
    const printed = await Promise.all([run(), run()])
    expect(await jobOf(id)).toMatchObject({ state: 'done' })
    expect(printed.filter((count) => count > 0).length).toBeGreaterThanOrEqual(1)
    const finished = await jobOf(id)
    await run()
    expect((await jobOf(id))?.finishedAt).toEqual(finished?.finishedAt)
  })

  it('can be cancelled before and not after, and leaves no file', async () => {
    const id = await asked(fixture.personIds)
    const by = { centreId: fixture.centreId, accountId: fixture.accountIds.hr, role: 'hr', address: null }
    expect(await cancelPrint({ ...by, id }, at)).toMatchObject({ ok: true })
    expect(await run()).toBe(0)
    expect(await jobOf(id)).toMatchObject({ state: 'cancelled' })
    expect(await printFile(prisma, fixture.centreId, id)).toBeNull()
    expect(await cancelPrint({ ...by, id }, at)).toMatchObject({ code: 'already_ended' })
    const stranger = {
      ...by,
      centreId: (await prisma.centre.findFirstOrThrow({ where: { id: { not: centre.id } } })).id,
    }
    expect(await cancelPrint({ ...stranger, id }, at)).toMatchObject({ code: 'job_unknown' })
  })

  it('stops on its way when it is cancelled', async () => {
    const id = await asked(fixture.personIds)
    const by = { centreId: fixture.centreId, accountId: fixture.accountIds.hr, role: 'hr', address: null }
    const running = run()
    while ((await jobOf(id))?.state === 'waiting') await new Promise((resolve) => setTimeout(resolve, 2))
    await cancelPrint({ ...by, id }, at)
    await running
    const job = await jobOf(id)
    // Either the cancelling or the last sheet was first, and never half of each.
    if (job?.state === 'cancelled') expect(await printFile(prisma, fixture.centreId, id)).toBeNull()
    else expect(job?.state).toBe('done')
  })

  it('is kept for a day, its record for a month', async () => {
    const id = await asked([fixture.personIds[0]])
    await run()
    await printWaiting({ clock: () => at + fileKeptMs - 1 })
    expect(await printFile(prisma, fixture.centreId, id)).not.toBeNull()
    await printWaiting({ clock: () => at + fileKeptMs + 1 })
    expect(await printFile(prisma, fixture.centreId, id)).toBeNull()
    expect(await jobOf(id)).toMatchObject({ state: 'done' })
    await printWaiting({ clock: () => at + jobKeptMs + 1 })
    expect(await jobOf(id)).toBeNull()
  })

  it('is written down', async () => {
    const id = await asked([fixture.personIds[0]])
    const note = await prisma.auditEntry.findFirst({ where: { subject: id } })
    expect(note).toMatchObject({ action: 'registers.asked', detail: { year: 2026, kind: 'pdf', count: 1 } })
  })
})
