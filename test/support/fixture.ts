import { randomInt } from 'node:crypto'
import { toDate } from '#app/db/dates.ts'
import type { PrismaClient } from '#app/db/generated/client.ts'
import { newId } from '#app/db/id.server.ts'
import { hashPassword } from '#app/db/password-hash.server.ts'
import type { Tx } from '#app/db/transaction.server.ts'
import { type Role, roles } from '#app/domain/access/roles.ts'
import { fourPunchProfile } from '#app/domain/attendance/presets.ts'
import { leaveProfile } from '#app/domain/leave/preset.ts'

export const fixturePassword = 'Window-2026'

const since = '2026-01-01'
const made = new Date('2026-01-01T01:00:00.000Z')

export type Fixture = {
  readonly centreId: string
  readonly zoneIds: readonly [string, string]
  readonly windowIds: readonly [string, string, string]
  readonly groupId: string
  readonly unitIds: readonly [string, string]
  /** a: A post and chief representative of window 1; b: B post of window 1 and A post of 2; c: A post of 3; d: back office. */
  readonly personIds: readonly [string, string, string, string]
  readonly agentId: string
  /** Two readers; every person is enrolled at both, subjects "1" to "4" in the order of personIds. */
  readonly sourceIds: readonly [string, string]
  readonly serials: readonly [string, string]
  readonly accountIds: Readonly<Record<Role, string>>
  /** Sign-in names by role; everybody's password is `fixturePassword`. */
  readonly signIns: Readonly<Record<Role, string>>
}

type Db = Tx | PrismaClient

/** Roles that belong to one of the four people; the others have accounts without a person. */
const personOf: Partial<Record<Role, number>> = { chief_representative: 0, staff: 1, duty_officer: 2, hr: 3 }
const unitRoles: readonly Role[] = ['unit_contact', 'unit_leader', 'unit_administrator']

const people = [
  { name: '陆𬭎', reading: 'lu hong', initials: 'lh', nameEn: 'Lu Hong' },
  { name: '王㛃', reading: 'wang jie', initials: 'wj', nameEn: 'Wang Jie' },
  { name: '曾祥瑞', reading: 'zeng xiangrui', initials: 'zxr', nameEn: 'Zeng Xiangrui' },
  { name: '阿依古丽·买买提', reading: 'ayiguli maimaiti', initials: 'ayglmmt', nameEn: 'Ayguli Mamat' },
] as const

function ids<const N extends number>(
  count: N,
): N extends 2 ? [string, string] : N extends 3 ? [string, string, string] : [string, string, string, string] {
  return Array.from({ length: count }, newId) as never
}

function newFixture(): Fixture {
  const number = String(randomInt(100_000, 1_000_000))
  const byRole = <T>(make: (role: Role, index: number) => T) =>
    Object.fromEntries(roles.map((role, index) => [role, make(role, index)])) as Record<Role, T>
  return {
    centreId: newId(),
    zoneIds: ids(2),
    windowIds: ids(3),
    groupId: newId(),
    unitIds: ids(2),
    personIds: ids(4),
    agentId: newId(),
    sourceIds: ids(2),
    serials: ['TEST-READER-1', 'TEST-READER-2'],
    accountIds: byRole(() => newId()),
    signIns: byRole((_role, index) => `${number}${String(index + 10)}`),
  }
}

async function addHall(db: Db, { centreId, zoneIds, windowIds, groupId, unitIds }: Fixture): Promise<void> {
  await db.centre.create({
    data: {
      id: centreId,
      name: '试点市政务服务中心',
      nameEn: 'Pilot Service Centre',
      zone: 'Asia/Shanghai',
      createdAt: made,
    },
  })
  await db.zone.createMany({
    data: [
      { centreId, id: zoneIds[0], code: 'A', name: '企业开办', nameEn: 'Start-up', position: 1 },
      { centreId, id: zoneIds[1], code: 'B', name: '社会保障', nameEn: 'Social security', position: 2 },
    ],
  })
  await db.dispatchingUnit.createMany({
    data: [
      { centreId, id: unitIds[0], name: '市场监督管理局', nameEn: 'Market Regulation Bureau', shortName: '市监' },
      { centreId, id: unitIds[1], name: '人力资源和社会保障局', nameEn: 'Social Security Bureau', shortName: '人社' },
    ],
  })
  await db.window.createMany({
    data: windowIds.map((id, index) => ({
      centreId,
      id,
      zoneId: index < 2 ? zoneIds[0] : zoneIds[1],
      number: `A0${index + 1}`,
      name: `综合窗口${index + 1}`,
      nameEn: `Window ${index + 1}`,
      position: index + 1,
      opensOn: toDate(since),
    })),
  })
  await db.windowGroup.create({ data: { centreId, id: groupId, name: '企业开办', nameEn: 'Start-up', minStaff: 1 } })
  await db.windowGroupMember.createMany({
    data: windowIds.slice(0, 2).map((windowId) => ({ centreId, groupId, windowId })),
  })
}

