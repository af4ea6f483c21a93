import type { Role } from '#app/domain/access/roles.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { Applicant, BothNames, LeaveVisitor, Party, PersonName } from '#app/domain/leave/view.ts'
import { inForceOn } from './accounts.server.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { onDay, personInScope } from './people.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** What the route of somebody's leave depends on, on a day. */
export type ApplicantFacts = {
  readonly person: PersonName
  readonly applicant: Applicant
  readonly windowIds: readonly string[]
  /** Windows at which nobody else holds a post 单人窗口. */
  readonly aloneAt: readonly string[]
  readonly unitId: string | null
}

/** Who somebody is when he asks for leave; null when the centre has no such person. */
export async function applicantFacts(
  db: Db,
  centreId: string,
  personId: string,
  day: CivilDay,
): Promise<ApplicantFacts | null> {
  const row = await db.person.findUnique({
    where: { centreId_id: { centreId, id: personId } },
    select: {
      ...{ id: true, staffNumber: true, name: true, nameEn: true },
      postings: { where: onDay(day), select: { unitId: true } },
      windowPosts: {
        where: onDay(day),
        select: {
          post: true,
          window: { select: { id: true, posts: { where: onDay(day), select: { personId: true } } } },
        },
      },
      chiefAppointments: { where: onDay(day), select: { windowId: true } },
      account: { select: { grants: { where: inForceOn(day), select: { role: true } } } },
    },
  })
  if (!row) return null
  const { postings, windowPosts, chiefAppointments, account, ...person } = row
  const windows = windowPosts.flatMap(({ window }) => (window ? [window] : []))
  const held = new Set(account?.grants.map((grant) => grant.role) ?? [])
  const asDuty = held.has('duty_officer') || windowPosts.some(({ post }) => post === 'duty_officer')
  return {
    person,
    applicant: held.has('hr')
      ? 'hr'
      : chiefAppointments.length > 0
        ? 'chief_representative'
        : asDuty
          ? 'duty_officer'
          : 'staff',
    windowIds: windows.map((window) => window.id),
    aloneAt: windows.filter(({ posts }) => posts.every((post) => post.personId === personId)).map(({ id }) => id),
    unitId: postings[0]?.unitId ?? null,
  }
}

/** Who could give each party's word for this person on a day, without the person: the names as accounts show them, in English where there is one. */
export async function decidersFor(
  db: Db,
  centreId: string,
  facts: Pick<ApplicantFacts, 'person' | 'windowIds' | 'unitId'>,
  parties: readonly Party[],
  day: CivilDay,
): Promise<Map<Party, BothNames[]>> {
  const rows = await db.roleGrant.findMany({
    where: {
      ...{ centreId, role: { in: [...parties] } },
      AND: [inForceOn(day), { OR: parties.map((party) => grantFor(party, facts, day)) }],
      account: { disabledAt: null, OR: [{ personId: null }, { personId: { not: facts.person.id } }] },
    },
    orderBy: { account: { signIn: 'asc' } },
    select: { role: true, account: { select: { displayName: true, person: { select: { nameEn: true } } } } },
  })
  const names = new Map<Party, BothNames[]>(parties.map((party) => [party, []]))
  for (const { role, account } of rows) {
    const known = names.get(role as Role)
    const { displayName, person } = account
    if (known?.every(({ name }) => name !== displayName))
      known.push({ name: displayName, nameEn: person?.nameEn ?? '' })
  }
  return names
}

function grantFor(
  party: Party,
  facts: Pick<ApplicantFacts, 'windowIds' | 'unitId'>,
  day: CivilDay,
): Prisma.RoleGrantWhereInput {
  if (party === 'chief_representative') {
    const appointed = { some: { windowId: { in: [...facts.windowIds] }, ...onDay(day) } }
    return { role: party, account: { person: { chiefAppointments: appointed } } }
  }
  if (party === 'unit_contact' || party === 'unit_leader') return { role: party, unitId: facts.unitId ?? nobody }
  return { role: party }
}

const nobody = '00000000-0000-0000-0000-000000000000'

/** Who holds the roles whose word may come on paper: whether somebody could give it here for this person. */
export async function paperPartiesHeld(
  db: Db,
  centreId: string,
  day: CivilDay,
): Promise<(party: Party, person: { readonly id: string; readonly unitId: string | null }) => boolean> {
  const rows = await db.roleGrant.findMany({
    where: {
      ...{ centreId, role: { in: ['leader', 'unit_contact', 'unit_leader'] }, ...inForceOn(day) },
      account: { disabledAt: null },
    },
    select: { role: true, unitId: true, account: { select: { personId: true } } },
  })
  return (party, person) =>
    rows.some(
      ({ role, unitId, account }) =>
        role === party && account.personId !== person.id && (role === 'leader' || unitId === person.unitId),
    )
}

/** True when somebody other than the person may record words from paper. */
export async function paperKeeper(db: Db, centreId: string, personId: string, day: CivilDay): Promise<boolean> {
  const person = { id: personId, staffNumber: '', name: '', nameEn: '' }
  const names = await decidersFor(db, centreId, { person, windowIds: [], unitId: null }, ['hr'], day)
  return (names.get('hr') ?? []).length > 0
}

/**
 * On whose leave a visitor may decide in the present role: a chief representative on that of people at the windows of the
 * appointment, which is narrower than what the role sees.
 */
export function decidedBy(visitor: LeaveVisitor, day: CivilDay): Prisma.PersonWhereInput {
  const notSelf = visitor.personId === null ? {} : { id: { not: visitor.personId } }
  if (visitor.role !== 'chief_representative') return { AND: [notSelf, personInScope(visitor.scope, day)] }
  const appointed = { some: { personId: visitor.personId ?? nobody, ...onDay(day) } }
  return { AND: [notSelf, { windowPosts: { some: { ...onDay(day), window: { chiefAppointments: appointed } } } }] }
}

/** Whom a visitor may enter paper leave for 代录: those he decides on, himself never. */
export async function mayRecordFor(db: Db, visitor: LeaveVisitor, personId: string, day: CivilDay): Promise<boolean> {
  const where = { AND: [{ centreId: visitor.centreId, id: personId }, decidedBy(visitor, day)] }
  return (await db.person.count({ where })) > 0
}
