import { beforeEach, describe, expect, test } from 'vitest'
import { claimsOfKiosk } from '#app/db/alternate-claims.server.ts'
import { waysOfPerson } from '#app/db/alternate-ways.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { notEnrolled } from '#app/db/enrolment-people.server.ts'
import { enrolmentsOfPerson } from '#app/db/enrolment-rows.server.ts'
import type { By } from '#app/db/enrolment-sending.server.ts'
import { addKiosk } from '#app/db/kiosk.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import type { NewWay } from '#app/domain/devices/alternate.ts'
import { deviceProfile } from '#app/domain/devices/device-rules.ts'
import { claimByKiosk } from '#app/services/devices/claim-by-kiosk.server.ts'
import { endWay } from '#app/services/devices/end-way.server.ts'
import { recordConsent, withdrawConsent } from '#app/services/devices/enrol-consent.server.ts'
import { giveWay } from '#app/services/devices/give-way.server.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday, makeTestCentre } from './support.ts'

useDatabase()
const zone = 'Asia/Shanghai'
const rules = deviceProfile.alternate
let centre: Fixture
let by: By
let kioskId: string

beforeEach(async () => {
  centre = await makeTestCentre()
  by = { ...centre, zone, accountId: centre.accountIds.hr, role: 'hr', address: null }
  const { centreId } = centre
  kioskId = (await inTransaction((tx) => addKiosk(tx, { centreId, name: '东门', sourceId: null, atMs: friday }))).id
})

const day = 86_400_000
const card: NewWay = { kind: 'card', card: '0012345678', reason: 'unwilling', startsMs: friday, endsMs: null }
const pin: NewWay = { ...card, kind: 'pin', card: null }

async function given(way: NewWay, personId = centre.personIds[0], atMs = friday) {
  const done = await giveWay(by, { personId, way }, atMs)
  if (!done.ok) throw new Error(done.code)
  return done.value
}

const asked = { zone, address: null } as const
const byCard = (number: string, atMs = friday + 1000, at: Fixture = centre) =>
  claimByKiosk({ ...asked, centreId: at.centreId, kioskId, by: { card: number } }, atMs)
const byPin = (staffNumber: string, typed: string, atMs = friday + 1000) =>
  claimByKiosk({ ...asked, centreId: centre.centreId, kioskId, by: { staffNumber, pin: typed } }, atMs)

async function numberOf(personId = centre.personIds[0]): Promise<string> {
  return (await prisma.person.findFirstOrThrow({ where: { id: personId } })).staffNumber
}

const punches = () => prisma.punch.findMany({ where: { centreId: centre.centreId }, orderBy: { seq: 'asc' } })
const mapped = () =>
  prisma.enrolment.findMany({
    where: { centreId: centre.centreId, source: { kind: 'kiosk' } },
    orderBy: { startsAt: 'asc' },
  })

