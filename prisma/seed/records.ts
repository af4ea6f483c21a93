import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { IdentityKind } from '#app/domain/people/person.ts'
import { addDays } from '#app/domain/time/day.ts'
import { units } from './hall.ts'
import type { DemoPerson } from './people.ts'
import { type Random, randomFor } from './random.ts'

type Grade = { readonly rank: string; readonly category: string | null; readonly grade: string | null }

const servants: readonly Grade[] = ['一级科员', '四级主任科员', '三级主任科员', '二级主任科员', '一级主任科员'].map(
  (rank) => ({ rank, category: null, grade: null }),
)
const institution = (category: string, kind: string, grades: readonly string[]): readonly Grade[] =>
  grades.map((grade) => ({ rank: `${kind}${grade}`, category, grade }))
const outside = (rank: string): readonly Grade[] => [{ rank, category: null, grade: null }]

const gradesOf: Readonly<Record<IdentityKind, readonly Grade[]>> = {
  civil_servant: servants,
  reference_managed: servants,
  institution_management: institution('management', '管理岗位', ['九级', '八级', '七级']),
  institution_technical: institution('technical', '专业技术岗位', ['十二级', '十一级', '十级', '九级']),
  institution_worker: institution('worker', '工勤技能岗位', ['四级', '三级']),
  agency_worker: outside('机关工勤'),
  contract: outside('编外聘用人员'),
  labour_dispatch: outside('劳务派遣人员'),
  enterprise: outside('业务专员'),
  trainee: outside('见习人员'),
}

const departments = ['行政审批科', '政策法规科', '综合业务科', '登记注册科', '办公室'] as const
const degrees = ['大专', '大学本科（学士）', '大学本科（学士）', '大学本科', '研究生（硕士）'] as const
const politics = ['中共党员', '中共党员', '中共预备党员', '共青团员', '群众', '民建会员'] as const

function month(random: Random, from: number, to: number): string {
  return `${random.int(from, to)}-${String(random.int(1, 12)).padStart(2, '0')}`
}

/** What the annual form needs to know of a person 登记表栏目; invented, and consistent with age and identity. */
export function registerFacts(person: DemoPerson): Readonly<Record<string, string | null>> {
  const random = randomFor('facts', person.staffNumber)
  const young = person.identity === 'trainee'
  const born = young ? random.int(2002, 2004) : random.int(1971, 1999)
  const working = young ? 2026 : Math.max(1995, born + random.int(22, 25))
  const grades = gradesOf[person.identity]
  const place = Math.min(grades.length - 1, Math.floor(Math.max(0, 2024 - working) / 6))
  const { rank, category, grade } = grades[place] ?? { rank: '', category: null, grade: null }
  const department = departments[random.int(0, departments.length - 1)] ?? departments[0]
  const unit = units[person.unit].name
  return {
    gender: person.gender,
    born_month: month(random, born, born),
    political_status: young ? '共青团员' : (politics[random.int(0, politics.length - 1)] ?? '群众'),
    title: `${unit}${department} ${rank}`,
    rank_since: month(random, Math.min(2025, working + place * 5), 2025),
    education: degrees[random.int(young ? 1 : 0, degrees.length - 1)] ?? degrees[1],
    work_since: month(random, working, working),
    post_category: category,
    post_grade: grade,
    duties: person.window ? `${person.window} 窗口受理、审核和咨询` : '窗口业务的后台审核与协调',
    name_note: notes[person.name] ?? null,
  }
}

/** How to describe a rare character to somebody on the telephone. */
const notes: Readonly<Record<string, string>> = {
  陆𬭎: '𬭎：左金右弘，U+2CB4E',
  王㛃: '㛃：上㓞下女，U+36C3',
  赵䶮: '䶮：上龙下天，U+4DAE',
  李喆: '喆：两个吉',
  徐赟: '赟：上斌下贝',
  何婳: '婳：左女右画',
}

/** The paper by which somebody was sent, and until when 派出文号、到期日: two years as a rule. */
export function termOf(person: DemoPerson): Readonly<Record<string, string | null>> {
  const random = randomFor('term', person.staffNumber)
  const year = person.startsOn.slice(0, 4)
  const documentOn: CivilDay = addDays(person.startsOn, -random.int(6, 20))
  return {
    document_number: `云${units[person.unit].shortName.slice(0, 1)}人〔${year}〕${random.int(3, 96)}号`,
    document_on: documentOn,
    due_on: addDays(person.startsOn, 730),
    end_reason: person.endsOn ? 'rotation' : null,
  }
}
