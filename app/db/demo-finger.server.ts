import type { PressWay } from '#app/domain/devices/command.ts'
import { demoFinger, wrongFinger } from '#app/domain/devices/demo-finger.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
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
    const another = await enrolledFinger(db, { centreId, sourceId, personId: { not: personId }, endsAt: null })
    return another === null ? refuse('nobody_else') : ok({ ...at, ...another, how: 'good' })
  }
  const person = await db.person.findUnique({
    where: { centreId_id: { centreId, id: personId } },
    select: { staffNumber: true },
  })
  if (person === null) return refuse('person_unknown')
  const identity = demoFinger(person.staffNumber, way === 'wrong' ? wrongFinger(finger) : finger)
  return ok({ ...at, finger: identity, how: way === 'wet' || way === 'dry' ? way : 'good' })
}

/** The finger of a person that is enrolled at a reader now, or null. */
export async function fingerAtReader(
  db: Db,
  { centreId, sourceId, personId, atMs }: { centreId: string; sourceId: string; personId: string; atMs: number },
): Promise<EnrolledFinger | null> {
  const at = new Date(atMs)
  const inForce = { startsAt: { lte: at }, OR: [{ endsAt: null }, { endsAt: { gt: at } }] }
  return enrolledFinger(db, { centreId, sourceId, personId, ...inForce })
}

type EnrolledFinger = { readonly slot: number; readonly finger: string | null }

/**
 * The finger itself wherever it is known which one it is: an emulated reader that got a template from another reader has
 * never seen whose it is, and can lay nobody's finger on by the slot alone.
 */
async function enrolledFinger(db: Db, where: Prisma.EnrolmentWhereInput): Promise<EnrolledFinger | null> {
  const row = await db.enrolment.findFirst({
    where,
    orderBy: [{ startsAt: 'asc' }, { subject: 'asc' }],
    select: { subject: true, finger: true, person: { select: { staffNumber: true } } },
  })
  if (row === null) return null
  const finger = row.finger === null ? null : demoFinger(row.person.staffNumber, row.finger)
  return { slot: Number(row.subject), finger }
}
