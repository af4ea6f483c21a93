import { randomUUID } from 'node:crypto'
import { prisma } from '#app/db/client.server.ts'
import { punchKey } from '#app/db/day-facts.server.ts'
import { newId } from '#app/db/id.server.ts'
import type { Doubt } from '#app/domain/devices/doubtful.ts'
import { instant } from '#test/services/attendance/facts.ts'
import type { Fixture } from '#test/support/fixture.ts'

let seq = 0

type Doubted = {
  readonly at: string
  readonly received?: string
  readonly offsetMs?: number | null
  readonly quarantine?: Doubt | null
  readonly subject?: string
  readonly source?: 0 | 1
}

/** A punch of the second person at the first reader, in quarantine unless told otherwise; answers its key. */
export async function doubtfulPunch(fixture: Fixture, punch: Doubted): Promise<string> {
  const { at, received = at, offsetMs = null, quarantine = 'clock_off', subject = '2', source = 0 } = punch
  seq += 1
  const number = seq
  const sourceId = fixture.sourceIds[source]
  const spoolEpoch = randomUUID()
  const row = { centreId: fixture.centreId, sourceId, spoolEpoch, seq: BigInt(number), subject, offsetMs, quarantine }
  await prisma.punch.create({
    data: { ...row, at: new Date(instant(at)), receivedAt: new Date(instant(received)) },
  })
  return punchKey({ sourceId, spoolEpoch, seq: number, atMs: instant(at) })
}

/** A kiosk with a claim of the fourth person, who comes by card; answers the punch's key. */
export async function kioskClaim(fixture: Fixture, at: string, person: 0 | 1 | 2 | 3 = 3): Promise<string> {
  const { centreId, personIds, accountIds } = fixture
  const [sourceId, kioskId, wayId, spoolEpoch] = [newId(), newId(), newId(), randomUUID()]
  const time = new Date(instant(at))
  const start = new Date('2026-01-01T01:00:00.000Z')
  const personId = personIds[person]
  await prisma.source.create({
    data: {
      centreId,
      id: sourceId,
      kind: 'kiosk',
      serial: `kiosk-${kioskId}`,
      name: '大厅屏',
      nameEn: 'Hall',
      place: '',
      placeEn: '',
    },
  })
  await prisma.kiosk.create({
    data: { centreId, id: kioskId, name: '一楼大厅', tokenHash: Buffer.from(kioskId), pairedAt: start },
  })
  await prisma.alternateWay.create({
    data: {
      ...{ centreId, id: wayId, personId, kind: 'card', cardIndex: Buffer.from(wayId), reason: '指纹磨损' },
      ...{ startsAt: start, givenBy: accountIds.hr },
    },
  })
  await prisma.enrolment.create({
    data: { centreId, id: newId(), sourceId, subject: `N${person}`, personId, startsAt: start },
  })
  const key = { centreId, sourceId, spoolEpoch, seq: 1n, at: time }
  await prisma.punch.create({ data: { ...key, subject: `N${person}`, receivedAt: time, quarantine: 'unconfirmed' } })
  await prisma.kioskClaim.create({ data: { ...key, kioskId, wayId } })
  return punchKey({ sourceId, spoolEpoch, seq: 1, atMs: time.getTime() })
}
