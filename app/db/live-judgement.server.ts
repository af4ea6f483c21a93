import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { LiveEvent } from './events.server.ts'
import { type CentreZone, keepJudged } from './greetings.server.ts'
import { lockPersonDays, markStale } from './punches.server.ts'
import { clearStale, personDayKey, rejudge } from './stale-days.server.ts'
import type { Tx } from './transaction.server.ts'

/** A punch of somebody who stands there now, whatever it came from. */
export type LivePunchOf = {
  readonly key: string
  readonly personId: string
  readonly subject: string
  readonly day: CivilDay
  readonly atMs: number
}

/** Judges the days of people who stand at a reader or terminal, keeps the results, and answers what is to be told of each. */
export async function judgeLive(
  tx: Tx,
  centre: CentreZone,
  punches: readonly LivePunchOf[],
  nowMs: number,
): Promise<LiveEvent[]> {
  await lockPersonDays(
    tx,
    punches.map((punch) => personDayKey({ ...punch, centreId: centre.id })),
  )
  for (const day of new Set(punches.map((punch) => punch.day))) {
    const ofDay = punches.filter((punch) => punch.day === day)
    await judgeDayOf(tx, centre, day, ofDay, nowMs)
  }
  return punches.map(({ personId, day, key }) => ({
    topic: 'result',
    centreId: centre.id,
    id: personId,
    day,
    punch: key,
  }))
}

/**
 * The day leaves the list before its facts are read: a punch that is stored meanwhile waits for this to end and notes it
 * again, so that none is missed. A day that cannot be judged yet stays on the list.
 */
async function judgeDayOf(
  tx: Tx,
  centre: CentreZone,
  day: CivilDay,
  punches: readonly LivePunchOf[],
  nowMs: number,
): Promise<void> {
  const people = [...new Set(punches.map((punch) => punch.personId))]
  await clearStale(tx, centre.id, day, people)
  const asOf = Math.max(nowMs, ...punches.map((punch) => punch.atMs))
  const { judged } = await rejudge(tx, centre, day, people, asOf)
  const left = people.filter((personId) => !judged.has(personId))
  await markStale(
    tx,
    centre.id,
    left.map((personId) => ({ personId, day })),
  )
  for (const punch of punches) keepJudged(centre.id, punch, judged.get(punch.personId), nowMs)
}
