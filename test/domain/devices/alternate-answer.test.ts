import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nothingTyped, ruledSince, typedOn, waitingClaims } from '#app/domain/devices/alternate-answer.ts'
import { type KioskGreeting, plainGreeting } from '#app/domain/devices/greeting.ts'
import { takesScreen } from '#app/domain/devices/kiosk-view.ts'
import { translator } from '#app/i18n/translator.ts'
import { spokenName, spokenText } from '#app/ui/devices/kiosk-speech.ts'

/** Types a text with Enter, so many milliseconds between keys. */
function typing(text: string, gapMs: number, inField: boolean): string | null {
  let typed = nothingTyped
  let card: string | null = null
  ;[...text, 'Enter'].forEach((key, index) => {
    const next = typedOn(typed, { key, atMs: 1000 + index * gapMs, inField })
    typed = next.typed
    card = next.card ?? card
  })
  return card
}

describe('a card reader that types', () => {
  test('is heard anywhere, in a field only when it types faster than people', () => {
    for (const gapMs of [1, 10, 60]) expect(typing('0012345678', gapMs, true)).toBe('0012345678')
    expect(typing('0012345678', 120, true)).toBeNull()
    expect(typing('0012345678', 400, false)).toBe('0012345678')
    expect(typing('0012345678', 1600, false)).toBeNull()
    expect(typing('123', 10, false)).toBeNull()
  })

  test('begins anew after a pause and after Enter, and other keys do not count', () => {
    let typed = nothingTyped
    for (const [key, atMs] of [
      ['9', 0],
      ['Shift', 5],
      ['1', 5_000],
      ['2', 5_010],
      ['3', 5_020],
      ['4', 5_030],
    ] as const)
      typed = typedOn(typed, { key, atMs, inField: true }).typed
    expect(typedOn(typed, { key: 'Enter', atMs: 5_040, inField: true }).card).toBe('1234')
    expect(typedOn(nothingTyped, { key: 'Enter', atMs: 5_050, inField: true }).card).toBeNull()
  })

  test('whatever is typed, only what it typed comes out', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-F]{4,20}$/), fc.integer({ min: 0, max: 60 }), (text, gapMs) => {
        expect(typing(text, gapMs, true)).toBe(text)
      }),
    )
  })
})

const person = { name: '张伟', nameEn: 'Zhang Wei', window: null, post: null }
const punch = { key: 'a', subject: '1', second: 30_062, person }

test('a claim that was ruled is told once', () => {
  const claimed = plainGreeting('claimed', punch)
  const confirmed = plainGreeting('claim_confirmed', punch)
  const other = plainGreeting('claimed', { ...punch, key: 'b' })
  expect(waitingClaims([claimed, confirmed])).toEqual([claimed])
  expect(ruledSince([claimed, other], [confirmed, other])).toEqual([confirmed])
  expect(ruledSince([confirmed], [confirmed])).toEqual([])
})

test('a judged greeting takes its own first step’s place, not the place of who has come since', () => {
  const received = plainGreeting('received', punch)
  const later = plainGreeting('received', { ...punch, key: 'b' })
  expect(takesScreen(null, new Set(), received)).toBe(true)
  expect(takesScreen(received, new Set(['a']), { key: 'a' })).toBe(true)
  expect(takesScreen(received, new Set(['a']), later)).toBe(true)
  expect(takesScreen(later, new Set(['a', 'b']), { key: 'a' })).toBe(false)
})

describe('the spoken greeting', () => {
  const zh = translator('zh-CN')
  const en = translator('en')
  const judged = (code: KioskGreeting['code']): KioskGreeting => ({ ...plainGreeting('received', punch), code })

  test('says the name with good news only', () => {
    expect(spokenText(zh, judged('on_time'))).toBe('张伟，早，已签到')
    expect(spokenText(en, judged('on_time'))).toContain('Zhang Wei')
    const quiet = [
      'late',
      'left_early',
      'covered',
      'pending',
      'quarantined',
      'parked',
      'not_recognised',
      'claim_refused',
    ] as const
    for (const code of quiet) {
      expect(spokenText(zh, judged(code))).not.toContain('张伟')
      expect(spokenText(en, judged(code))).not.toContain('Zhang')
      expect(spokenText(zh, judged(code))).not.toMatch(/迟|早退|分钟/)
    }
  })

  test('gives a name with rare characters by its reading', () => {
    expect(spokenName('zh-CN', { ...person, name: '陆𬭎', reading: 'lù hóng' })).toBe('lù hóng')
    expect(spokenName('zh-CN', { ...person, name: '陆𬭎', nameEn: 'Lu Hong' })).toBe('Lu Hong')
    expect(spokenName('zh-CN', { ...person, name: '阿依古丽·买买提', reading: 'x' })).toBe('阿依古丽 买买提')
    expect(spokenName('en', { ...person, reading: 'zhāng wěi' })).toBe('Zhang Wei')
  })
})
