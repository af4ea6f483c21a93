import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cleanText,
  countCharacters,
  limits,
  roomOf,
  silentAspects,
  writableYears,
  yearAtHand,
} from '#app/domain/assessment/summary.ts'

describe('own words', () => {
  it('are counted in characters, a rare one as one', () => {
    expect(countCharacters('陆𬭎')).toBe(2)
    expect(roomOf('summary', '')).toMatchObject({ state: 'empty', over: 0 })
    expect(roomOf('summary', '字'.repeat(limits.summary))).toMatchObject({ state: 'near', over: 0 })
    expect(roomOf('summary', '𬭎'.repeat(limits.summary + 3))).toMatchObject({ state: 'over', over: 3 })
    expect(roomOf('training', '字'.repeat(100))).toMatchObject({ state: 'fits', count: 100 })
  })

  it('are kept as typed but for what nobody sees', () => {
    expect(cleanText('一\r\n二\r三\t四\u0000\u200b五　 \n\n')).toBe('一\n二\n三\t四\u200b五')
    expect(cleanText('　　段首空两格')).toBe('　　段首空两格')
    expect(cleanText('half \ud83d')).toBe('half')
  })

  it('are clean after one cleaning and never grow', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const once = cleanText(text)
        expect(cleanText(once)).toBe(once)
        expect(countCharacters(once)).toBeLessThanOrEqual(countCharacters(text))
        expect(once).not.toMatch(/(?![\n\t])\p{Cc}|\p{Surrogate}/u)
      }),
    )
  })

  it('are hinted at by the five aspects', () => {
    expect(silentAspects('一、政治素质。二、业务能力。三、出勤满勤。四、办理 3 000 件。五、廉洁自律。')).toEqual([])
    expect(silentAspects('办理了很多件')).toEqual(['virtue', 'ability', 'diligence', 'integrity'])
  })
})

describe('the years', () => {
  it('may be written until March of the next, and the old one is at hand until February', () => {
    expect(writableYears('2026-11-22')).toEqual([2026])
    expect(writableYears('2027-03-31')).toEqual([2026, 2027])
    expect(writableYears('2027-04-01')).toEqual([2027])
    expect(yearAtHand('2027-02-28')).toBe(2026)
    expect(yearAtHand('2027-03-01')).toBe(2027)
  })
})
