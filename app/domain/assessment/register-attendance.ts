import { type Mark, marks } from '#app/domain/attendance/marks.ts'

/** What a year's attendance lost, in half-days, as the institution form states it 出勤情况. Source: domain study §2.8 box 7. */
export type LostHalves = {
  readonly sick: number
  readonly personal: number
  readonly absent: number
  readonly other: number
  /** What the other leave was, most first. */
  readonly kinds: readonly { readonly mark: Mark; readonly halves: number }[]
}

const order = Object.keys(marks) as Mark[]
const named: readonly Mark[] = ['sick', 'private']

/** Leave that the form counts as 其他: every kind of leave but sick and private; official duty and time off are none. */
function isOtherLeave(mark: Mark): boolean {
  return ['lv', 'fam'].includes(marks[mark].family) && !named.includes(mark)
}

/** Sums half-days by mark, as a year's decided results hold them; nothing is rounded, and a mark that is no loss counts nowhere. */
export function lostHalves(byMark: Readonly<Partial<Record<Mark, number>>>): LostHalves {
  const count = (mark: Mark) => byMark[mark] ?? 0
  const kinds = order
    .filter((mark) => isOtherLeave(mark) && count(mark) > 0)
    .map((mark) => ({ mark, halves: count(mark) }))
    .sort((a, b) => b.halves - a.halves || order.indexOf(a.mark) - order.indexOf(b.mark))
  return {
    sick: count('sick'),
    personal: count('private'),
    absent: count('absent'),
    other: kinds.reduce((sum, kind) => sum + kind.halves, 0),
    kinds,
  }
}
