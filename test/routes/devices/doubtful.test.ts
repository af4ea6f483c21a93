import { beforeEach, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { action, loader } from '#app/routes/_shell.readers_.doubtful.tsx'
import type { DoubtfulModel } from '#app/ui/doubtful/model.ts'
import { ask, get, post, type SignedIn, signedIn, site } from '#test/routes/requests.ts'
import { instant } from '#test/services/attendance/facts.ts'
import { doubtfulPunch, kioskClaim } from '#test/services/devices/doubt.ts'
import { makeTestCentre } from '#test/services/devices/support.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'

useDatabase()

const page = '/readers/doubtful'
let centre: Fixture
let officer: SignedIn
let hr: SignedIn

beforeEach(async () => {
  centre = await makeTestCentre()
  officer = await signedIn(centre.centreId, ['duty_officer'])
  hr = await signedIn(centre.centreId, ['hr'])
})

function send(by: SignedIn, fields: Record<string, string>, path = page) {
  return ask(action, post(path, { csrf: by.csrf, ...fields }, by.cookie))
}

async function show(by: SignedIn, search: string): Promise<DoubtfulModel> {
  const { body } = await ask(loader, get(`${page}?${search}`, by.cookie))
  return (body as { model: DoubtfulModel }).model
}

describe('a claim at the screen', () => {
  it('is shown first with the name, confirmed with one button, and gone', async () => {
    const key = await kioskClaim(centre, '2026-11-20 08:50:00', 0)
    const model = await show(officer, '')
    expect(model).toMatchObject({ show: 'claims', counts: { claims: 1, quarantined: 0 }, claims: false })
    expect(model.lines).toMatchObject([{ key, person: { name: '陆𬭎' } }])
    const done = await send(officer, { intent: 'confirm', key, reason: '本人在场，已当面核对' })
    expect(done.location).toContain('done=confirmed')
    expect((await show(officer, 'show=claims')).lines).toEqual([])
    const again = await send(officer, { intent: 'refuse', key, reason: '不是本人' })
    expect(again).toMatchObject({ status: 409, body: { told: { tone: 'bad', text: expect.stringContaining('试用') } } })
  })

  it('that is refused needs a reason and says so beside what was typed', async () => {
    const key = await kioskClaim(centre, '2026-11-20 08:50:00', 0)
    const refused = await send(officer, { intent: 'refuse', key, reason: ' ' })
    expect(refused).toMatchObject({ status: 409, body: { typed: { intent: 'refuse', chosen: [key] } } })
    expect((await send(officer, { intent: 'refuse', key, reason: '不是本人' })).location).toContain('done=refused')
  })
})

describe('punches in quarantine', () => {
  it('are decided together, with the filter kept', async () => {
    const keys = await Promise.all(
      ['2026-11-20 08:40:00', '2026-11-20 08:41:00'].map((at) => doubtfulPunch(centre, { at, offsetMs: 130_000 })),
    )
    const model = await show(officer, `day=2026-11-20&source=${centre.sourceIds[0]}`)
    expect(model).toMatchObject({ show: 'quarantined', counts: { claims: 0, quarantined: 2 } })
    expect((await show(officer, 'day=2026-11-19&show=quarantined')).lines).toEqual([])
    const body = new URLSearchParams({
      csrf: officer.csrf,
      intent: 'rule',
      decision: 'release',
      counts: 'corrected',
      reason: '与监控核对无误',
    })
    for (const key of keys) body.append('key', key)
    const request = new Request(`${site}${page}?show=quarantined&day=2026-11-20`, {
      method: 'POST',
      body,
      headers: { cookie: officer.cookie },
    })
    const done = await ask(action, request)
    expect(done.location).toBe(`${page}?show=quarantined&done=released&count=2&day=2026-11-20`)
    const history = await show(officer, 'show=decided')
    expect(history.decided).toMatchObject([
      { decision: 'release', person: null },
      { decision: 'release', person: null },
    ])
    expect((await show(hr, 'show=decided')).decided[0]?.person).toMatchObject({ name: '王㛃' })
  })

  it('may count at a time that is typed in the centre’s zone', async () => {
    const key = await doubtfulPunch(centre, {
      at: '2000-01-01 00:00:30',
      received: '2026-11-20 09:00:00',
      quarantine: 'before_2020',
    })
    const fields = { intent: 'rule', decision: 'release', counts: 'stated', key, reason: '与监控核对无误' }
    for (const at of ['', 'soon', '2026-11-20T25:00']) {
      expect(await send(officer, { ...fields, at })).toMatchObject({
        status: 409,
        body: { told: { text: expect.stringContaining('还没有填时间') } },
      })
    }
    await send(officer, { ...fields, at: '2026-11-20T08:52:30' })
    const ruling = await prisma.punchRuling.findFirst({ where: { centreId: centre.centreId } })
    expect(ruling?.countsAt?.getTime()).toBe(instant('2026-11-20 08:52:30'))
  })
})

describe('an unclaimed number', () => {
  it('is found, claimed for somebody found by pinyin, and taken back', async () => {
    await doubtfulPunch(centre, { at: '2026-11-20 08:40:00', quarantine: null, subject: '9' })
    expect((await show(hr, 'show=parked')).parked).toMatchObject([{ subject: '9', count: 1 }])
    const model = await show(hr, `show=parked&of=${centre.sourceIds[0]}&number=9&find=zengx`)
    expect(model.claiming?.found).toMatchObject([{ name: '曾祥瑞', state: 'serving' }])
    const fields = { intent: 'claim', source: centre.sourceIds[0], subject: '9', from: '', to: '' }
    expect(await send(hr, fields)).toMatchObject({
      status: 409,
      body: { told: { text: expect.stringContaining('没有选人') } },
    })
    expect((await send(hr, { ...fields, person: centre.personIds[2] })).location).toContain('done=claimed')
    const [made] = (await show(hr, 'show=decided')).made
    expect(made).toMatchObject({ subject: '9', person: { name: '曾祥瑞' }, toMs: null })
    expect((await send(hr, { intent: 'end_claim', claim: made?.id ?? '', at: '' })).status).toBe(409)
    expect((await send(hr, { intent: 'withdraw_claim', claim: made?.id ?? '' })).location).toContain('done=withdrawn')
    expect((await show(hr, 'show=parked')).parked).toHaveLength(1)
  })

  it('is not for duty officers, neither to see nor to claim', async () => {
    await doubtfulPunch(centre, { at: '2026-11-20 08:40:00', quarantine: null, subject: '9' })
    expect(await show(officer, 'show=parked')).toMatchObject({ show: 'claims', parked: [] })
    const fields = { source: centre.sourceIds[0], subject: '9', person: centre.personIds[2] }
    expect((await send(officer, { intent: 'claim', ...fields })).status).toBe(403)
    expect((await send(officer, { intent: 'constructor' })).status).toBe(400)
  })
})
