import { minutesInDay } from '#app/domain/time/clock-time.ts'
import { dayOfMonth, monthOf, weekday } from '#app/domain/time/day.ts'
import type { CompiledPlan, CompiledRules } from './compile.ts'
import type { Second } from './day.ts'
import type { PlanRule } from './rules.ts'

/** What choosing a plan depends on. */
export type PlanQuestion = {
  readonly day: string
  readonly workday: boolean
  readonly groups: readonly string[]
}

type When = NonNullable<PlanRule['when']>

/** A day as the conditions of a plan see it. */
export type DayTraits = {
  readonly month: number
  readonly date: number
  readonly weekday: number
  readonly workday: boolean
  readonly groups: readonly string[]
}

/**
 * Chooses the day's plan: the first whose `when` holds. On a make-up workday 调休上班日 the plan that names the day's own weekday
 * goes first; else the day is worked as `makeup_weekday` says, and without that word as the plans for any workday or, where
 * there are none, as a Wednesday. Source: rules.md §1.
 */
export function choosePlan(rules: CompiledRules, question: PlanQuestion): CompiledPlan | null {
  const { day, workday, groups } = question
  const traits = { month: monthOf(day), date: dayOfMonth(day), weekday: weekday(day), workday, groups }
  return planFor(rules.plans, traits, rules.makeupWeekday)
}

const wednesday = 3

/** The plan of a day with these traits, among plans in their order. */
export function planFor<Plan extends { readonly when?: When | undefined }>(
  plans: readonly Plan[],
  traits: DayTraits,
  makeupWeekday: number | null,
): Plan | null {
  const own = firstHolding(plans, traits)
  if (!traits.workday || traits.weekday < 6) return own
  const naming = plans.filter((plan) => plan.when?.weekdays)
  if (firstHolding(naming, traits)) return own
  if (makeupWeekday !== null) return firstHolding(plans, { ...traits, weekday: makeupWeekday })
  return own ?? firstHolding(plans, { ...traits, weekday: wednesday })
}

function firstHolding<Plan extends { readonly when?: When | undefined }>(
  plans: readonly Plan[],
  traits: DayTraits,
): Plan | null {
  for (const plan of plans) if (planHolds(plan.when ?? {}, traits)) return plan
  return null
}

/** True when every condition that a plan names holds; a plan without conditions always holds. Source: rules.md §1. */
function planHolds(when: When, traits: DayTraits): boolean {
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

/**
 * The second at which an attendance day ends and the next begins: the day boundary, or the end of a rostered plan that works on
 * past it, so that its punches stay with its own day 跨日班. Source: rules.md §1.
 */
export function dayEnds(rules: CompiledRules, rosterPlan: string | null | undefined): Second {
  const plan = rosterPlan ? rules.plans.find(({ id }) => id === rosterPlan) : undefined
  return Math.max(rules.boundary + minutesInDay, plan?.ends ?? 0) * 60
}