describe('giving a way', () => {
  test('keeps neither number nor PIN, maps the staff number, and is no template', async () => {
    await given(card)
    const { pin: shown } = await given(pin)
    expect(shown).toMatch(/^\d{6}$/)
    const rows = await prisma.alternateWay.findMany({ where: { centreId: centre.centreId } })
    const kept = JSON.stringify(rows, (_, value) => (value instanceof Uint8Array ? [...value] : value))
    expect(kept).not.toContain('0012345678')
    expect(kept).not.toContain(shown)
    expect(rows.find((row) => row.kind === 'pin')?.pinHash).toMatch(/^scrypt\$/)
    expect(await mapped()).toMatchObject([{ subject: await numberOf(), finger: null, endsAt: null }])
    const fingers = await enrolmentsOfPerson(prisma, centre.centreId, centre.personIds[0])
    expect(fingers).toHaveLength(2)
    expect(await prisma.auditEntry.count({ where: { centreId: centre.centreId, action: 'alternate.given' } })).toBe(2)
  })

  test('is refused for a card that somebody has, a second card of one person, and who has left', async () => {
    await given(card)
    const other = centre.personIds[1]
    expect(
      await giveWay(by, { personId: other, way: { ...card, card: '0012 345678'.replace(' ', '') } }, friday),
    ).toMatchObject({
      code: 'card_taken',
      facts: { person: centre.personIds[0] },
    })
    expect(await giveWay(by, { personId: centre.personIds[0], way: { ...card, card: '9999' } }, friday)).toMatchObject({
      code: 'way_overlaps',
    })
    await prisma.posting.updateMany({ where: { personId: other }, data: { endsOn: new Date('2026-11-01') } })
    expect(await giveWay(by, { personId: other, way: pin }, friday)).toMatchObject({ code: 'person_left' })
  })

  test('of two officers who give one card at once the second is refused', async () => {
    const both = await Promise.all(
      [0, 1].map((index) => giveWay(by, { personId: centre.personIds[index] ?? '', way: card }, friday)),
    )
    expect(both.map((one) => one.ok).sort()).toEqual([false, true])
    expect(both.find((one) => !one.ok)).toMatchObject({ code: 'card_taken' })
  })

  test('needs no consent, and a consent withdrawn takes no way away', async () => {
    const personId = centre.personIds[0]
    await recordConsent(by, { personId, how: 'paper' }, friday)
    await given(card)
    expect(await withdrawConsent(by, personId, friday + 1000)).toMatchObject({ ok: true, value: 2 })
    expect(await mapped()).toMatchObject([{ endsAt: null }])
    expect(await byCard('0012345678', friday + 2000)).toMatchObject({ ok: true })
  })

  test('takes somebody without a finger off the list of who cannot register', async () => {
    await prisma.enrolment.updateMany({
      where: { personId: centre.personIds[2] },
      data: { endsAt: new Date(friday - day) },
    })
    const missing = async () => (await notEnrolled(prisma, centre.centreId, '2026-11-20')).map((one) => one.id)
    expect(await missing()).toEqual([centre.personIds[2]])
    await given({ ...pin, endsMs: friday + 30 * day }, centre.personIds[2])
    expect(await missing()).toEqual([])
  })
})

describe('ending a way', () => {
  test('ends what it registers from then on, while another way goes on', async () => {
    const first = await given(card)
    const second = await given(pin)
    const at = friday + day
    expect(await endWay(by, { personId: centre.personIds[0], wayId: first.id }, at)).toMatchObject({ ok: true })
    expect(await mapped()).toMatchObject([{ endsAt: null }])
    expect(await byCard('0012345678', at + 1)).toMatchObject({ code: 'not_accepted' })
    expect(await byPin(await numberOf(), second.pin ?? '', at + 1)).toMatchObject({ ok: true })
    expect(await endWay(by, { personId: centre.personIds[0], wayId: second.id }, at + 2)).toMatchObject({ ok: true })
    expect((await mapped())[0]?.endsAt?.getTime()).toBe(at + 2)
    expect(await endWay(by, { personId: centre.personIds[0], wayId: second.id }, at + 3)).toMatchObject({
      code: 'way_over',
    })
    expect(await endWay(by, { personId: centre.personIds[1], wayId: second.id }, at + 3)).toMatchObject({
      code: 'way_unknown',
    })
    expect((await waysOfPerson(prisma, centre.centreId, centre.personIds[0])).map((one) => one.endsMs)).toEqual([
      at + 2,
      at,
    ])
  })

  test('frees the card for somebody else, and earlier claims keep their owner', async () => {
    const first = await given(card)
    await byCard('0012345678')
    await endWay(by, { personId: centre.personIds[0], wayId: first.id }, friday + day)
    await given({ ...card, startsMs: friday + 2 * day }, centre.personIds[1], friday + 2 * day)
    expect(await byCard('0012345678', friday + 2 * day + 1)).toMatchObject({ value: { personId: centre.personIds[1] } })
    expect((await punches()).map((row) => row.subject)).toEqual([await numberOf(), await numberOf(centre.personIds[1])])
  })
})

