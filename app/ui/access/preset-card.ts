import type { AttendanceRules } from '#app/domain/attendance/rules.ts'

type Span = { readonly from: number; readonly to: number }

export type PresetCard = {
  readonly key: 'four' | 'two'
  readonly punches: number
  /** When work is due, and when punches are taken, in minutes of the day. */
  readonly halves: readonly Span[]
  readonly slots: readonly Span[]
  readonly work: string
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}

/** What the set-up page shows of a rule document: its first plan as bars and figures. */
export function presetCard(key: PresetCard['key'], rules: AttendanceRules): PresetCard {
  const plan = rules.plans[0]
  const halves = [plan?.halves.am, plan?.halves.pm].filter((half) => half !== undefined && half !== null)
  const slots = plan?.slots ?? []
  return {
    key,
    punches: slots.length,
    halves: halves.map((half) => ({ from: minutes(half.start), to: minutes(half.end) })),
    slots: slots.map((slot) => ({ from: minutes(slot.open), to: minutes(slot.close) })),
    work: halves.map((half) => `${half.start}–${half.end}`).join(' · '),
  }
}
