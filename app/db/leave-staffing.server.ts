import type { CoverageKind } from '#app/domain/attendance/marks.ts'
import type { Stretch } from '#app/domain/leave/pieces.ts'
import type { LeavePeriod, PersonName, Staffing, StaffingCell, StaffingGroup } from '#app/domain/leave/view.ts'
import type { HalfDay } from '#app/domain/time/half-day.ts'
import { toDate } from './dates.ts'
import type { PrismaClient } from './generated/client.ts'
import { halfInstants, instantsOf, type PersonDays, personDays } from './leave-calendar.server.ts'
import { meets, workedHalves } from './leave-overlaps.server.ts'
import { periodOf } from './leave-rows.server.ts'
import { onDay } from './people.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
type Centre = { readonly id: string; readonly zone: string }

/** More columns than a screen can show; what is beyond is said in words. */
export const widest = 20

type Group = { readonly id: string; readonly name: string; readonly nameEn: string; readonly min: number }
type Away = Stretch & { readonly personId: string; readonly kind: CoverageKind; readonly asked: boolean }

export type StaffingQuestion = {
  readonly leaveId: string | null
  readonly personId: string
  readonly kind: CoverageKind
  readonly period: LeavePeriod
  readonly standInId?: string | null
}

/**
 * Who is there on the half-days of a request, in every group of windows that the person's posts belong to; a window in no group is
 * a group of one. The person is counted as away. Source: decisions 12; domain study §1.4 ("each approver sees staffing").
 */
export async function staffingTable(
  db: Db,
  centre: Centre,
  asked: StaffingQuestion,
  days: PersonDays,
): Promise<Staffing> {
  const halves = workedHalves(asked.period, days)
  const shown = halves.slice(0, widest)
  const groups = await groupsOfPerson(db, centre.id, asked.personId, asked.period.firstDay)
  if (groups.length === 0 || shown.length === 0) return { groups: [], cut: false }
  const people = [...new Map(groups.flatMap((group) => group.people).map((one) => [one.id, one])).values()]
  const away = await awayIn(db, centre, asked, days, people)
  const own = instantsOf(centre, days, asked.period)
  return {
    cut: halves.length > shown.length,
    groups: groups.map(({ group, people: members }) =>
      table(group, members, shown, (person, at) =>
        cellOf(person, halfInstants(centre, days, at.day, at.half), { asked, own, away }),
      ),
    ),
  }
}

/** The staffing table of a request or of a draft that has no id yet. Empty when the calendar of its days is not known. */
export async function staffingOf(db: Db, centre: Centre, asked: StaffingQuestion): Promise<Staffing> {
  const { firstDay, lastDay } = asked.period
  const days = await personDays(db, centre.id, asked.personId, firstDay, lastDay)
  return days.ok ? staffingTable(db, centre, asked, days.value) : { groups: [], cut: false }
}

function table(
  group: Group,
  people: readonly PersonName[],
  shown: readonly HalfDay[],
  cell: (person: PersonName, at: HalfDay) => StaffingCell,
): StaffingGroup {
  const rows = people.map((person) => ({ person, cells: shown.map((at) => cell(person, at)) }))
  const columns = shown.map(({ day, half }, index) => {
    const present = rows.filter(({ cells }) => isThere(cells[index])).length
    return { day, half, present, short: present < group.min }
  })
  return { ...group, columns, rows }
}

const isThere = (cell: StaffingCell | undefined): boolean => cell?.state === 'here' || cell?.state === 'stands_in'

type Seen = { readonly asked: StaffingQuestion; readonly own: Stretch; readonly away: readonly Away[] }

function cellOf(person: PersonName, half: Stretch, { asked, own, away }: Seen): StaffingCell {
  if (person.id === asked.personId && meets(own, half)) return { state: 'asked', mark: asked.kind }
  const touching = away.filter((one) => one.personId === person.id && meets(one, half))
  const certain = touching.find((one) => !one.asked)
  if (certain) return { state: 'away', mark: certain.kind }
  if (person.id === asked.standInId) return { state: 'stands_in', mark: null }
  return { state: 'here', mark: touching[0]?.kind ?? null }
}