describe('a claim at the kiosk', () => {
  test('is a punch in doubt with its kiosk and its way, in numbers without holes', async () => {
    const { id } = await given(card)
    await given(card.kind === 'card' ? { ...card, card: '777777' } : card, centre.personIds[1])
    const done = await byCard(';0012345678?')
    expect(done).toMatchObject({
      ok: true,
      value: { personId: centre.personIds[0], already: false, atMs: friday + 1000 },
    })
    await byCard('777777')
    expect(await punches()).toMatchObject([
      { seq: 1n, subject: await numberOf(), quarantine: 'unconfirmed', at: new Date(friday + 1000) },
      { seq: 2n, quarantine: 'unconfirmed' },
    ])
    expect(await prisma.kioskClaim.findMany({ where: { centreId: centre.centreId, wayId: id } })).toMatchObject([
      { kioskId, seq: 1n },
    ])
    const shown = await claimsOfKiosk(prisma, { id: centre.centreId, zone }, kioskId, friday + 2000)
    expect(shown.map((one) => [one.code, one.person?.name, one.person?.reading])).toEqual([
      ['claimed', '王㛃', 'wang jie'],
      ['claimed', '陆𬭎', 'lu hong'],
    ])
  })

  test('made again within a minute, by whatever way, is the same claim; later it is another', async () => {
    await given(card)
    const { pin: typed } = await given(pin)
    const first = await byCard('0012345678')
    const again = await byPin(await numberOf(), typed ?? '', friday + 30_000)
    expect(again).toMatchObject({ ok: true, value: { already: true, atMs: friday + 1000 } })
    expect(again.ok && first.ok && again.value.key === first.value.key).toBe(true)
    expect(await punches()).toHaveLength(1)
    expect(await byCard('0012345678', friday + 62_000)).toMatchObject({ value: { already: false } })
    expect(await punches()).toHaveLength(2)
  })

  test('ten times at once is one', async () => {
    await given(card)
    const all = await Promise.all(Array.from({ length: 10 }, () => byCard('0012345678')))
    expect(all.filter((one) => one.ok && !one.value.already)).toHaveLength(1)
    expect(await punches()).toHaveLength(1)
  })

  test('answers a wrong number, a wrong PIN, another centre’s card and a lock alike', async () => {
    await given(card)
    const other = await makeTestCentre()
    const { pin: typed } = await given(pin)
    const wrong = typed === '482913' ? '482914' : '482913'
    const number = await numberOf()
    const refusal = {
      ok: false,
      code: 'not_accepted',
      facts: { attempts: rules.attempts, minutes: rules.lock_minutes },
    }
    expect(await byCard('00000000')).toEqual(refusal)
    expect(await byCard('?')).toEqual(refusal)
    expect(await byCard('0012345678', friday + 1000, other)).toEqual(refusal)
    expect(await byPin('999999', typed ?? '')).toEqual(refusal)
    expect(await byPin(number, wrong)).toEqual(refusal)
    await Promise.all(Array.from({ length: rules.attempts - 1 }, () => byPin(number, wrong)))
    expect(await byPin(number, typed ?? '')).toEqual(refusal)
    expect(await prisma.auditEntry.count({ where: { centreId: centre.centreId, action: 'alternate.locked' } })).toBe(1)
    const after = friday + 1000 + rules.lock_minutes * 60_000
    expect(await byPin(number, typed ?? '', after)).toMatchObject({ ok: true })
    expect(await punches()).toHaveLength(1)
    const tries = await prisma.alternateWay.findFirstOrThrow({ where: { centreId: centre.centreId, kind: 'pin' } })
    expect(tries).toMatchObject({ failed: 0, failedAt: null })
  })

  test('before its way begins and after it has ended it is nobody’s', async () => {
    await given({ ...card, startsMs: friday + day, endsMs: friday + 2 * day })
    expect(await byCard('0012345678', friday + day - 1)).toMatchObject({ code: 'not_accepted' })
    expect(await byCard('0012345678', friday + day)).toMatchObject({ ok: true })
    expect(await byCard('0012345678', friday + 2 * day)).toMatchObject({ code: 'not_accepted' })
  })
})
