import { beforeAll, describe, expect, test } from 'vitest'
import { anonymousCookieName } from '#app/auth/cookies.server.ts'
import { anonymousCsrf } from '#app/auth/csrf.server.ts'
import { kioskCookie } from '#app/auth/guard.server.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { addKiosk } from '#app/db/kiosk.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import type { ClaimAnswer, KioskState } from '#app/domain/devices/alternate-answer.ts'
import { deviceProfile } from '#app/domain/devices/device-rules.ts'
import * as alternate from '#app/routes/_shell.people_.$id_.alternate.tsx'
import * as claims from '#app/routes/api.kiosk.claims.ts'
import { action as kioskForm } from '#app/routes/kiosk.tsx'
import { ask, get, post, type SignedIn, signedIn } from '#test/routes/requests.ts'
import { makeTestCentre } from '#test/services/devices/support.ts'
import { useDatabase } from '#test/support/database.ts'
import type { Fixture } from '#test/support/fixture.ts'

useDatabase()
let centre: Fixture
let hr: SignedIn
let kiosk: string
let pin: string
let staffNumber: string
const personId = () => centre.personIds[0]
const card = '0012345678'

const formCookie = `${anonymousCookieName}=test-secret`
const { token: csrf } = anonymousCsrf({ request: get('/kiosk', formCookie) })

async function screen(of: Fixture): Promise<string> {
  const { centreId } = of
  const made = await inTransaction((tx) => addKiosk(tx, { centreId, name: '东门', sourceId: null, atMs: now() }))
  return `${formCookie}; ${kioskCookie(made.token).split(';')[0]}`
}

const give = (fields: Record<string, string>, who = hr) => {
  const typed = { kind: '', card: '', reason: 'unwilling', other: '', from: '', to: '' }
  const form = { ...typed, ...fields, intent: 'give', csrf: who.csrf }
  return ask(alternate.action, post(`/people/${personId()}/alternate`, form, who.cookie), { id: personId() })
}

beforeAll(async () => {
  centre = await makeTestCentre()
  hr = await signedIn(centre.centreId, ['hr'])
  kiosk = await screen(centre)
  expect(await give({ kind: 'card', card })).toMatchObject({ status: 302 })
  const made = await give({ kind: 'pin' })
  pin = (made.body as { pin: string }).pin
  staffNumber = (await prisma.person.findFirstOrThrow({ where: { id: personId() } })).staffNumber
})

const claim = (fields: Record<string, string>, cookie = kiosk) =>
  ask(claims.action, post('/api/kiosk/claims', { ...fields, csrf }, cookie))
const refused = { code: 'refused', greeting: null, attempts: deviceProfile.alternate.attempts }

describe('the page of ways', () => {
  test('shows a PIN once, and afterwards neither it nor the card', async () => {
    expect(pin).toMatch(/^\d{6}$/)
    const page = await ask(alternate.loader, get(`/people/${personId()}/alternate`, hr.cookie), { id: personId() })
    expect(JSON.stringify(page.body)).not.toContain(pin)
    expect(JSON.stringify(page.body)).not.toContain(card)
    expect(page.body).toMatchObject({ view: { ways: [{ kind: 'pin' }, { kind: 'card' }], fingers: 2 } })
  })

  test('keeps what was typed and says what is wrong with it', async () => {
    const typed = await give({ kind: 'card', card: '1', reason: 'other', from: '2020-01-01' })
    expect(typed).toMatchObject({
      status: 400,
      body: {
        typed: { card: '1', reason: 'other' },
        problems: { card: 'card_missing', other: 'other_missing', from: 'from_past' },
      },
    })
    expect(await give({ kind: 'card', card })).toMatchObject({
      status: 400,
      body: { refused: { code: 'way_overlaps' } },
    })
  })

  test('is HR’s, and of its own centre', async () => {
    const other = await makeTestCentre()
    const foreign = await signedIn(other.centreId, ['hr'])
    expect(await give({ kind: 'pin' }, foreign)).toMatchObject({ status: 404 })
    const officer = await signedIn(centre.centreId, ['duty_officer'])
    expect(await give({ kind: 'pin' }, officer)).toMatchObject({ status: 403 })
  })
})

describe('a claim', () => {
  test('by card is answered with the name, and again the same minute as already made', async () => {
    const first = (await claim({ card })).body as ClaimAnswer
    expect(first).toMatchObject({ code: 'claimed', greeting: { code: 'claimed', person: { name: '陆𬭎' } } })
    const again = (await claim({ number: staffNumber, pin })).body as ClaimAnswer
    expect(again).toMatchObject({ code: 'already', greeting: { key: first.greeting?.key } })
    const state = (await ask(claims.loader, get('/api/kiosk/claims', kiosk))).body as KioskState
    expect(state).toMatchObject({ speaks: true, claims: [{ key: first.greeting?.key }] })
    expect(await prisma.punch.count({ where: { centreId: centre.centreId } })).toBe(1)
  })

  test('typed by a card reader into the number’s field is a card’s', async () => {
    expect((await claim({ number: card, pin: '' })).body).toMatchObject({ code: 'already' })
  })

  test('of nothing, of nobody’s card, with a wrong PIN and of another centre is refused without a word about which', async () => {
    const other = await makeTestCentre()
    const elsewhere = await screen(other)
    expect((await claim({})).body).toMatchObject({ code: 'missing' })
    expect((await claim({ card: '99999999' })).body).toMatchObject(refused)
    expect((await claim({ number: staffNumber, pin: '000000' })).body).toMatchObject(refused)
    expect((await claim({ number: '123', pin: '000000' })).body).toMatchObject(refused)
    expect((await claim({ card }, elsewhere)).body).toMatchObject(refused)
    expect((await claim({ number: staffNumber, pin }, elsewhere)).body).toMatchObject(refused)
    expect(await prisma.punch.count({ where: { centreId: other.centreId } })).toBe(0)
  })

  test('is only taken from a paired screen and with the form’s token', async () => {
    expect(await claim({ card }, formCookie)).toMatchObject({ status: 401, code: 'kiosk_unknown' })
    expect(await ask(claims.action, post('/api/kiosk/claims', { card }, kiosk))).toMatchObject({ code: 'form_token' })
    expect(await ask(claims.loader, get('/api/kiosk/claims', formCookie))).toMatchObject({ status: 401 })
  })

  test('without script comes by the page’s own form', async () => {
    const form = { intent: 'claim', number: staffNumber, pin, csrf }
    expect(await ask(kioskForm, post('/kiosk', form, kiosk))).toMatchObject({
      status: 200,
      body: { claim: { code: 'already' } },
    })
    expect(await ask(kioskForm, post('/kiosk', { ...form, pin: '1' }, kiosk))).toMatchObject({
      status: 400,
      body: { claim: { code: 'refused' } },
    })
    expect(await ask(kioskForm, post('/kiosk', form, formCookie))).toMatchObject({ status: 302, location: '/kiosk' })
  })

  test('is locked after as many wrong PINs as the rules say, and the right one is refused like a wrong one', async () => {
    for (let tries = 0; tries < deviceProfile.alternate.attempts; tries++)
      await claim({ number: staffNumber, pin: '1' })
    const answer = await claim({ number: staffNumber, pin })
    expect(answer.body).toMatchObject(refused)
    expect(answer.body).toEqual((await claim({ number: '123', pin })).body)
  })
})
