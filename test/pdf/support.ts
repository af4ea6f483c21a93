import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attendanceText, regularGradesText } from '#app/domain/assessment/field-texts.ts'
import type { FormFields } from '#app/domain/assessment/form-fields.ts'
import { civilServantRegister } from '#app/domain/assessment/forms/civil-servant-register.ts'
import { institutionRegister } from '#app/domain/assessment/forms/institution-register.ts'
import type { RegisterDocument } from '#app/pdf/registers.ts'

export const paragraphs = [
  '一年来，本人在市政务服务中心 A03 企业开办窗口任首席代表，带领窗口 9 名同志办理企业开办 3 812 件，按时办结率 100%，平均用时 0.6 个工作日。',
  '一、政治素质方面。坚持用党的创新理论武装头脑，参加支部党员大会 4 次、主题党日 11 次，完成网络学习 52 学时，讲党课 1 次。',
  '二、履职实绩方面。推动“企业开办一件事”由 4 个环节并为 1 个，压减材料 7 份；建立甲乙岗交接清单，全年窗口无空岗；组织延时服务 18 个午间、6 个周六，受理 214 件。',
  '三、作风与纪律方面。全年出勤率 98.6%，无旷工，迟到 1 次（6 分钟，已说明）。服务对象评价 1 426 条，满意率 99.7%，收到锦旗 2 面；差评 2 条，经核实均非本人责任。三季度获服务之星，窗口两次获流动红旗。',
  '四、廉洁自律方面。严格执行一次性告知和收费公示制度，没有收受服务对象礼品礼金，带头接受巡查监督。',
  '五、存在不足与改进。对跨区域通办事项研究不够，带教新同志的方法还比较单一。下一年度重点完成通办事项办事指南 12 项，轮流安排窗口人员到后台审批岗位跟班学习。',
]

export function civilServant(fields: FormFields = {}): RegisterDocument {
  const number = 'KH-2026-0103'
  const all: FormFields = {
    name: '张伟',
    gender: '男',
    born_month: '1985.06',
    political_status: '中共党员',
    rank_since: '2023.07',
    title: '云溪市市场监督管理局 登记注册科副科长、三级主任科员',
    duties: '市政务服务中心企业开办窗口（首席代表），分管 A 区 6 个窗口',
    summary: paragraphs.join('\n'),
    training:
      '2026.10.22，市政务服务管理局，窗口服务规范（半天），合格；\n2026.05.11—05.15，市委党校，进修班（5 天），合格。',
    year: '2026',
    number,
    ...fields,
  }
  return { template: civilServantRegister, number, person: all.name ?? '', fields: all }
}

export function institutionStaff(fields: FormFields = {}): RegisterDocument {
  const number = 'KH-2026-0247'
  const all: FormFields = {
    name: '王㛃',
    gender: '女',
    born_month: '1998.03',
    political_status: '群众',
    education: '本科（学士）',
    work_since: '2021.07',
    department: '云溪市医疗保障服务中心 待遇科（派驻市政务服务中心 C05 窗口）',
    post_category: 'technical',
    post_grade: '十级',
    appointed_since: '2024.08',
    duties: '医保结算窗口 A 岗',
    summary: paragraphs.slice(0, 4).join('\n'),
    attendance: attendanceText({ sick: 10, personal: 7, absent: 0, other: 8, otherNote: '年休假' }),
    regular_grades: regularGradesText(['好', '较好', '好', null]),
    remarks: '派驻人员，考核方式 B：市政务服务中心提出建议档次，由派出单位确定。',
    year: '2026',
    number,
    ...fields,
  }
  return { template: institutionRegister, number, person: all.name ?? '', fields: all }
}

export function withoutSpaces(text: string): string {
  return text.replace(/[\s\f　]/g, '')
}

/** Runs a program of the operating system over a PDF; its output, or its complaint as an error. */
export function over(
  bytes: Uint8Array,
  program: string,
  before: readonly string[],
  after: readonly string[] = [],
): string {
  const folder = mkdtempSync(join(tmpdir(), 'window-staff-pdf-'))
  try {
    const file = join(folder, 'paper.pdf')
    writeFileSync(file, bytes)
    return execFileSync(program, [...before, file, ...after], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export const textOf = (bytes: Uint8Array, ...options: string[]) => over(bytes, 'pdftotext', options, ['-'])
