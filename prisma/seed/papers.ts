import { noticeVersion } from '#app/domain/devices/enrol-attempt.ts'
import { annualFormOf } from '#app/domain/people/person.ts'
import { addDays } from '#app/domain/time/day.ts'
import type { DemoData } from './demo.ts'
import { seedId } from './ids.ts'
import { type DemoPerson, hasConsented, wasEnrolled } from './people.ts'
import { type Random, randomFor } from './random.ts'
import { idsOf, instant, type Row, type Table } from './tables.ts'

const openings = [
  '一年来，本人服从中心和派出单位双重管理，认真履行窗口岗位职责，现将德、能、勤、绩、廉五个方面的情况总结如下。',
  '本年度，在中心和派出单位的领导下，本人立足窗口岗位，完成了各项任务，现总结如下。',
  '回顾一年的窗口工作，有收获也有不足，现作如下总结。',
] as const

const virtue = [
  '坚持政治理论学习，参加中心组织的集中学习 {a} 次，撰写心得 {b} 篇，遵守职业道德和窗口行为规范。',
  '按时参加组织生活和业务学习，注重把学习成果用到接待群众的每一件小事上，全年参加学习 {a} 次。',
] as const
const ability = [
  '熟悉本窗口 {b} 类事项的受理要点，主动学习相邻窗口业务，能够独立顶岗；参与编写办事指南 {c} 份。',
  '通过跟班和自学掌握了系统新功能，帮带新同志 {c} 名，疑难件当场会商解决。',
] as const
const diligence = [
  '遵守考勤和请销假制度，坚持提前到岗，午间和延时服务值班 {b} 次，未发生空岗。',
  '全年出勤良好，离岗按规定登记并落实替岗，参加周六值班 {c} 次。',
] as const
const results = [
  '全年受理办件 {n} 件，按时办结率 100%，一次性告知落实到位，补正率比上年下降；收到群众表扬 {c} 次。',
  '办理各类事项 {n} 件，接待咨询 {m} 余人次，推动 {c} 个事项压减材料，评价满意率保持在 99% 以上。',
] as const
const honesty = [
  '严格执行廉洁自律各项规定，不收受服务对象礼品礼金，没有违规收费和推诿扯皮的情况。',
  '遵守中央八项规定精神和中心廉政要求，自觉接受监督。',
] as const
const faults = [
  '不足之处：对跨区域通办事项研究不够，遇到高峰时解释不够耐心。下一年将加强学习，做好分流引导。',
  '存在的问题：业务创新意识不强，统计分析做得少。今后将每月梳理一次典型问题，形成问答供同事参考。',
] as const

function pick(random: Random, texts: readonly string[]): string {
  const text = texts[random.int(0, texts.length - 1)] ?? ''
  return text
    .replace('{a}', String(random.int(10, 24)))
    .replace('{b}', String(random.int(4, 14)))
    .replace('{c}', String(random.int(1, 5)))
    .replace('{n}', String(random.int(900, 4200)))
    .replace('{m}', String(random.int(12, 60) * 100))
}

function summaryOf(random: Random, long: boolean): string {
  const parts = [
    pick(random, openings),
    `一、德。${pick(random, virtue)}`,
    `二、能。${pick(random, ability)}`,
    `三、勤。${pick(random, diligence)}`,
    `四、绩。${pick(random, results)}`,
    `五、廉。${pick(random, honesty)}`,
    pick(random, faults),
  ]
  if (!long) return parts.join('\n')
  const months = Array.from(
    { length: 11 },
    (_, index) =>
      `${index + 1}月：${pick(random, results)}${pick(random, ability)}${pick(random, diligence)}${pick(random, virtue)}`,
  )
  return [...parts.slice(0, 1), ...months, ...parts.slice(1)].join('\n')
}

/** Whose summary is some 3,000 characters: it shows what a continuation sheet is for 续页. */
const longWriter = '王㛃'

/** Own summaries of the running year: most are written, some are waited for 个人总结. */
export function registerTables(demo: DemoData): Table[] {
  const ids = idsOf(demo.seed)
  const year = Number(demo.today.slice(0, 4))
  const writers = demo.people.filter(
    (person) => person.endsOn === null && annualFormOf(person.identity) !== 'appraisal' && writes(demo.seed, person),
  )
  const rows = writers.map((person, index): Row => {
    const random = randomFor(demo.seed, 'summary', person.staffNumber)
    return {
      centre_id: ids.centre,
      id: seedId(demo.seed, 'register', person.staffNumber, year),
      person_id: person.id,
      year,
      number: `KH-${year}-${String(index + 1).padStart(4, '0')}`,
      summary: summaryOf(random, person.name === longWriter),
      training: random.chance(0.6)
        ? `${year}.0${random.int(3, 9)}，市政务服务管理局，窗口服务规范（${random.int(1, 3)} 天），合格。`
        : '',
      saved_at: instant(addDays(demo.today, -random.int(1, 9)), 10 * 3600 + random.int(0, 20_000)),
      saved_by: ids.account(person.staffNumber),
      revision: 1,
    }
  })
  return [{ name: 'annual_register', rows }]
}

function writes(seed: string, person: DemoPerson): boolean {
  return person.name === longWriter || randomFor(seed, 'writes', person.staffNumber).chance(0.8)
}

/** Everybody agreed before the finger was stored 指纹采集同意. */
export function consentTables(demo: DemoData): Table[] {
  const ids = idsOf(demo.seed)
  const rows = demo.people.filter(hasConsented).map(
    (person): Row => ({
      centre_id: ids.centre,
      id: seedId(demo.seed, 'consent', person.staffNumber),
      person_id: person.id,
      statement: noticeVersion,
      how: 'paper',
      // The day before, where the finger was there from the first morning on.
      given_at: wasEnrolled(person)
        ? instant(addDays(person.startsOn, -1), 15.5 * 3600)
        : instant(person.startsOn, 9 * 3600),
      recorded_by: ids.account('30549'),
    }),
  )
  return [{ name: 'enrolment_consent', rows }]
}
