import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safePath } from '#app/domain/access/safe-path.ts'
import { sessionEnd, sessionOver, worthTouching } from '#app/domain/access/session.ts'
import { defaultAccessSettings as rules } from '#app/domain/access/settings.ts'

const minute = 60_000

describe('sessions', () => {
  it('end after 30 idle minutes and after 10 hours at the latest', () => {
    const endsAt = sessionEnd(0, rules)
    expect(endsAt).toBe(600 * minute)
    expect(sessionOver({ seenAt: 0, endsAt, endedAt: null }, 30 * minute - 1, rules)).toBeNull()
    expect(sessionOver({ seenAt: 0, endsAt, endedAt: null }, 30 * minute, rules)).toBe('idle')
    expect(sessionOver({ seenAt: 599 * minute, endsAt, endedAt: null }, 600 * minute, rules)).toBe('absolute')
    expect(sessionOver({ seenAt: 0, endsAt, endedAt: 5 }, 6, rules)).toBe('ended')
  })

  it('write the time of last use once a minute', () => {
    expect(worthTouching({ seenAt: 0, endsAt: 1, endedAt: null }, minute - 1)).toBe(false)
    expect(worthTouching({ seenAt: 0, endsAt: 1, endedAt: null }, minute)).toBe(true)
  })
})

describe('the way on after signing in', () => {
  it('stays on this site', () => {
    expect(safePath('/today?zone=A')).toBe('/today?zone=A')
    for (const bad of [
      null,
      '',
      'today',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/..//evil.example',
    ])
      expect(safePath(bad)).toBeNull()
  })

  it('is never another site, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const path = safePath(`/${text}`)
        if (path !== null) expect(new URL(path, 'http://site.test').origin).toBe('http://site.test')
      }),
    )
  })
})
