import type { PressWay } from '#app/domain/devices/command.ts'
import { demoFinger, wrongFinger } from '#app/domain/devices/demo-finger.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type DemoPress = {
  readonly centreId: string
  readonly sourceId: string
  readonly personId: string
  readonly finger: number
  /** right and wrong: a finger of the person; other: one that somebody else has at this reader. */
  readonly way: 'right' | 'wrong' | 'other' | 'wet' | 'dry' | 'unplug' | 'replug'
}

export type PressToMake = {
  readonly centreId: string
  readonly sourceId: string
  readonly slot: number | null
  readonly finger: string | null
  readonly how: PressWay
}

/** What is to be laid on an emulated reader: the right finger, the wrong one, somebody else's, a wet or dry one; or its plug. */
export async function pressToMake(
  db: Db,
  press: DemoPress,
): Promise<Result<PressToMake, 'person_unknown' | 'nobody_else'>> {
  const { centreId, sourceId, personId, finger, way } = press
  const at = { centreId, sourceId, slot: null, finger: null }
  if (way === 'unplug' || way === 'replug') return ok({ ...at, how: way })
  if (way === 'other') {
    const slot = await slotOfSomebodyElse(db, centreId, sourceId, personId)
    return slot === null ? refuse('nobody_else') : ok({ ...at, slot, how: 'good' })
  }
  const person = await db.person.findUnique({
    where: { centreId_id: { centreId, id: personId } },
    select: { staffNumber: true },
  })
  if (person === null) return refuse('person_unknown')
  const identity = demoFinger(person.staffNumber, way === 'wrong' ? wrongFinger(finger) : finger)
  return ok({ ...at, finger: identity, how: way === 'wet' || way === 'dry' ? way : 'good' })
}

async function slotOfSomebodyElse(
  db: Db,
  centreId: string,
  sourceId: string,
  personId: string,
): Promise<number | null> {
  const row = await db.enrolment.findFirst({
    where: { centreId, sourceId, endsAt: null, personId: { not: personId } },
    orderBy: { startsAt: 'asc' },
    select: { subject: true },
  })
  return row === null ? null : Number(row.subject)
}
