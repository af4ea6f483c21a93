import type { CivilDay } from '#app/domain/attendance/day.ts'
import { freePieces } from '#app/domain/leave/pieces.ts'
import { daysFrom } from '#app/domain/time/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { type LiveEvent, publish } from './events.server.ts'
import { newId } from './id.server.ts'
import { instantsOf, type PersonDays } from './leave-calendar.server.ts'
import { coverageAcross } from './leave-overlaps.server.ts'
import { type LeaveRow, periodOf } from './leave-rows.server.ts'
import { lockPersonDays, markStale } from './punches.server.ts'
import { personDayKey, rejudge } from './stale-days.server.ts'
import type { Tx } from './transaction.server.ts'

type Centre = { readonly id: string; readonly zone: string }

/** Days judged at once while the decider waits; those before are left to the recomputation, which follows within seconds. */
const atOnce = 40

/**
 * Makes an approved request count: its time is covered, around what is registered there already, and the days that have begun are
 * judged again. Answers false, having written nothing, when nothing of it is free any more.
 */
export async function grantCoverage(
  tx: Tx,
  centre: Centre,
  row: LeaveRow,
  days: PersonDays,
  nowMs: number,
): Promise<boolean> {
  const period = periodOf(row)
  const whole = instantsOf(centre, days, period)
  const pieces = freePieces(whole, await coverageAcross(tx, centre.id, row.personId, whole, null))
  if (pieces.length === 0) return false
  await tx.coverage.createMany({
    data: pieces.map(({ from, to }) => ({
      centreId: centre.id,
      id: newId(),
      personId: row.personId,
      kind: row.kind,
      startsAt: new Date(from),
      endsAt: new Date(to),
      standInId: row.standInId,
      leaveId: row.id,
    })),
  })
  await judgeAgain(tx, centre, row, nowMs)
  return true
}

/** Takes the coverage of a cancelled request away and judges the days that have begun again. */
export async function removeCoverage(tx: Tx, centre: Centre, row: LeaveRow, nowMs: number): Promise<void> {
  await tx.coverage.deleteMany({ where: { centreId: centre.id, leaveId: row.id } })
  await judgeAgain(tx, centre, row, nowMs)
}

async function judgeAgain(tx: Tx, centre: Centre, row: LeaveRow, nowMs: number): Promise<void> {
  const { firstDay, lastDay } = periodOf(row)
  const { personId } = row
  const today = civilOf(nowMs, centre.zone).day
  const begun = daysFrom(firstDay, lastDay).filter((day) => day <= today)
  const now = begun.slice(-atOnce)
  const later = begun.slice(0, -atOnce)
  await lockPersonDays(
    tx,
    now.map((day) => personDayKey({ centreId: centre.id, personId, day })),
  )
  for (const day of now) await rejudge(tx, centre, day, [personId], nowMs)
  await markStale(
    tx,
    centre.id,
    later.map((day) => ({ personId, day })),
  )
  await publish(tx, ...now.map((day) => resultEvent(centre.id, personId, day)))
}

function resultEvent(centreId: string, personId: string, day: CivilDay): LiveEvent {
  return { topic: 'result', centreId, id: personId, day }
}
