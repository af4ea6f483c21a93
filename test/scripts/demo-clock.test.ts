import { describe, expect, it } from 'vitest'
import { demoNow } from '../../scripts/demo/clock.ts'

const workday = (day: string) => !['2026-11-21', '2026-11-22'].includes(day)
const at = (text: string) => Date.parse(`${text}+08:00`)
const shown = (real: string, last: string | null = null) =>
  new Date(demoNow(at(real), last === null ? null : at(last), workday) + 8 * 3_600_000).toISOString().slice(0, 16)

describe('the demo clock', () => {
  it('is the real time while the hall is open', () => {
    expect(shown('2026-11-20T10:15:00')).toBe('2026-11-20T10:15')
  })

  it('is the next workday morning at any other time', () => {
    expect(shown('2026-11-20T17:30:00')).toBe('2026-11-23T08:48')
    expect(shown('2026-11-21T10:00:00')).toBe('2026-11-23T08:48')
    expect(shown('2026-11-23T05:00:00')).toBe('2026-11-23T08:48')
  })

  it('never runs backwards', () => {
    expect(shown('2026-11-22T20:00:00', '2026-11-23T09:20:00')).toBe('2026-11-23T09:20')
    expect(shown('2026-11-23T08:05:00', '2026-11-23T09:20:00')).toBe('2026-11-23T09:20')
  })

  it('goes on to the next morning when the last time it showed was in the evening', () => {
    expect(shown('2026-11-22T20:00:00', '2026-11-23T21:20:00')).toBe('2026-11-24T08:48')
  })
})
