import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { institutionRegister } from '#app/domain/assessment/forms/institution-register.ts'
import { fileNameOf, outcomesOf } from '#app/domain/assessment/print-job.ts'
import {
  documentOf,
  filledBy,
  missingFields,
  type RegisterFacts,
  registerFields,
} from '#app/domain/assessment/register.ts'
import { lostHalves } from '#app/domain/assessment/register-attendance.ts'
import { daysHere, modeOf } from '#app/domain/assessment/register-mode.ts'
import { type Mark, marks } from '#app/domain/attendance/marks.ts'

const facts: RegisterFacts = {
  form: 'institution_register',
  year: 2026,
  number: 'KH-2026-0247',
  person: {
    id: '0199',
    name: '王㛃',
    gender: 'female',
    bornMonth: '1998-03',
    politicalStatus: '群众',
    title: '云溪市医疗保障服务中心待遇科 专业技术岗位十级',
    rankSince: '2024-08',
    education: '本科（学士）',
    workSince: '2021-07',
    postCategory: 'technical',
    postGrade: '十级',
    duties: null,
  },
  unit: '云溪市医疗保障服务中心',
  centre: '云溪市政务服务中心',
  posts: [{ post: 'a', window: { number: 'C05', name: '医保结算' }, chief: false }],
  mode: 'b',
  attendance: lostHalves({ sick: 10, private: 7, annual: 8, present: 300 }),
  summary: '德：认真学习。',
  training: '',
}

describe('the boxes of a register', () => {
  it('name the box to tick as the form itself does', () => {
    const choices = institutionRegister.rows
      .flatMap((row) => row.cells)
      .flatMap((cell) => (cell.field === 'post_category' ? (cell.choices ?? []) : []))
    for (const postCategory of ['management', 'technical', 'worker']) {
      const { post_category } = registerFields({ ...facts, person: { ...facts.person, postCategory } })
      expect(choices.map(({ value }) => value)).toContain(post_category)
    }
  })

  it('are filled from the record, the posts, the year and the attendance', () => {
    expect(registerFields(facts)).toEqual({
      year: '2026',
      number: 'KH-2026-0247',
      name: '王㛃',
      gender: '女',
      born_month: '1998.03',
      political_status: '群众',
      rank_since: '2024.08',
      title: '云溪市医疗保障服务中心待遇科 专业技术岗位十级',
      duties: '云溪市政务服务中心 C05 医保结算A岗',
      summary: '德：认真学习。',
      training: '',
      education: '本科（学士）',
      work_since: '2021.07',
      department: '云溪市医疗保障服务中心待遇科（派驻云溪市政务服务中心 C05 窗口）',
      post_category: 'technical',
      post_grade: '十级',
      appointed_since: '2024.08',
      attendance: '病假 5 天　　事假 3.5 天　　旷工 0 天　　其他 4 天（年休假）',
      regular_grades: '一季度 ＿＿＿　　二季度 ＿＿＿　　三季度 ＿＿＿　　四季度 ＿＿＿',
      remarks: '派驻人员，考核方式 B：市政务服务中心提出建议档次并附《窗口工作人员年度表现鉴定表》，由派出单位确定。',
    })
  })

  it('never hold an opinion, a grade or a signature, whatever is known', () => {
    const { template } = documentOf(facts)
    const opinions = template.rows.flatMap((row) => row.cells).filter((cell) => cell.style === 'blank')
    expect(opinions.length).toBe(4)
    expect(opinions.every((cell) => cell.field === undefined)).toBe(true)
  })

  it('stay blank and are named when the record does not say', () => {
    const none = Object.fromEntries(Object.keys(facts.person).map((key) => [key, null]))
    const bare = { ...facts, person: { ...facts.person, ...none, id: 'x', name: '王㛃' }, summary: '' } as RegisterFacts
    expect(missingFields(bare)).toEqual([
      'gender',
      'born_month',
      'political_status',
      'education',
      'work_since',
      'post_category',
      'post_grade',
      'appointed_since',
      'summary',
    ])
    expect(missingFields({ ...bare, form: 'civil_servant_register', unit: '市监局' })).toContain('title')
    expect(missingFields(facts)).toEqual([])
    expect(filledBy('summary')).toBe('person')
    expect(filledBy('education')).toBe('record')
  })

  it('name each other leave with its days when there are several', () => {
    const attendance = lostHalves({ annual: 6, marriage: 9 })
    expect(registerFields({ ...facts, attendance }).attendance).toContain('其他 7.5 天（婚假 4.5、年休假 3）')
  })
})

