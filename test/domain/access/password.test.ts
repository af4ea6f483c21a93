import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { demoPassword } from '#app/domain/access/demo.ts'
import { activationCode, passwordProblems, plainCode } from '#app/domain/access/password.ts'
import { readAccessSettings, defaultAccessSettings as rules } from '#app/domain/access/settings.ts'

const problems = (password: string, previous: string | null = null) =>
  passwordProblems({ password, signIn: '30517', name: '唐慧', previous }, rules)

describe('password rules', () => {
  it('accepts a good one, Chinese characters too', () => {
    expect(problems(demoPassword)).toEqual([])
    expect(problems('云溪Window2026')).toEqual([])
  })

  it('names everything that is wrong at once', () => {
    expect(problems('aaa')).toEqual(['too_short', 'too_simple', 'repeats'])
    expect(problems('Xy-30517-abcd')).toEqual(['contains_you'])
    expect(problems('A1-'.repeat(60))).toEqual(['too_long', 'repeats'])
    expect(problems('Window-2026', 'Window-2026')).toEqual(['unchanged'])
  })

  it('counts code points, so that a rare character is one character', () => {
    expect(problems('𬭎𬭎𬭎Aa1-b')).toContain('too_short')
  })

  it('falls back to the defaults when settings cannot be read', () => {
    expect(readAccessSettings(null)).toEqual(rules)
    expect(readAccessSettings({ access: { attempts: 0 } })).toEqual(rules)
    expect(readAccessSettings({ access: { attempts: 5 } }).attempts).toBe(5)
  })
})

describe('activation codes', () => {
  it('are the same however they are typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (random) => {
        const code = activationCode(random)
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
        const plain = plainCode(code)
        expect(plainCode(code.toLowerCase())).toBe(plain)
        expect(plainCode(` ${code.replaceAll('-', ' ')} `)).toBe(plain)
        expect(plainCode(code.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(plain)
      }),
    )
  })
})
