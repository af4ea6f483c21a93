import { now } from '#app/clock.server.ts'
import { publish } from '#app/db/events.server.ts'
import { centresWithZone, claimDays, openPersonDays, rejudge, type ZonedCentre } from '#app/db/stale-days.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import { addDays } from '#app/domain/time/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'

/** How far back a server that was off looks for days without a final result. */
const horizon = 45
const batch = 500

/**
 * Gives everybody in service a result, also those who never put a finger down: days that are over become final, and the
 * closed slots of today are judged. It finds its own work and so makes up for any time it did not run; running it again
 * changes nothing. Answers how many person-days it wrote.
 */
export async function closeDays(atMs: number = now()): Promise<number> {
  let done = 0
  for (const centre of await centresWithZone()) {
    const today = civilOf(atMs, centre.zone).day
    const open = await openPersonDays(centre.id, addDays(today, -horizon), today)
    for (const [day, personIds] of open) {
      for (let from = 0; from < personIds.length; from += batch) {
        done += await closeDay(centre, day, personIds.slice(from, from + batch), atMs)
      }
    }
  }
  return done
}

async function closeDay(
  centre: ZonedCentre,
  day: CivilDay,
  personIds: readonly string[],
  atMs: number,
): Promise<number> {
  return inTransaction(async (tx) => {
    const days = personIds.map((personId) => ({ centreId: centre.id, personId, day }))
    const mine = (await claimDays(tx, days)).map((one) => one.personId)
    const { changed } = await rejudge(tx, centre, day, mine, atMs)
    if (changed.length > 0) await publish(tx, { topic: 'result', centreId: centre.id, day, people: changed.length })
    return changed.length
  })
}
