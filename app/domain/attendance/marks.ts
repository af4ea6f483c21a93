/**
 * The closed set of attendance marks 考勤符号: one character in one shape, the same on the wall, the board,
 * the month sheet, the phone and black-and-white paper. Source: design guide §3, enumerations of the domain study §12.
 */
export type MarkFamily =
  | 'ok'
  | 'man'
  | 'late'
  | 'early'
  | 'both'
  | 'miss'
  | 'pend'
  | 'abs'
  | 'lv'
  | 'fam'
  | 'off'
  | 'lieu'
  | 'rest'
  | 'hol'
  | 'cov'

/** yes: counts as attendance; deduct: counts, with a deduction; undecided: a person decides; not_due: nothing was due. */
export type AttendanceEffect = 'yes' | 'deduct' | 'no' | 'undecided' | 'not_due' | 'setting'

type MarkFacts = {
  readonly char: string
  readonly code: string
  readonly family: MarkFamily
  readonly counts: AttendanceEffect
}

/** Every mark with its character, Latin code, shape family and effect. Labels stand in the catalogues under `mark.<id>`. */
export const marks = {
  present: { char: '√', code: 'P', family: 'ok', counts: 'yes' },
  manual: { char: '手', code: 'M', family: 'man', counts: 'yes' },
  late: { char: '迟', code: 'L', family: 'late', counts: 'deduct' },
  early: { char: '早', code: 'E', family: 'early', counts: 'deduct' },
  late_and_early: { char: '双', code: 'LE', family: 'both', counts: 'deduct' },
  missing: { char: '缺', code: 'MP', family: 'miss', counts: 'deduct' },
  pending: { char: '待', code: '?', family: 'pend', counts: 'undecided' },
  absent: { char: '旷', code: 'A', family: 'abs', counts: 'no' },
  overdue: { char: '逾', code: 'OD', family: 'miss', counts: 'undecided' },
  annual: { char: '年', code: 'AL', family: 'lv', counts: 'yes' },
  sick: { char: '病', code: 'SL', family: 'lv', counts: 'setting' },
  private: { char: '事', code: 'PL', family: 'lv', counts: 'no' },
  home_visit: { char: '探', code: 'HV', family: 'lv', counts: 'yes' },
  work_injury: { char: '伤', code: 'WI', family: 'lv', counts: 'yes' },
  official_leave: { char: '假', code: 'OL', family: 'lv', counts: 'yes' },
  other_leave: { char: '其', code: 'O', family: 'lv', counts: 'setting' },
  marriage: { char: '婚', code: 'MR', family: 'fam', counts: 'yes' },
  maternity: { char: '产', code: 'ML', family: 'fam', counts: 'yes' },
  prenatal: { char: '检', code: 'PN', family: 'fam', counts: 'yes' },
  paternity: { char: '陪', code: 'PT', family: 'fam', counts: 'yes' },
  parental: { char: '育', code: 'PR', family: 'fam', counts: 'yes' },
  parent_care: { char: '独', code: 'PC', family: 'fam', counts: 'yes' },
  nursing: { char: '哺', code: 'NH', family: 'fam', counts: 'yes' },
  bereavement: { char: '丧', code: 'BR', family: 'fam', counts: 'yes' },
  duty_out: { char: '公', code: 'D', family: 'off', counts: 'yes' },
  business_trip: { char: '差', code: 'BT', family: 'off', counts: 'yes' },
  training: { char: '训', code: 'T', family: 'off', counts: 'yes' },
  group_activity: { char: '集', code: 'G', family: 'off', counts: 'yes' },
  extra_duty: { char: '值', code: 'XD', family: 'off', counts: 'yes' },
  time_off: { char: '调', code: 'TO', family: 'lieu', counts: 'not_due' },
  half_holiday: { char: '半', code: 'HH', family: 'lieu', counts: 'not_due' },
  rest: { char: '·', code: '–', family: 'rest', counts: 'not_due' },
  holiday: { char: '节', code: 'H', family: 'hol', counts: 'not_due' },
  not_in_service: { char: '／', code: '/', family: 'rest', counts: 'not_due' },
} as const satisfies Record<string, MarkFacts>

export type Mark = keyof typeof marks

/** Marks that an approved coverage may carry (leave, official duty, time off). Source: decisions 10. */
export const coverageKinds = [
  'annual',
  'sick',
  'private',
  'home_visit',
  'work_injury',
  'official_leave',
  'other_leave',
  'marriage',
  'maternity',
  'prenatal',
  'paternity',
  'parental',
  'parent_care',
  'nursing',
  'bereavement',
  'duty_out',
  'business_trip',
  'training',
  'group_activity',
  'time_off',
] as const satisfies readonly Mark[]

export type CoverageKind = (typeof coverageKinds)[number]