/** What is registered, and what these people have asked for themselves and nobody has decided. */
async function awayIn(
  db: Db,
  centre: Centre,
  asked: StaffingQuestion,
  days: PersonDays,
  people: readonly PersonName[],
): Promise<Away[]> {
  const { centreId, personIds } = { centreId: centre.id, personIds: people.map((one) => one.id) }
  const { from, to } = instantsOf(centre, days, { ...asked.period, firstHalf: 'am', lastHalf: 'pm' })
  const [coverage, requests] = await Promise.all([
    db.coverage.findMany({
      where: {
        ...{ centreId, personId: { in: personIds } },
        ...{ startsAt: { lt: new Date(to) }, endsAt: { gt: new Date(from) } },
      },
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    }),
    db.leaveRequest.findMany({
      where: {
        ...{ centreId, personId: { in: personIds }, state: 'submitted' },
        ...{ firstDay: { lte: toDate(asked.period.lastDay) }, lastDay: { gte: toDate(asked.period.firstDay) } },
        ...(asked.leaveId === null ? {} : { id: { not: asked.leaveId } }),
      },
      orderBy: { id: 'asc' },
    }),
  ])
  return [
    ...coverage.map((one) => ({
      personId: one.personId,
      kind: one.kind as CoverageKind,
      from: one.startsAt.getTime(),
      to: one.endsAt.getTime(),
      asked: false,
    })),
    ...requests.map((one) => ({
      personId: one.personId,
      kind: one.kind as CoverageKind,
      ...instantsOf(centre, days, clipped(periodOf(one), asked.period)),
      asked: true,
    })),
  ]
}

/** The part of another request that lies within the days of this one: only these are loaded. */
function clipped(period: LeavePeriod, within: LeavePeriod): LeavePeriod {
  const earlier = period.firstDay < within.firstDay
  const later = period.lastDay > within.lastDay
  return {
    firstDay: earlier ? within.firstDay : period.firstDay,
    firstHalf: earlier ? 'am' : period.firstHalf,
    lastDay: later ? within.lastDay : period.lastDay,
    lastHalf: later ? 'pm' : period.lastHalf,
  }
}

type GroupOfPerson = { readonly group: Group; readonly people: readonly PersonName[] }

async function groupsOfPerson(db: Db, centreId: string, personId: string, day: string): Promise<GroupOfPerson[]> {
  const windows = await db.window.findMany({
    where: { centreId, posts: { some: { personId, ...onDay(day) } } },
    orderBy: [{ position: 'asc' }, { number: 'asc' }],
    select: {
      ...{ id: true, number: true },
      groupMembers: {
        orderBy: { groupId: 'asc' },
        select: {
          group: {
            select: { id: true, name: true, nameEn: true, minStaff: true, members: { select: { windowId: true } } },
          },
        },
      },
    },
  })
  const groups = new Map<string, Group & { readonly windowIds: readonly string[] }>()
  for (const { id, number, groupMembers } of windows) {
    if (groupMembers.length === 0) groups.set(id, { id, name: number, nameEn: number, min: 1, windowIds: [id] })
    for (const { group } of groupMembers) {
      const { minStaff, members, ...own } = group
      groups.set(own.id, { ...own, min: minStaff, windowIds: members.map((member) => member.windowId) })
    }
  }
  return Promise.all(
    [...groups.values()].map(async ({ windowIds, ...group }) => ({
      group,
      people: await peopleAt(db, centreId, windowIds, day),
    })),
  )
}

function peopleAt(db: Db, centreId: string, windowIds: readonly string[], day: string): Promise<PersonName[]> {
  const posted = { some: { ...onDay(day), windowId: { in: [...windowIds] } } }
  return db.person.findMany({
    where: { centreId, windowPosts: posted, postings: { some: onDay(day) } },
    orderBy: [{ reading: 'asc' }, { staffNumber: 'asc' }],
    select: { id: true, staffNumber: true, name: true, nameEn: true },
  })
}
