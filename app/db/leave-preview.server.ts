import type { LeaveRefusal } from '#app/domain/leave/refusals.ts'
import type { LeavePreview, LeaveWarning, Staffing } from '#app/domain/leave/view.ts'
import { ok, type Result } from '#app/domain/result.ts'
import type { HalfDay } from '#app/domain/time/half-day.ts'
import type { PrismaClient } from './generated/client.ts'
import { overlapsOf, workedHalves } from './leave-overlaps.server.ts'
import { type LeavePlan, type LeaveQuestion, planLeave } from './leave-plan.server.ts'
import { staffingTable } from './leave-staffing.server.ts'
import { stepViews } from './leave-steps.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
type Centre = { readonly id: string; readonly zone: string }

/** What the form shows beside itself: both counts, who decides, what else lies there, who is left. Nothing is written. */
export async function previewLeave(
  db: Db,
  centre: Centre,
  asked: LeaveQuestion & { readonly standInId: string | null },
  nowMs: number,
): Promise<Result<LeavePreview, LeaveRefusal>> {
  const planned = await planLeave(db, centre, asked, nowMs)
  if (!planned.ok) return planned
  const plan = planned.value
  const staffing = await staffingTable(db, centre, asked, plan.days)
  const standInAway =
    asked.standInId !== null && (await standInAbsence(db, centre, asked.standInId, asked, plan)) !== 'none'
  return ok({
    count: plan.count,
    counts: plan.counts,
    provisional: plan.days.provisional,
    steps: stepViews({ state: 'draft', route: plan.steps, round: 0, step: 0, given: [] }, [], plan.names),
    path: plan.route.path,
    ruleVersion: plan.version,
    overlaps: plan.overlaps,
    staffing,
    warnings: warningsOf(plan, staffing, asked.standInId, standInAway),
  })
}

function warningsOf(
  plan: LeavePlan,
  staffing: Staffing,
  standInId: string | null,
  standInAway: boolean,
): LeaveWarning[] {
  const warnings: LeaveWarning[] = []
  if (plan.shortBy) {
    const { workdays, wanted } = plan.shortBy
    warnings.push({ code: 'short_notice', facts: { workdays, wanted } })
  }
  for (const group of staffing.groups) {
    const short = group.columns.filter((column) => column.short)
    const [first] = short
    if (!first) continue
    const facts = { group: group.name, groupEn: group.nameEn, min: group.min, present: first.present }
    warnings.push({
      code: 'short_staffed',
      facts: { ...facts, day: first.day, half: first.half, halves: short.length },
    })
  }
  if (standInAway) warnings.push({ code: 'stand_in_away', facts: {} })
  if (standInId === null && needsStandIn(plan)) warnings.push({ code: 'stand_in_needed', facts: {} })
  if (plan.days.provisional) warnings.push({ code: 'provisional', facts: {} })
  for (const party of plan.passed) warnings.push({ code: 'passed_over', facts: { party } })
  return warnings
}

/** Whether the rules want somebody named who stands in 单人窗口. */
export function needsStandIn({ rules, facts }: Pick<LeavePlan, 'rules' | 'facts'>): boolean {
  return rules.stand_in.single_person_window === 'required' && facts.aloneAt.length > 0
}

/** Whether the stand-in is away in the same time, by an approved absence or a request under way: never, in part, or all of it. */
export async function standInAbsence(
  db: Db,
  centre: Centre,
  standInId: string,
  { period }: Pick<LeaveQuestion, 'period'>,
  { days }: Pick<LeavePlan, 'days'>,
): Promise<'none' | 'part' | 'all'> {
  const taken = await overlapsOf(db, centre, { personId: standInId, period, exceptId: null }, days)
  if (taken.length === 0) return 'none'
  const text = ({ day, half }: HalfDay) => `${day}${half}`
  const gone = (at: HalfDay) =>
    taken.some(({ blocks, first, last }) => blocks && text(first) <= text(at) && text(at) <= text(last))
  return workedHalves(period, days).every(gone) ? 'all' : 'part'
}
