import { lockedUntil, wayState } from '#app/domain/devices/alternate.ts'
import type { AlternateView } from '#app/domain/devices/alternate-view.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { waysOfPerson } from './alternate-ways.server.ts'
import { deviceRulesOn } from './device-rules.server.ts'
import { enrolPerson } from './enrolment-people.server.ts'
import { enrolmentsOfPerson } from './enrolment-rows.server.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** A person's ways without a finger, now and before; null when the centre has no such person. */
export async function alternateView(
  db: Db,
  centre: { readonly id: string; readonly zone: string },
  personId: string,
  nowMs: number,
): Promise<AlternateView | null> {
  const { day } = civilOf(nowMs, centre.zone)
  const person = await enrolPerson(db, centre.id, personId, day)
  if (person === null) return null
  const { alternate: rules } = await deviceRulesOn(db, centre.id, day)
  const fingers = (await enrolmentsOfPerson(db, centre.id, personId)).filter((one) => one.endsAt === null).length
  const ways = (await waysOfPerson(db, centre.id, personId)).map(({ failed, failedMs, ...way }) => ({
    ...way,
    state: wayState(way, nowMs),
    lockedUntilMs: lockedUntil({ failed, failedMs }, rules, nowMs),
  }))
  const { id, name, nameEn, staffNumber, window, startsOn } = person
  return {
    zone: centre.zone,
    person: { id, name, nameEn, staffNumber, window, left: startsOn === null },
    fingers,
    ways,
    rules: { attempts: rules.attempts, minutes: rules.lock_minutes },
  }
}
