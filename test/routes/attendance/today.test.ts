import './morning.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { toDate } from '#app/db/dates.ts'
import { loader } from '#app/routes/_shell.today.tsx'
import { loader as wallLoader } from '#app/routes/wall.tsx'
import { ask, get } from '#test/routes/requests.ts'
import { cover, instant, outage, punch } from '#test/services/attendance/facts.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { as } from './hall.ts'

useDatabase()

let fixture: Fixture
let duty: string

beforeAll(async () => {
  fixture = await makeCentre(prisma)
  duty = await as(fixture, 'duty_officer')
  await punch(fixture, 0, '2026-11-20 08:21:02')
  await punch(fixture, 3, '2026-11-20 09:06:11')
  await cover(fixture, 1, 'private', '2026-11-20 00:00', '2026-11-20 12:20')
})

type Board = Extract<Awaited<ReturnType<typeof loader>>, { view: 'board' }>

async function board(path: string, cookie: string): Promise<Board> {
  const answer = await ask(loader, get(path, cookie))
  expect(answer.fault).toBeNull()
  return answer.body as Board
}

function tiles(page: Board) {
  return page.model.zones.flatMap((zone) => zone.tiles)
}

describe('the board', () => {
  it('shows each window in its state and numbers that add up', async () => {
    const page = await board('/today', duty)
    expect(tiles(page).map((tile) => [tile.number, tile.state])).toEqual([
      ['A01', 'here'],
      ['A02', 'leave'],
      ['A03', 'void'],
    ])
    const { count } = page.model
    expect(count).toMatchObject({ expected: 4, here: 2, leave: 1, missing: 1, staffed: 1, windows: 3 })
    expect(page.model.acts.map((act) => act.tone)).toEqual(['bad', 'warn'])
    expect(tiles(page)[2]?.who).toBe('空岗 42 分钟')
  })

  it('turns from empty to pending when the readers were down', async () => {
    const other = await makeCentre(prisma)
    await outage(other, 0, '2026-11-20 08:10', null)
    const page = await board('/today', await as(other, 'duty_officer'))
    expect(tiles(page).map((tile) => tile.state)).toEqual(['unknown', 'unknown', 'unknown'])
    expect(page.model.count).toMatchObject({ missing: 0, unknown: 4 })
  })

  it('names the named stand-in at the window', async () => {
    const other = await makeCentre(prisma)
    await cover(other, 0, 'annual', '2026-11-20 00:00', '2026-11-21 00:00', 1)
    await punch(other, 1, '2026-11-20 08:50:00')
    const page = await board('/today', await as(other, 'duty_officer'))
    expect(tiles(page)[0]).toMatchObject({ state: 'cover', who: '王㛃', note: '替 陆𬭎 年休' })
  })

  it.each(['zeng', '曾', 'a03', 'zxr'])('finds %s', async (q) => {
    const page = await board(`/today?q=${encodeURIComponent(q)}`, duty)
    expect(tiles(page).map((tile) => tile.found)).toEqual([false, false, true])
  })

  it('finds people without a window, and says when nobody is found', async () => {
    const back = await board('/today?q=ayiguli', duty)
    expect(back.model.found).toMatchObject({ windows: 0, people: [{ name: '阿依古丽·买买提' }] })
    const none = await board('/today?q=nobody', duty)
    expect(none.model.found).toMatchObject({ windows: 0, people: [] })
  })
})

describe('a centre that has just been set up', () => {
  it("has no windows yet, which is nobody's fault and no lack of rules", async () => {
    const other = await makeCentre(prisma)
    const where = { centreId: other.centreId }
    const past = { startsOn: toDate('2020-01-01'), endsOn: toDate('2020-02-01') }
    await prisma.windowPost.updateMany({ where, data: past })
    await prisma.posting.updateMany({ where, data: past })
    await prisma.window.updateMany({ where, data: { opensOn: past.startsOn, closesOn: past.endsOn } })
    const { model } = await board('/today', await as(other, 'leader'))
    expect(model).toMatchObject({ zones: [], whole: true, judged: true, staffed: false, hours: '' })
  })
})

describe('asking why', () => {
  it('tells the duty officer expected, actual, rule and what was checked', async () => {
    const page = await board(`/today?why=${fixture.personIds[3]}`, duty)
    expect(page.why?.actual[0]).toContain('09:06:11')
    expect(page.why?.rule).toContain('版')
    expect(page.why?.checked[0]).toContain('比 09:00 晚 6 分')
  })

  it('is for a chief representative only about the people of the windows named to him', async () => {
    const chief = await as(fixture, 'chief_representative')
    const [own, colleague, stranger] = fixture.personIds
    expect((await ask(loader, get(`/today?why=${own}`, chief))).status).toBe(200)
    expect((await ask(loader, get(`/today?why=${colleague}`, chief))).status).toBe(200)
    expect((await ask(loader, get(`/today?why=${stranger}`, chief))).status).toBe(403)
    const page = await board('/today', chief)
    expect(tiles(page).map((tile) => tile.why !== null)).toEqual([true, true, false])
  })

  it('does not know people of another centre', async () => {
    const other = await makeCentre(prisma)
    const answer = await ask(loader, get(`/today?why=${other.personIds[0]}`, duty))
    expect(answer.status).toBe(404)
  })
})

describe('scope and tact', () => {
  it('shows staff the windows where they hold a post, without kinds of leave', async () => {
    const staff = await as(fixture, 'staff')
    const page = await board('/today', staff)
    expect(tiles(page).map((tile) => tile.number)).toEqual(['A01', 'A02'])
    expect(tiles(page)[1]?.note).not.toContain('事假')
    expect(page.wall).toBe(false)
  })

  it('shows no kind of leave on the wall', async () => {
    const answer = await ask(wallLoader, get('/wall', duty))
    expect(JSON.stringify(answer.body)).not.toContain('事假')
    expect(JSON.stringify(answer.body)).toContain('空岗')
  })

  it('says it all in English but the names', async () => {
    const page = await board(`/today?lang=en&why=${fixture.personIds[3]}`, duty)
    const names = ['陆𬭎', '王㛃', '曾祥瑞', '阿依古丽·买买提']
    const rule = page.why?.rule ?? ''
    const text = names.reduce((rest, name) => rest.replaceAll(name, ''), JSON.stringify({ ...page, why: null }))
    expect(text.match(/\p{Script=Han}+/gu) ?? []).toEqual([])
    expect(rule).toContain('version')
  })
})

describe('the roll sheet', () => {
  it('lists everybody in the order of the windows', async () => {
    const answer = await ask(loader, get('/today?view=roll', duty))
    const page = answer.body as Extract<Awaited<ReturnType<typeof loader>>, { view: 'roll' }>
    expect(page.roll.lines.map((line) => line.window.slice(0, 3))).toEqual(['A01', 'A02', 'A03', '后台'])
    expect(page.roll.lines[2]).toMatchObject({ name: '曾祥瑞', state: '未到' })
  })
})

describe('the clock of the test', () => {
  it('stands on that morning', async () => {
    const page = await board('/today', duty)
    expect(page.model.hours).toBe('上午 09:00–12:00')
    expect(instant('2026-11-20 09:42')).toBeLessThan(Date.now() + Number(process.env.CLOCK_OFFSET_MS))
  })
})
