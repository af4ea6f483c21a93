/** Days lost in a year, in half-days; what stands behind 其他 may be named. Source: domain.md §2.8 box 7 出勤情况. */
export type AttendanceYear = {
  readonly sick: number
  readonly personal: number
  readonly absent: number
  readonly other: number
  readonly otherNote?: string
}

/** The line of 出勤情况: 病假 5 天　　事假 3.5 天　　旷工 0 天　　其他 4 天（年休假）. Source: domain.md §2.8 box 7. */
export function attendanceText(year: AttendanceYear): string {
  const note = year.otherNote ? `（${year.otherNote}）` : ''
  return [
    `病假 ${days(year.sick)} 天`,
    `事假 ${days(year.personal)} 天`,
    `旷工 ${days(year.absent)} 天`,
    `其他 ${days(year.other)} 天${note}`,
  ].join('　　')
}

function days(halfDays: number): string {
  return String(halfDays / 2)
}

const quarters = ['一', '二', '三', '四'] as const

/** The line of 平时考核结果; a quarter without a result keeps a rule to write on. Source: domain.md §2.8 box 8. */
export function regularGradesText(grades: readonly (string | null)[]): string {
  return quarters.map((quarter, index) => `${quarter}季度 ${grades[index] || '＿＿＿'}`).join('　　')
}
