import { randomUUID } from 'node:crypto'
import { prisma } from '#app/db/client.server.ts'
import { toDate } from '#app/db/dates.ts'
import { newId } from '#app/db/id.server.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { CoverageKind } from '#app/domain/attendance/marks.ts'
import { minuteOfTime } from '#app/domain/time/clock-time.ts'
import { instantOf } from '#app/domain/time/zone.ts'
import type { Fixture } from '#test/support/fixture.ts'

const zone = 'Asia/Shanghai'
const spoolEpoch = randomUUID()
let seq = 0

/** "2026-11-20 08:21:02" in the centre's zone. */
export function instant(text: string): number {
  const [day = '', time = ''] = text.split(' ')
  return instantOf(day, minuteOfTime(time) * 60 + Number(time.slice(6) || 0), zone)
}

/** Punches of the n-th person at the first reader, each at its own time. */
export async function punch(fixture: Fixture, person: number, ...times: string[]): Promise<void> {
  await prisma.punch.createMany({
    data: times.map((time) => {
      seq += 1
      return {
        centreId: fixture.centreId,
        sourceId: fixture.sourceIds[0],
        spoolEpoch,
        seq: BigInt(seq),
        at: new Date(instant(time)),
        subject: String(person + 1),
        receivedAt: new Date(instant(time)),
      }
    }),
  })
}

export async function cover(
  fixture: Fixture,
  person: number,
  kind: CoverageKind,
  from: string,
  to: string,
  standIn: number | null = null,
): Promise<void> {
  await prisma.coverage.create({
    data: {
      centreId: fixture.centreId,
      id: newId(),
      personId: fixture.personIds[person] as string,
      kind,
      startsAt: new Date(instant(from)),
      endsAt: new Date(instant(to)),
      standInId: standIn === null ? null : (fixture.personIds[standIn] as string),
    },
  })
}

export async function outage(fixture: Fixture, reader: 0 | 1, from: string, to: string | null): Promise<void> {
  await prisma.outage.create({
    data: {
      centreId: fixture.centreId,
      id: newId(),
      sourceId: fixture.sourceIds[reader],
      startsAt: new Date(instant(from)),
      endsAt: to ? new Date(instant(to)) : null,
      reason: 'offline',
    },
  })
}

export async function stale(fixture: Fixture, person: number, day: CivilDay): Promise<void> {
  const key = { centreId: fixture.centreId, personId: fixture.personIds[person] as string, day: toDate(day) }
  await prisma.staleDay.createMany({ data: [key], skipDuplicates: true })
}

/** "late √" for a day's two halves, "…" where nothing is decided. */
export async function marksOf(fixture: Fixture, person: number, day: CivilDay): Promise<(string | null)[]> {
  const rows = await prisma.halfResult.findMany({
    where: { centreId: fixture.centreId, personId: fixture.personIds[person] as string, day: toDate(day) },
    orderBy: { half: 'asc' },
  })
  return rows.map((row) => row.mark)
}

/** Every stored result of the centre with the row versions of the database, to see that nothing was written again. */
export async function resultRows(fixture: Fixture): Promise<unknown[]> {
  return prisma.$queryRaw`
    SELECT h.*, h.xmin::text AS version FROM half_result h
     WHERE centre_id = ${fixture.centreId}::uuid ORDER BY person_id, day, half`
}
