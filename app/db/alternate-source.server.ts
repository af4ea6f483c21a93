import { planSpans } from '#app/domain/devices/alternate-spans.ts'
import { kioskSerial } from '#app/domain/devices/kiosk-serial.ts'
import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** The source of what is registered at kiosks without a finger, locked: one per centre, made when first needed. */
export async function lockKioskSource(tx: Tx, centreId: string): Promise<string> {
  await tx.$executeRaw`
    INSERT INTO source (centre_id, id, kind, name, name_en, place, place_en, serial)
    VALUES (${centreId}::uuid, ${newId()}::uuid, 'kiosk', '签到屏', 'Kiosks', '', '', ${kioskSerial})
    ON CONFLICT DO NOTHING`
  const rows = await tx.$queryRaw<{ id: string; kind: string }[]>`
    SELECT id, kind FROM source WHERE centre_id = ${centreId}::uuid AND serial = ${kioskSerial} FOR UPDATE`
  const source = rows[0]
  if (source?.kind !== 'kiosk') throw new Error(`the serial ${kioskSerial} of centre ${centreId} is no kiosk's`)
  return source.id
}

/**
 * Makes a person's rows at the kiosk cover exactly the time of his ways; the subject is his staff number, no finger. What was
 * registered before keeps its owner, since only ends move.
 */
export async function mapWays(tx: Tx, centreId: string, personId: string): Promise<void> {
  const sourceId = await lockKioskSource(tx, centreId)
  const ways = await tx.alternateWay.findMany({ where: { centreId, personId } })
  const rows = await tx.enrolment.findMany({ where: { centreId, sourceId, personId } })
  const spanOf = (row: { startsAt: Date; endsAt: Date | null }) => ({
    startsMs: row.startsAt.getTime(),
    endsMs: row.endsAt?.getTime() ?? null,
  })
  const plan = planSpans(
    ways.map(spanOf),
    rows.map((row) => ({ id: row.id, ...spanOf(row) })),
  )
  for (const { id, endsMs } of plan.ends) {
    const endsAt = endsMs === null ? null : new Date(endsMs)
    await tx.enrolment.update({ where: { centreId_id: { centreId, id } }, data: { endsAt } })
  }
  if (plan.adds.length === 0) return
  const person = await tx.person.findUniqueOrThrow({ where: { centreId_id: { centreId, id: personId } } })
  await tx.enrolment.createMany({
    data: plan.adds.map(({ startsMs, endsMs }) => ({
      centreId,
      id: newId(),
      sourceId,
      subject: person.staffNumber,
      personId,
      startsAt: new Date(startsMs),
      endsAt: endsMs === null ? null : new Date(endsMs),
    })),
  })
}

/** Under which subject a person stands at the kiosk at an instant; null when by none. */
export async function subjectAt(
  db: Db,
  where: { readonly centreId: string; readonly sourceId: string; readonly personId: string },
  atMs: number,
): Promise<string | null> {
  const at = new Date(atMs)
  const row = await db.enrolment.findFirst({
    where: { ...where, startsAt: { lte: at }, OR: [{ endsAt: null }, { endsAt: { gt: at } }] },
    select: { subject: true },
  })
  return row?.subject ?? null
}