async function addPeople(db: Db, fixture: Fixture): Promise<void> {
  const { centreId, personIds, unitIds, windowIds } = fixture
  const startsOn = toDate(since)
  await db.person.createMany({
    data: people.map((person, index) => ({
      ...person,
      centreId,
      id: personIds[index] as string,
      staffNumber: `${fixture.signIns.staff.slice(0, 6)}${index + 1}`,
      identityKind: 'civil_servant',
    })),
  })
  await db.posting.createMany({
    data: personIds.map((personId, index) => ({
      centreId,
      id: newId(),
      personId,
      unitId: index < 2 ? unitIds[0] : unitIds[1],
      startsOn,
    })),
  })
  const [a, b, c, d] = personIds
  const posts: readonly (readonly [string, string | null, string])[] = [
    [a, windowIds[0], 'a'],
    [b, windowIds[0], 'b'],
    [b, windowIds[1], 'a'],
    [c, windowIds[2], 'a'],
    [d, null, 'back_office'],
  ]
  await db.windowPost.createMany({
    data: posts.map(([personId, windowId, post]) => ({ centreId, id: newId(), personId, windowId, post, startsOn })),
  })
  await db.chiefAppointment.create({ data: { centreId, id: newId(), personId: a, windowId: windowIds[0], startsOn } })
}

async function addReaders(
  db: Db,
  { centreId, agentId, sourceIds, serials, zoneIds, personIds }: Fixture,
): Promise<void> {
  await db.agent.create({
    data: { centreId, id: agentId, name: '大厅', publicKey: new Uint8Array(32).fill(1), pairedAt: made },
  })
  await db.source.createMany({
    data: sourceIds.map((id, index) => ({
      centreId,
      id,
      agentId,
      kind: 'reader',
      name: `考勤机${index + 1}`,
      nameEn: `Reader ${index + 1}`,
      place: '一楼',
      placeEn: 'Ground floor',
      zoneId: zoneIds[index] ?? null,
      serial: serials[index] as string,
      dialect: 'zfm',
      capacity: 200,
      emulated: true,
    })),
  })
  await db.enrolment.createMany({
    data: sourceIds.flatMap((sourceId) =>
      personIds.map((personId, index) => ({
        centreId,
        id: newId(),
        sourceId,
        subject: String(index + 1),
        personId,
        finger: 2,
        startsAt: made,
      })),
    ),
  })
}

async function addAccounts(db: Db, fixture: Fixture): Promise<void> {
  const { centreId, personIds, unitIds, accountIds, signIns } = fixture
  const passwordHash = await hashPassword(fixturePassword)
  await db.account.createMany({
    data: roles.map((role) => {
      const person = personOf[role]
      return {
        centreId,
        id: accountIds[role],
        signIn: signIns[role],
        personId: person === undefined ? null : (personIds[person] as string),
        displayName: person === undefined ? role : (people[person]?.name ?? role),
        passwordHash,
        createdAt: made,
      }
    }),
  })
  await db.roleGrant.createMany({
    data: roles.map((role) => ({
      centreId,
      id: newId(),
      accountId: accountIds[role],
      role,
      unitId: unitRoles.includes(role) ? unitIds[0] : null,
      startsOn: toDate(since),
    })),
  })
}

async function addRules(db: Db, { centreId }: Fixture): Promise<void> {
  const profiles = [
    { kind: 'attendance', profile: fourPunchProfile },
    { kind: 'leave', profile: leaveProfile },
  ]
  await db.ruleSet.createMany({
    data: profiles.map(({ kind, profile }) => ({
      centreId,
      id: newId(),
      kind,
      version: profile.version,
      name: profile.name,
      source: {},
      validFrom: toDate(since),
      document: JSON.parse(JSON.stringify({ ...profile, valid_from: since })),
      state: 'active',
      createdAt: made,
    })),
  })
}

/** A small centre: 2 zones, 3 windows, 4 people, 2 readers, one account for each role, the four-punch rules and the default leave rules. Any number fit in one database. */
export async function makeCentre(db: Db): Promise<Fixture> {
  const fixture = newFixture()
  await addHall(db, fixture)
  await addPeople(db, fixture)
  await addReaders(db, fixture)
  await addAccounts(db, fixture)
  await addRules(db, fixture)
  return fixture
}
