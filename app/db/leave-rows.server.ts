import type { CivilDay, Half } from '#app/domain/attendance/day.ts'
import { awaitedOf } from '#app/domain/leave/route.ts'
import type { LeaveFlow } from '#app/domain/leave/state.ts'
import type {
  CountBasis,
  DecisionAct,
  DecisionView,
  LeaveKind,
  LeaveLine,
  LeavePeriod,
  LeavePerson,
  LeaveState,
  Party,
  RouteStep,
} from '#app/domain/leave/view.ts'
import { fromDate, toDate } from './dates.ts'
import type { Prisma } from './generated/client.ts'

const name = { id: true, staffNumber: true, name: true, nameEn: true } as const

/** What every reader of a request needs beside its own columns. */
export const leaveInclude = {
  person: {
    select: {
      ...name,
      identityKind: true,
      postings: {
        orderBy: { startsOn: 'desc' },
        select: { startsOn: true, endsOn: true, unit: { select: { id: true, name: true, nameEn: true } } },
      },
      windowPosts: {
        orderBy: { post: 'asc' },
        select: { startsOn: true, endsOn: true, post: true, window: { select: { number: true } } },
      },
    },
  },
  standIn: { select: name },
  decisions: {
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    include: { actor: { select: { id: true, displayName: true, person: { select: { nameEn: true } } } } },
  },
  paper: { select: { id: true, name: true, mediaType: true, size: true } },
} as const satisfies Prisma.LeaveRequestInclude

export type LeaveRow = Prisma.LeaveRequestGetPayload<{ include: typeof leaveInclude }>

export function periodOf(row: Pick<LeaveRow, 'firstDay' | 'firstHalf' | 'lastDay' | 'lastHalf'>): LeavePeriod {
  return {
    firstDay: fromDate(row.firstDay),
    firstHalf: row.firstHalf as Half,
    lastDay: fromDate(row.lastDay),
    lastHalf: row.lastHalf as Half,
  }
}

/** The steps as the submission stored them. */
export function routeOf(row: { readonly route: Prisma.JsonValue }): RouteStep[] {
  return Array.isArray(row.route) ? (row.route as unknown as RouteStep[]) : []
}

const paperMark = 'paper:'

/** How a party's word from paper is stored: told apart from the word it gave here itself. */
export function storedParty(party: Party, onPaper: boolean): string {
  return onPaper ? `${paperMark}${party}` : party
}

const plainParty = (stored: string): string => (stored.startsWith(paperMark) ? stored.slice(paperMark.length) : stored)

/** Parties that approved the due step in the present round. */
export function givenOf(row: Pick<LeaveRow, 'round' | 'step'> & { decisions: readonly Said[] }): Party[] {
  return row.decisions
    .filter((one) => one.act === 'approved' && one.round === row.round && one.step === row.step)
    .map((one) => plainParty(one.party) as Party)
}

type Said = { readonly act: string; readonly round: number; readonly step: number; readonly party: string }

export function flowOf(
  row: Pick<LeaveRow, 'state' | 'route' | 'round' | 'step'> & { decisions: readonly Said[] },
): LeaveFlow {
  const { round, step } = row
  return { state: row.state as LeaveState, route: routeOf(row), round, step, given: givenOf(row) }
}

export function decisionView(row: LeaveRow['decisions'][number]): DecisionView {
  return {
    id: row.id,
    round: row.round,
    step: row.step,
    party: plainParty(row.party),
    act: row.act as DecisionAct,
    actor: { accountId: row.actor.id, name: row.actor.displayName, nameEn: row.actor.person?.nameEn ?? '' },
    note: row.note,
    onPaper: row.party.startsWith(paperMark),
    atMs: row.at.getTime(),
  }
}

/** A request as lists show it; posts and unit are those of its first day. */
export function lineOf(row: LeaveRow, counts: CountBasis): LeaveLine {
  const flow = flowOf(row)
  return {
    id: row.id,
    number: row.number,
    person: personOf(row.person, fromDate(row.firstDay)),
    kind: row.kind as LeaveKind,
    period: periodOf(row),
    workingHalves: row.workingHalves,
    calendarHalves: row.calendarHalves,
    counts,
    state: flow.state,
    reason: row.reason,
    standIn: row.standIn,
    submittedAtMs: row.submittedAt?.getTime() ?? null,
    decidedAtMs: row.decidedAt?.getTime() ?? null,
    awaited: flow.state === 'submitted' ? awaitedOf(flow.route[flow.step], flow.given) : [],
    awaitedMode: flow.route[flow.step]?.mode ?? 'any',
    onBehalf: row.enteredBy !== null,
    revision: row.revision,
  }
}

/** The unit that posts the person on a day. */
export function unitOn(row: LeaveRow, day: CivilDay): string | null {
  return personOf(row.person, day).unit?.id ?? null
}

/** Whether a text can be an id at all: the database takes no other and would say so with a fault. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

function personOf(person: LeaveRow['person'], day: CivilDay): LeavePerson {
  const { postings, windowPosts, ...own } = person
  const on = toDate(day)
  const holds = (span: { startsOn: Date; endsOn: Date | null }) =>
    span.startsOn <= on && (span.endsOn === null || span.endsOn >= on)
  return {
    ...own,
    unit: postings.find(holds)?.unit ?? postings[0]?.unit ?? null,
    posts: windowPosts.filter(holds).map(({ post, window }) => ({ post, window: window?.number ?? null })),
  }
}
