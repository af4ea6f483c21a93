import { prisma } from '#app/db/client.server.ts'
import { demoFinger, wrongFinger } from '#app/domain/devices/demo-finger.ts'
import { type Result, refuse } from '#app/domain/result.ts'
import { requestPress } from './request-press.server.ts'

export type DemoPress = {
  readonly centreId: string
  readonly sourceId: string
  readonly personId: string
  readonly finger: number
  /** right and wrong: a finger of the person; other: one that somebody else has at this reader. */
  readonly way: 'right' | 'wrong' | 'other' | 'wet' | 'dry' | 'unplug' | 'replug'
}

type Refused = 'person_unknown' | 'nobody_else' | 'source_unknown' | 'agent_missing' | 'reader_is_real'

/** Lays a finger of a demo person on an emulated reader: the right one, the wrong one, somebody else's, a wet or dry one. */
export async function demoPress(press: DemoPress, nowMs: number): Promise<Result<string, Refused>> {
  const { centreId, sourceId, personId, finger, way } = press
  if (way === 'unplug' || way === 'replug') return requestPress({ centreId, sourceId, slot: null, how: way }, nowMs)
  if (way === 'other') {
    const slot = await slotOfSomebodyElse(centreId, sourceId, personId)
    return slot === null ? refuse('nobody_else') : requestPress({ centreId, sourceId, slot, how: 'good' }, nowMs)
  }
  const person = await prisma.person.findUnique({
    where: { centreId_id: { centreId, id: personId } },
    select: { staffNumber: true },
  })
  if (person === null) return refuse('person_unknown')
  const identity = demoFinger(person.staffNumber, way === 'wrong' ? wrongFinger(finger) : finger)
  const how = way === 'wet' || way === 'dry' ? way : 'good'
  return requestPress({ centreId, sourceId, slot: null, finger: identity, how }, nowMs)
}

async function slotOfSomebodyElse(centreId: string, sourceId: string, personId: string): Promise<number | null> {
  const row = await prisma.enrolment.findFirst({
    where: { centreId, sourceId, endsAt: null, personId: { not: personId } },
    orderBy: { startsAt: 'asc' },
    select: { subject: true },
  })
  return row === null ? null : Number(row.subject)
}
