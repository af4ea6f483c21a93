/** The words of the official forms, which are Chinese in every language of the program. Source: domain study §2.7, §2.8. */
const words = {
  gender: { female: '女', male: '男' },
  category: { management: '管理', technical: '专技', worker: '工勤' },
  leave: {
    annual: '年休假',
    home_visit: '探亲假',
    work_injury: '工伤',
    official_leave: '公假',
    other_leave: '其他假',
    marriage: '婚假',
    maternity: '产假',
    prenatal: '产前检查',
    paternity: '陪产护理假',
    parental: '育儿假',
    parent_care: '独生子女护理假',
    nursing: '哺乳时间',
    bereavement: '丧假',
  },
} as const satisfies Record<string, Record<string, string>>

/** The form's word for a stored code; what is no code is printed as it stands. */
export function wordOf(list: keyof typeof words, code: string | null): string {
  if (code === null) return ''
  return new Map<string, string>(Object.entries(words[list])).get(code) ?? code
}

const posts: Readonly<Record<string, string>> = {
  a: 'A岗',
  b: 'B岗',
  reserve: '后备岗',
  guide: '导服岗',
  back_office: '后台岗',
  duty_officer: '值班长',
}

/** A post as the form names it 岗位. */
export function postName({ post, chief }: { readonly post: string; readonly chief: boolean }): string {
  return chief ? '首席代表' : (posts[post] ?? '')
}

/** How the remark of a stationed person names the modes 考核方式. Source: domain study §2.3. */
export const modeWords = {
  a: { letter: 'A', text: '由市政务服务中心考核委员会确定档次，名额单列，结果告知派出单位。' },
  b: { letter: 'B', text: '市政务服务中心提出建议档次并附《窗口工作人员年度表现鉴定表》，由派出单位确定。' },
  c: { letter: 'C', text: '市政务服务中心出具《窗口工作人员年度表现鉴定表》，由派出单位考核并确定档次。' },
} as const

export type AssessmentMode = keyof typeof modeWords
