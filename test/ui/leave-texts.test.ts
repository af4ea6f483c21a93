import { describe, expect, it } from 'vitest'
import { buildCalendar } from '#app/domain/calendar/year.ts'
import type { OnLeave, StepView } from '#app/domain/leave/view.ts'
import { monthDays } from '#app/domain/time/day.ts'
import { translator } from '#app/i18n/translator.ts'
import { refusalText, warningText } from '#app/ui/leave/answer.tsx'
import { monthOfLeave } from '#app/ui/leave/calendar-model.ts'
import { type MyLeave, nextText } from '#app/ui/leave/mine-page.tsx'
import { approveLabel, daysText, endText, partyPeople, periodText, standing } from '#app/ui/leave/texts.ts'
import { periodOf, problemsOf, typedOf } from '#app/ui/leave/typed.ts'

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
    expect(periodText(en, period('2026-11-26', 'am', '2026-11-27', 'am'))).toBe('Thu 26 Nov – Fri 27 Nov am')
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

describe('who decides', () => {
  it('is named as the reader does, one or the other where one is enough', () => {
    const people = [{ name: '张伟', nameEn: 'Zhang Wei' }]
    const zhang = { party: 'chief_representative', people, decision: null } as const
    expect(partyPeople(zh, zhang)).toContain('张伟')
    expect(partyPeople(en, zhang)).toContain('Zhang Wei')
    const he = { party: 'unit_leader', people: [{ name: '何思远', nameEn: '' }], decision: null } as const
    expect(partyPeople(en, he)).toContain('何思远')
    const leave = {
      ...{
        state: 'submitted',
        period: period('2026-11-26', 'am', '2026-11-26', 'am'),
        note: null,
        submittedAtMs: null,
      },
      awaited: ['chief_representative', 'duty_officer'],
    } as unknown as MyLeave
    const at = { today: '2026-11-23', zone: 'Asia/Shanghai' }
    expect(nextText(zh, { ...leave, awaitedMode: 'any' }, at)).toContain('首席代表或值班长')
    expect(nextText(zh, { ...leave, awaitedMode: 'all' }, at)).toContain('首席代表、值班长')
  })
})

describe('a refusal', () => {
  it('is a sentence with its facts in words, in both languages', () => {
    const taken = { firstDay: '2026-11-26', firstHalf: 'pm', lastDay: '2026-11-27', lastHalf: 'pm' }
    const facts = { id: 'x', number: 'QJ-2026-0007', kind: 'annual', state: 'submitted', ...taken }
    expect(refusalText(zh, { code: 'overlaps_leave', facts })).toBe(
      '2026年11月26日 周四 下午 – 2026年11月27日 周五已有一张年休假（QJ-2026-0007，审批中）。请避开这几天，或先撤回、取消那一张。',
    )
    expect(refusalText(en, { code: 'overlaps_leave', facts })).toContain('Annual leave already: Thu 26 Nov 2026 pm')
    const outing = { ...facts, kind: 'trip', number: '', state: '' }
    expect(refusalText(zh, { code: 'covered_already', facts: outing })).toContain('2026年11月26日 周四 下午')
  })

  it('names the year of a far day, and what the rule asks', () => {
    expect(refusalText(zh, { code: 'not_in_service', facts: { day: '1900-01-01' } })).toContain('1900年1月1日')
    const notice = { code: 'short_notice', facts: { workdays: 1, wanted: 3 } } as const
    expect(refusalText(zh, notice)).toContain('提前 3 个工作日')
    expect(warningText(zh, notice)).toContain('提前 3 个工作日')
    const long = { code: 'longer_than_allowed', facts: { kind: 'bereavement', halves: 9, max: 6 } }
    expect(refusalText(zh, long)).toBe('丧假一次最多 3 天，这次是 4.5 天。请缩短，或请人事科按纸面办理。')
  })

  it('never leaves a place unfilled, in a warning neither', () => {
    const group = { group: '综合组', groupEn: 'General', min: 2, present: 1, halves: 3 }
    const short = { code: 'short_staffed', facts: { ...group, day: '2026-11-26', half: 'am' } } as const
    expect(warningText(en, short)).toContain('General')
    for (const t of [zh, en]) {
      for (const one of [{ code: 'stand_in_needed' }, { code: 'stand_in_away' }, { code: 'provisional' }] as const) {
        expect(warningText(t, { ...one, facts: {} })).not.toContain('{{')
      }
      expect(warningText(t, short)).not.toContain('{{')
      expect(refusalText(t, { code: 'note_too_long', facts: { length: 600, max: 500 } })).toContain('500')
    }
  })

  it('names who was first as the reader does', () => {
    const facts = { by: '张伟', byEn: 'Zhang Wei', act: 'approved', time: '09:45' }
    expect(refusalText(en, { code: 'already_decided', facts })).toContain('Zhang Wei')
    expect(refusalText(zh, { code: 'already_decided', facts })).toContain('张伟')
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

describe('fields that no database keeps', () => {
  const typed = (fields: Record<string, string>) => {
    const form = new FormData()
    const all = { kind: 'sick', from: '2026-11-26', to: '2026-11-26', reason: '发烧', ...fields }
    for (const [name, value] of Object.entries(all)) form.set(name, value)
    return typedOf(form)
  }
  const wrong = (fields: Record<string, string>) => Object.keys(problemsOf(typed(fields), '2026-11-23', true))

  it('lose their control characters and keep their lines', () => {
    expect(typed({ reason: '发\u0000烧\u0007\r\n两天', destination: 'a\u0000' })).toMatchObject({
      reason: '发烧\n两天',
      destination: 'a',
    })
  })

  it('are refused before the years of people who live', () => {
    expect(wrong({ from: '0000-01-01' })).toEqual(['from'])
    expect(wrong({ to: '1899-12-31' })).toEqual(['to'])
    expect(periodOf(typed({ from: '0000-01-01' }))).toBe(null)
  })

  it('take a telephone number by its digits, however it is written', () => {
    for (const phone of [
      '138 0000 8103',
      '+86 138-0000-8103',
      '(0391) 3567890',
      '（0391）3567890',
      '１３８００００８１０３',
    ]) {
      expect(wrong({ phone })).toEqual([])
    }
    expect(typed({ phone: '１３８００００８１０３' }).phone).toBe('13800008103')
    for (const phone of ['-------', '110', 'abc', '1'.repeat(25), '1+3800008103']) {
      expect(wrong({ phone })).toEqual(['phone'])
    }
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

  it('begins with whoever is away today or later', () => {
    const leaves = [leave('1', '2026-11-02', '2026-11-03'), leave('2', '2026-11-19', '2026-11-24')]
    const names = (today?: string) =>
      monthOfLeave(monthDays('2026-11'), leaves, buildCalendar([]), today).rows.map(({ person }) => person.id)
    expect(names('2026-11-20')).toEqual(['p2', 'p1'])
    expect(names()).toEqual(['p1', 'p2'])
  })

  it('says which year nobody knows yet', () => {
    expect(monthOfLeave(monthDays('2098-02'), [], buildCalendar([])).unknownYear).toBe('2098')
  })
})