describe('the halves of a year', () => {
  const all = Object.keys(marks) as Mark[]
  const counts = fc.dictionary(fc.constantFrom(...all), fc.integer({ min: 0, max: 730 }))

  it('are each counted once, and nothing is counted that is no loss', () => {
    fc.assert(
      fc.property(counts, (byMark) => {
        const lost = lostHalves(byMark)
        const isLost = (mark: Mark) => mark === 'absent' || ['lv', 'fam'].includes(marks[mark].family)
        const expected = all.filter(isLost).reduce((sum, mark) => sum + (byMark[mark] ?? 0), 0)
        expect(lost.sick + lost.personal + lost.absent + lost.other).toBe(expected)
        expect(lost.kinds.reduce((sum, kind) => sum + kind.halves, 0)).toBe(lost.other)
        expect(lost.kinds.every((kind) => kind.halves > 0)).toBe(true)
      }),
    )
  })
})

describe('who decides the grade', () => {
  const posting = (startsOn: string, endsOn: string | null, mode: 'a' | 'b' | 'c' | null = null) => ({
    startsOn,
    endsOn,
    mode,
    unitMode: 'a' as const,
  })

  it('is as agreed with the unit, or for this person, and the unit alone under half a year', () => {
    expect(modeOf([posting('2025-01-01', null)], 2026)).toBe('a')
    expect(modeOf([posting('2025-01-01', null, 'b')], 2026)).toBe('b')
    expect(modeOf([posting('2026-08-01', null)], 2026)).toBe('c')
    expect(modeOf([posting('2026-01-01', '2026-05-31'), posting('2026-06-01', null, 'b')], 2026)).toBe('b')
    expect(modeOf([posting('2024-01-01', '2024-12-31')], 2026)).toBeNull()
  })

  it('counts each day of the year once', () => {
    expect(daysHere([posting('2020-01-01', null)], 2026)).toBe(365)
    expect(daysHere([posting('2020-01-01', null)], 2028)).toBe(366)
    expect(daysHere([posting('2026-12-31', null)], 2026)).toBe(1)
    expect(daysHere([posting('2027-01-01', null)], 2026)).toBe(0)
  })
})

describe('file names', () => {
  it('are number and name, and nothing a path or a shell would read', () => {
    expect(fileNameOf('KH-2026-0001', '阿依古丽·买买提', 'pdf')).toBe('KH-2026-0001-阿依古丽·买买提.pdf')
    expect(fileNameOf('', '../../etc/passwd', 'pdf')).toBe('etcpasswd.pdf')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        const made = fileNameOf('KH-2026-0001', name, 'pdf')
        expect(made).not.toMatch(/[\\/:*?"<>|\p{Cc}\p{Cf}]/u)
        expect(made.startsWith('KH-2026-0001')).toBe(true)
        expect([...made].length).toBeLessThanOrEqual(84)
      }),
    )
  })
})

describe('the outcome of a print', () => {
  it('is the worst that is said of a person, and everybody has one', () => {
    const problems = [
      { personId: 'a', code: 'blanks', facts: {} },
      { personId: 'a', code: 'characters_missing', facts: {} },
      { personId: 'b', code: 'continued', facts: {} },
    ] as const
    expect(outcomesOf(['a', 'b', 'c'], problems)).toEqual({ normal: ['c'], look: ['b'], failed: ['a'] })
  })
})
