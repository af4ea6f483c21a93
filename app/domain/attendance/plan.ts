import { dayOfMonth, monthOf, weekday } from '#app/domain/time/day.ts'
import type { CompiledPlan, CompiledRules } from './compile.ts'
import type { PlanRule } from './rules.ts'

/** What choosing a plan depends on. */
export type PlanQuestion = {
  readonly day: string
  readonly workday: boolean
  readonly groups: readonly string[]
}

/** A day as the conditions of a plan see it. */
type DayTraits = {
  readonly month: number
  readonly date: number
  readonly weekday: number
  readonly workday: boolean
  readonly groups: readonly string[]
}

/**
 * Chooses the day's plan: the first whose `when` holds. A make-up workday 调休上班日 that no plan names by its own weekday is
 * treated as `makeup_weekday` (Wednesday unless the document says otherwise). Source: rules.md §1.
 */
export function choosePlan(rules: CompiledRules, question: PlanQuestion): CompiledPlan | null {
  const { day, workday, groups } = question
  const traits = { month: monthOf(day), date: dayOfMonth(day), weekday: weekday(day), workday, groups }
  const chosen = firstHolding(rules.plans, traits)
  if (chosen || !workday || traits.weekday < 6) return chosen
  return firstHolding(rules.plans, { ...traits, weekday: rules.makeupWeekday })
}

function firstHolding(plans: readonly CompiledPlan[], traits: DayTraits): CompiledPlan | null {
  for (const plan of plans) if (planHolds(plan.when, traits)) return plan
  return null
}

/** True when every condition that a plan names holds; a plan without conditions always holds. Source: rules.md §1. */
export function planHolds(when: NonNullable<PlanRule['when']>, traits: DayTraits): boolean {
  if (when.workday !== undefined && when.workday !== traits.workday) return false
  if (when.weekdays && !when.weekdays.includes(traits.weekday)) return false
  if (when.groups && !inGroups(when.groups, traits.groups)) return false
  if (when.months && !inMonths(when.months, traits.month)) return false
  return !when.season || inSeason(when.season, traits.month * 100 + traits.date)
}

function inGroups(named: readonly string[], own: readonly string[]): boolean {
  return named.some((group) => group === 'any' || own.includes(group))
}

/** Two months are a season from–to, which may pass the turn of the year; one or several are the months themselves. */
function inMonths(months: readonly number[], month: number): boolean {
  const [from, to] = months
  if (months.length !== 2 || from === undefined || to === undefined) return months.includes(month)
  return within(from, to, month)
}

function inSeason(season: readonly [string, string], monthDay: number): boolean {
  const number = (text: string): number => Number(text.slice(0, 2)) * 100 + Number(text.slice(3, 5))
  return within(number(season[0]), number(season[1]), monthDay)
}

function within(from: number, to: number, value: number): boolean {
  return from <= to ? from <= value && value <= to : from <= value || value <= to
}
