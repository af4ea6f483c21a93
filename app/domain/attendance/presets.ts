import type { AttendanceRules } from './rules.ts'

/**
 * The two default profiles as documents 四次签到, 两次签到. Every value is a proposal of ours built from published examples.
 * Source: domain study §1.2.
 */
const grading: Omit<AttendanceRules, 'version' | 'valid_from' | 'name' | 'source' | 'day_boundary' | 'plans'> = {
  late: {
    counts_from: 'boundary',
    tiers: [
      { at_least: 1, class: 'minor' },
      { at_least: 10, class: 'serious' },
      { at_least: 30, class: 'half_day_absent', counts_as: { score_absent_halves: 1 } },
    ],
    basis: 'proposed',
  },
  early: {
    counts_from: 'boundary',
    tiers: [
      { at_least: 1, class: 'minor' },
      { at_least: 10, class: 'serious' },
      { at_least: 30, class: 'half_day_absent', counts_as: { score_absent_halves: 1 } },
    ],
    basis: 'proposed',
  },
  missing: { one_boundary: 'missing_punch', all_of_half: 'absent_half', lone_slot: 'day', basis: 'proposed' },
  rounding: { unit: 'minute', basis: 'proposed' },
  dedupe: { seconds: 120, basis: 'proposed' },
  out_of_post: {
    register_at_least: 15,
    tiers: [{ at_least: 60, class: 'half_day_absent', counts_as: { score_absent_halves: 1 } }],
    basis: 'proposed',
  },
}

const halves: AttendanceRules['plans'][number]['halves'] = {
  am: { start: '09:00', end: '12:00' },
  pm: { start: '13:30', end: '17:00' },
  basis: 'proposed',
}

const source = { title: '系统默认考勤规则', number: null, date: null, basis: 'proposed' } as const

function profile(version: string, name: string, slots: AttendanceRules['plans'][number]['slots']): AttendanceRules {
  return {
    kind: 'attendance',
    version,
    valid_from: '2020-01-01',
    name,
    source: { ...source },
    basis: 'proposed',
    day_boundary: '04:00',
    plans: [{ id: 'all_year', name: '全年', when: { workday: true }, halves, slots, basis: 'proposed' }],
    ...structuredClone(grading),
  }
}

/** Four punches a day: in and out of each half. */
export const fourPunchProfile: AttendanceRules = profile('four-1', '四次签到', [
  { id: 'am_in', name: '上午签到', kind: 'in', serves: ['am'], open: '07:30', close: '11:00' },
  { id: 'am_out', name: '上午签退', kind: 'out', serves: ['am'], open: '11:00', close: '12:20' },
  { id: 'pm_in', name: '下午签到', kind: 'in', serves: ['pm'], open: '12:21', close: '15:30' },
  { id: 'pm_out', name: '下午签退', kind: 'out', serves: ['pm'], open: '15:30', close: '20:00' },
])

/** Two punches a day: the first arrival proves the morning, the last leaving the afternoon. */
export const twoPunchProfile: AttendanceRules = profile('two-1', '两次签到', [
  { id: 'am_in', name: '上午签到', kind: 'in', serves: ['am'], open: '07:30', close: '11:00' },
  { id: 'pm_out', name: '下午签退', kind: 'out', serves: ['pm'], open: '15:30', close: '20:00' },
])
