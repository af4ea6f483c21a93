import { addDays } from '#app/domain/time/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { markStale } from './punches.server.ts'
import type { Tx } from './transaction.server.ts'

/** A day on which somebody could not register is judged otherwise: giving or ending a way recomputes from its first day to today. */
export async function markStaleSince(
  tx: Tx,
  of: { readonly centreId: string; readonly zone: string; readonly personId: string },
  fromMs: number,
  nowMs: number,
): Promise<void> {
  const { centreId, zone, personId } = of
  const today = civilOf(nowMs, zone).day
  const days: { personId: string; day: string }[] = []
  for (let day = civilOf(fromMs, zone).day; day <= today; day = addDays(day, 1)) days.push({ personId, day })
  await markStale(tx, centreId, days)
}
