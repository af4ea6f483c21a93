import { now } from '#app/clock.server.ts'
import { publish } from '#app/db/events.server.ts'
import { markStale } from '#app/db/punches.server.ts'
import {
  centresWithZone,
  claimDays,
  clearStale,
  type PersonDay,
  rejudge,
  takeStale,
  type ZonedCentre,
} from '#app/db/stale-days.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'

const batch = 500

/**
 * Recomputes the days whose facts changed, in batches, and answers how many person-days it wrote. Any number may run at
 * once; running it again changes nothing. Days that cannot be judged yet (no calendar, no rules) stay on the list.
 * `onBatch` is told after each batch how many are done.
 */
export async function recomputeStale(
  atMs: number = now(),
  onBatch: (done: number) => void = () => {},
): Promise<number> {
  const centres = new Map((await centresWithZone()).map((centre) => [centre.id, centre]))
  let done = 0
  let last: PersonDay | null = null
  do {
    const from: PersonDay | null = last
    const round = await inTransaction(async (tx) => {
      const rows = await takeStale(tx, from, batch)
      let written = 0
      for (const day of byDay(await claimDays(tx, rows))) {
        const centre = centres.get(day.centreId)
        if (centre) written += await recomputeDay(tx, centre, day.day, day.personIds, atMs)
      }
      return { last: rows.at(-1) ?? null, written }
    })
    done += round.written
    onBatch(done)
    last = round.last
  } while (last !== null)
  return done
}

/**
 * Days leave the list before their facts are read: a punch that is stored meanwhile waits for this batch to end and puts its
 * day back, so that none is missed.
 */
async function recomputeDay(
  tx: Tx,
  centre: ZonedCentre,
  day: CivilDay,
  personIds: readonly string[],
  atMs: number,
): Promise<number> {
  await clearStale(tx, centre.id, day, personIds)
  const { judged, changed } = await rejudge(tx, centre, day, personIds, atMs)
  const left = personIds.filter((personId) => !judged.has(personId))
  await markStale(
    tx,
    centre.id,
    left.map((personId) => ({ personId, day })),
  )
  if (changed.length > 0) await publish(tx, { topic: 'result', centreId: centre.id, day, people: changed.length })
  return judged.size
}

function byDay(rows: readonly PersonDay[]): { centreId: string; day: CivilDay; personIds: string[] }[] {
  const days = new Map<string, { centreId: string; day: CivilDay; personIds: string[] }>()
  for (const { centreId, personId, day } of rows) {
    const key = `${centreId}/${day}`
    const found = days.get(key) ?? { centreId, day, personIds: [] }
    found.personIds.push(personId)
    days.set(key, found)
  }
  return [...days.values()]
}
