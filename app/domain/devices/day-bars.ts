/** The part of the day that a reader's time bar 时间条 shows, in ten-minute steps. Source: design 13. */
export const barRange = { fromHour: 7, toHour: 20, stepMs: 600_000 } as const

const stepsPerHour = 6
const first = barRange.fromHour * stepsPerHour
/** How many steps the bar has. Source: `barRange`. */
export const barSteps = (barRange.toHour - barRange.fromHour) * stepsPerHour

export type Bar = { readonly step: number; readonly height: number; readonly kind: 'today' | 'usual' }
export type Down = { readonly from: number; readonly to: number }

export type Tally = ReadonlyMap<number, number>

/**
 * The bars of one reader: usual punches behind, today's in front. Full height is twice the mean of the steps with
 * punches, so that the rush at noon does not flatten the morning. Steps count from midnight. Source: design 13.
 */
export function dayBars(today: Tally, usual: Tally): readonly Bar[] {
  const shown = (tally: Tally) => [...tally].filter(([step]) => step >= first && step < first + barSteps)
  const counts = [...shown(today), ...shown(usual)].map(([, count]) => count).filter((count) => count > 0)
  const full = Math.max(1, (2 * counts.reduce((sum, count) => sum + count, 0)) / Math.max(1, counts.length))
  const bars = (tally: Tally, kind: Bar['kind']) =>
    shown(tally)
      .filter(([, count]) => count > 0)
      .sort(([a], [b]) => a - b)
      .map(([step, count]) => ({
        step: step - first,
        height: Math.min(100, Math.max(8, Math.round((count / full) * 100))),
        kind,
      }))
  return [...bars(usual, 'usual'), ...bars(today, 'today')]
}

/** The part of an outage that the bar shows, in steps, or null when it lies outside. Source: design 13. */
export function downBar(fromMs: number, toMs: number, midnightMs: number): Down | null {
  const step = (ms: number) => Math.min(Math.max((ms - midnightMs) / barRange.stepMs - first, 0), barSteps)
  const [from, to] = [step(fromMs), step(toMs)]
  return to > from ? { from: Math.floor(from * 10) / 10, to: Math.ceil(to * 10) / 10 } : null
}

/**
 * What is usual at a reader: the mean of each step over the last days that had punches at all, today excluded.
 * `tally` holds steps since the midnight `days` days ago. Source: design 13 (灰＝平时).
 */
export function usualTally(tally: Tally, days: number, of = 5): { readonly steps: Tally; readonly total: number } {
  const perDay = 24 * stepsPerHour
  const active = new Set([...tally.keys()].map((step) => Math.floor(step / perDay)).filter((day) => day < days))
  const chosen = [...active].sort((a, b) => b - a).slice(0, of)
  if (chosen.length === 0) return { steps: new Map(), total: 0 }
  const sums = new Map<number, number>()
  let total = 0
  for (const [step, count] of tally) {
    if (!chosen.includes(Math.floor(step / perDay))) continue
    sums.set(step % perDay, (sums.get(step % perDay) ?? 0) + count)
    total += count
  }
  const steps = new Map([...sums].map(([step, sum]) => [step, sum / chosen.length]))
  return { steps, total: Math.round(total / chosen.length) }
}
