import { describe, expect, it } from 'vitest'
import { buildCalendar } from '#app/domain/calendar/year.ts'
import type { OnLeave, StepView } from '#app/domain/leave/view.ts'
import { monthDays } from '#app/domain/time/day.ts'
import { translator } from '#app/i18n/translator.ts'
import { refusalText } from '#app/ui/leave/answer.tsx'
import { monthOfLeave } from '#app/ui/leave/calendar-model.ts'
import { approveLabel, daysText, endText, periodText, standing } from '#app/ui/leave/texts.ts'
import { problemsOf, typedOf } from '#app/ui/leave/typed.ts'

const zh = translator('zh-CN')
const en = translator('en')

const period = (firstDay: string, firstHalf: 'am' | 'pm', lastDay: string, lastHalf: 'am' | 'pm') => ({
  firstDay,
  firstHalf,
  lastDay,
  lastHalf,
})

describe('a period in words', () => {
  it('names a half only where the day is not whole', () => {
    expect(periodText(zh, period('2026-11-26', 'pm', '2026-12-02', 'pm'))).toBe('11月26日 周四 下午 – 12月2日 周三')
    expect(periodText(zh, period('2026-11-26', 'am', '2026-11-26', 'pm'))).toBe('11月26日 周四')
    expect(periodText(zh, period('2026-11-26', 'am', '2026-11-26', 'am'))).toBe('11月26日 周四 上午')
    expect(periodText(en, period('2026-11-26', 'am', '2026-11-27', 'am'))).toBe('Thu 26 Nov – Fri 27 Nov a.m.')
  })

  it('names the year of a day of another year', () => {
    expect(periodText(zh, period('2025-09-24', 'am', '2025-09-24', 'pm'), 'day', '2026-11-23')).toContain('2025年')
  })

  it('counts in days and half-days', () => {
    expect([daysText(zh, 9), daysText(en, 2), daysText(en, 1)]).toEqual(['4.5 天', '1 day', '0.5 days'])
  })

  it('says which half-day is the last', () => {
    expect(endText(zh, period('2026-11-26', 'am', '2026-11-26', 'am'))).toBe('11月26日 周四 上午')
    expect(endText(zh, period('2026-11-26', 'am', '2026-11-27', 'pm'))).toBe('11月27日 周五')
  })
})

describe('where a request stands', () => {
  it('is ahead, running or over once approved', () => {
    const at = (today: string) =>
      standing({ state: 'approved', period: period('2026-11-24', 'am', '2026-11-25', 'pm') }, today)
    expect([at('2026-11-23'), at('2026-11-24'), at('2026-11-25'), at('2026-11-26')]).toEqual([
      'approved',
      'on',
      'on',
      'over',
    ])
  })
})

function step(index: number, state: StepView['state'], mode: StepView['mode'], ...parties: string[]): StepView {
  return {
    index,
    state,
    mode,
    order: 'any',
    side: 'centre',
    parties: parties.map((party) => ({ party: party as 'hr', people: [], decision: null })),
    told: [],
  }
}

describe('the button that approves', () => {
  it('names who is asked next, who is still missing, or that the leave takes effect', () => {
    const first = step(0, 'due', 'any', 'chief_representative')
    expect(approveLabel(zh, [first, step(1, 'later', 'any', 'hr')], 'chief_representative')).toBe('同意，送人事科')
    expect(approveLabel(zh, [step(0, 'due', 'all', 'hr', 'unit_leader')], 'hr')).toBe('同意，再等派出单位领导')
    expect(approveLabel(zh, [first], 'chief_representative')).toBe('同意，假期生效')
    expect(approveLabel(zh, [step(0, 'due', 'any', 'external:分管领导')], 'external:分管领导')).toContain('分管领导')
  })
})

describe('a refusal', () => {
  it('is a sentence with its facts in words, in both languages', () => {
    const overlap = {
      code: 'overlaps_leave',
      facts: { first: '2026-11-26', last: '2026-11-27', kind: 'annual', state: 'submitted' },
    }
    expect(refusalText(zh, overlap)).toBe(
      '11月26日 周四到11月27日 周五已有一张年休假（审批中）。请避开这几天，或先撤回那一张。',
    )
    expect(refusalText(en, overlap)).toContain('Annual leave already from Thu 26 Nov')
  })

  it('still says what to try when it has no sentence of its own', () => {
    expect(refusalText(zh, { code: 'never_heard_of', facts: {} })).toContain('请刷新')
  })
})

describe('the fields', () => {
  it('are kept as typed, and a draft may lack its reason', () => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ kind: 'sick', from: '2026-11-26', to: '2026-11-26' })) {
      form.set(name, value)
    }
    const typed = typedOf(form)
    expect(Object.keys(problemsOf(typed, '2026-11-23', false))).toEqual([])
    expect(Object.keys(problemsOf(typed, '2026-11-23', true))).toEqual(['reason'])
  })
})

describe('the month of leave', () => {
  const leave = (id: string, from: string, to: string, state: OnLeave['state'] = 'approved'): OnLeave => ({
    id,
    person: { id: `p${id}`, staffNumber: id, name: '李喆', nameEn: 'Li Zhe' },
    kind: 'annual',
    period: period(from, 'pm', to, 'am'),
    state,
  })

  it('marks the halves of a leave, skips rest days and counts who is away', () => {
    const month = monthOfLeave(
      monthDays('2026-11'),
      [leave('1', '2026-11-27', '2026-12-01'), leave('2', '2026-11-30', '2026-12-02', 'submitted')],
      buildCalendar([]),
    )
    const row = month.rows[0]
    const cell = (day: string) => row?.days.find((one) => one.day === day)
    expect(cell('2026-11-27')).toMatchObject({ am: null, pm: { kind: 'annual', asked: false } })
    expect(cell('2026-11-28')).toMatchObject({ am: null, pm: null })
    expect(month.columns.find(({ day }) => day === '2026-11-28')?.rest).toBe(true)
    expect(month.columns.find(({ day }) => day === '2026-11-30')?.away).toEqual({ am: 1, pm: 2 })
  })

  it('says which year nobody knows yet', () => {
    expect(monthOfLeave(monthDays('2098-02'), [], buildCalendar([])).unknownYear).toBe('2098')
  })
})
