import { describe, expect, it } from 'vitest'
import { formatDay, formatDuration, formatInstant, formatNames, formatNumber, formatTime } from '#app/i18n/format.ts'

describe('days', () => {
  it('are written as each language writes them', () => {
    expect(formatDay('2026-11-20', 'zh-CN')).toBe('11月20日 周五')
    expect(formatDay('2026-11-20', 'en')).toBe('Fri 20 Nov')
    expect(formatDay('2026-11-20', 'zh-CN', 'full')).toBe('2026年11月20日 周五')
    expect(formatDay('2026-11-20', 'en', 'full')).toBe('Fri 20 Nov 2026')
    expect(formatDay('2026-01-05', 'zh-CN', 'short')).toBe('01-05')
    expect(formatDay('2026-11-01', 'zh-CN', 'month')).toBe('2026年11月')
    expect(formatDay('2026-11-22', 'zh-CN', 'weekday')).toBe('周日')
  })

  it('do not move with the zone of the machine', () => {
    const before = process.env.TZ
    try {
      for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
        process.env.TZ = zone
        expect(formatDay('2026-03-01', 'zh-CN')).toBe('3月1日 周日')
      }
    } finally {
      process.env.TZ = before
    }
  })
})

describe('times', () => {
  it('count from the midnight the day began with', () => {
    expect(formatTime(0)).toBe('00:00')
    expect(formatTime(8 * 3600 + 19 * 60 + 36)).toBe('08:19')
    expect(formatTime(8 * 3600 + 19 * 60 + 36, 'second')).toBe('08:19:36')
    expect(formatTime(25 * 3600)).toBe('01:00+1')
  })

  it('of instants stand in the zone of the centre', () => {
    const at = Date.parse('2026-11-19T16:30:05Z')
    expect(formatInstant(at, 'Asia/Shanghai', 'zh-CN', 'full')).toBe('2026-11-20 00:30:05')
    expect(formatInstant(at, 'Asia/Shanghai', 'zh-CN')).toBe('11-20 00:30')
    expect(formatInstant(at, 'Asia/Urumqi', 'en')).toBe('19 Nov 22:30')
    expect(formatInstant(at, 'Asia/Shanghai', 'en', 'second')).toBe('00:30:05')
  })
})

describe('amounts', () => {
  it('carry their unit', () => {
    expect(formatDuration(39, 'zh-CN')).toBe('39 分钟')
    expect(formatDuration(60, 'en')).toBe('1 h')
    expect(formatDuration(65, 'zh-CN')).toBe('1 小时 5 分')
    expect(formatDuration(65, 'en')).toBe('1 h 5 min')
  })

  it('keep the digits that were asked for', () => {
    expect(formatNumber(1240, 'zh-CN')).toBe('1,240')
    expect(formatNumber(98, 'en', 1)).toBe('98.0')
  })

  it('never leave out a name', () => {
    expect(formatNames(['李喆', '萧翊'], 'zh-CN')).toBe('李喆、萧翊')
    expect(formatNames(['Li Zhe', 'Xiao Yi'], 'en')).toBe('Li Zhe, Xiao Yi')
  })
})
