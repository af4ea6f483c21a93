import { demoPassword } from '#app/domain/access/demo.ts'
import { demoCard } from '../../prisma/seed/doubts.ts'
import type { SignIn } from '../../prisma/seed/tables.ts'

export type DemoFacts = {
  readonly address: string
  readonly nowMs: number
  readonly kioskCode: string
  readonly coming: number
  readonly signIns: readonly SignIn[]
  readonly roleName: (role: string, locale: 'zh-CN' | 'en') => string
}

/** Columns a terminal needs for a text: Chinese characters take two. */
function widthOf(text: string): number {
  return [...text].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) > 0x2e7f || char === '·' ? 2 : 1), 0)
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(1, width - widthOf(text)))
}

function demoTime(nowMs: number): string {
  return new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'full',
    timeStyle: 'short',
  }).format(nowMs)
}

/** What a visitor of the demo needs: address, kiosk code, demo reader, and one person per role. */
export function demoBanner(facts: DemoFacts): string {
  const { address } = facts
  const row = (label: string, value: string) => `  ${pad(label, 22)}${value}`
  const people = facts.signIns.map(({ signIn, name, role }) => {
    const zh = facts.roleName(role, 'zh-CN')
    return `  ${pad(signIn, 8)}${pad(name, 18)}${pad(zh, 16)}${facts.roleName(role, 'en')}`
  })
  return [
    '',
    '窗口人员管理与考勤系统 · 演示    Window Staff, demo with invented people',
    '',
    row('网址 Address', address),
    row('演示时间 Demo clock', `${demoTime(facts.nowMs)}（今天还有 ${facts.coming} 次签到 still to come）`),
    row('签到屏 Kiosk', `${address}/kiosk    配对码 code ${facts.kioskCode}`),
    row('按指纹 Demo reader', `${address}/demo/reader`),
    row('刷卡 Card', `${demoCard}（何婳，在签到屏上输入 type it at the kiosk）`),
    row('今日在岗 Board', `${address}/today`),
    '',
    `  每人一个工号，口令都是 ${demoPassword}    One sign-in per role, password ${demoPassword} for all`,
    ...people,
    '',
    '  按 Ctrl-C 停止，下次启动数据还在。Ctrl-C stops everything; the data stays.',
    '',
  ].join('\n')
}
