import type { Role, Scope } from '#app/domain/access/roles.ts'
import type { CivilDay, Half, HalfKind } from '#app/domain/attendance/day.ts'
import type { CoverageKind, Mark } from '#app/domain/attendance/marks.ts'

/** What can be asked for on a leave slip 请假类. Official outings and time off in lieu are other papers. Source: domain study §3.1, decisions 10. */
export const leaveKinds = [
  'annual',
  'sick',
  'private',
  'marriage',
  'maternity',
  'prenatal',
  'paternity',
  'parental',
  'parent_care',
  'nursing',
  'bereavement',
  'home_visit',
  'work_injury',
  'official_leave',
  'other_leave',
] as const satisfies readonly CoverageKind[]

export type LeaveKind = (typeof leaveKinds)[number]

/** Where a request stands 请假状态. Source: domain study §1.4. */
export const leaveStates = ['draft', 'submitted', 'returned', 'withdrawn', 'refused', 'approved', 'cancelled'] as const

export type LeaveState = (typeof leaveStates)[number]

/** From one half-day to another, both included. */
export type LeavePeriod = {
  readonly firstDay: CivilDay
  readonly firstHalf: Half
  readonly lastDay: CivilDay
  readonly lastHalf: Half
}

/** As what somebody asks, which the route depends on; whoever is several of these is the first in this order. */
export const applicants = ['hr', 'chief_representative', 'duty_officer', 'staff'] as const

export type Applicant = (typeof applicants)[number]

/** Who has a say: a role of this program, or somebody without an account, whose word HR records from the paper. */
export type Party = Role | `external:${string}`

/** One step of a route 审批环节. `any`: one of the parties decides; `all`: every one of them, in the listed order or in any. */
export type RouteStep = {
  readonly parties: readonly Party[]
  readonly mode: 'any' | 'all'
  readonly order: 'any' | 'listed'
  readonly side: 'centre' | 'unit'
  /** Told when the step is done, not asked 备案. */
  readonly told: readonly Party[]
}

/** One day of the period as the strip shows it: null for a half outside the period. */
export type CountedDay = {
  readonly day: CivilDay
  readonly am: HalfKind | null
  readonly pm: HalfKind | null
}

/** Both counts of a period, in half-days 半天. */
export type LeaveCount = {
  readonly workingHalves: number
  readonly calendarHalves: number
  readonly days: readonly CountedDay[]
}

/** Which of the two counts a kind is charged by: working days or calendar days. */
export type CountBasis = 'working' | 'calendar'

export type PersonName = {
  readonly id: string
  readonly staffNumber: string
  readonly name: string
  readonly nameEn: string
}

/** A name in both languages; an account that is no person of the centre has the Chinese one only. */
export type BothNames = { readonly name: string; readonly nameEn: string }

/** A person of the request with where they work on its first day. */
export type LeavePerson = PersonName & {
  readonly identityKind: string
  readonly unit: { readonly id: string; readonly name: string; readonly nameEn: string } | null
  readonly posts: readonly { readonly post: string; readonly window: string | null }[]
}

export type DecisionAct = 'submitted' | 'approved' | 'returned' | 'refused' | 'withdrawn' | 'cancelled' | 'filed'

/** One line of what happened to a request. `party` is a Party, or "applicant". */
export type DecisionView = {
  readonly id: string
  readonly round: number
  readonly step: number
  readonly party: string
  readonly act: DecisionAct
  readonly actor: BothNames & { readonly accountId: string }
  readonly note: string | null
  /** The word of a party as HR read it from the paper. */
  readonly onPaper: boolean
  readonly atMs: number
}

/** One party of a step with the people who could decide for it now; nobody means that HR records it, or that it is passed over. */
export type PartyView = {
  readonly party: Party
  readonly people: readonly BothNames[]
  /** The word given in this round, when there is one. */
  readonly decision: DecisionView | null
}

/** done: decided; due: the step that waits now; later: not yet reached; over: the request ended before it. */
export type StepView = {
  readonly index: number
  readonly state: 'done' | 'due' | 'later' | 'over'
  readonly mode: RouteStep['mode']
  readonly order: RouteStep['order']
  readonly side: RouteStep['side']
  readonly parties: readonly PartyView[]
  readonly told: readonly Party[]
}

/** What a list of requests shows of each. */
export type LeaveLine = {
  readonly id: string
  readonly number: string | null
  readonly person: LeavePerson
  readonly kind: LeaveKind
  readonly period: LeavePeriod
  readonly workingHalves: number
  readonly calendarHalves: number
  readonly counts: CountBasis
  readonly state: LeaveState
  readonly reason: string
  readonly standIn: PersonName | null
  readonly submittedAtMs: number | null
  readonly decidedAtMs: number | null
  /** The parties whose word is awaited now. */
  readonly awaited: readonly Party[]
  /** Whether one of them is enough or all are asked. */
  readonly awaitedMode: RouteStep['mode']
  readonly onBehalf: boolean
  readonly revision: number
}

/** A whole slip 请假单. The telephone number is masked; whoever may read it whole asks for it by name (audited). */
export type LeaveView = LeaveLine & {
  readonly destination: string | null
  readonly leavesTown: boolean
  readonly phoneMasked: string | null
  readonly handover: string | null
  readonly enteredBy: string | null
  readonly paper: {
    readonly id: string
    readonly name: string
    readonly mediaType: string
    readonly size: number
  } | null
  readonly ruleVersion: string | null
  readonly round: number
  readonly createdAtMs: number
  readonly steps: readonly StepView[]
  readonly decisions: readonly DecisionView[]
  readonly count: LeaveCount | null
  /** Some of its days belong to a year whose holidays are not announced yet. */
  readonly provisional: boolean
  /** Its first half-day has begun, so that it can no longer be cancelled by its holder. */
  readonly begun: boolean
}

/** One person's half-day in the staffing table: free, away with a mark, asked for by this request, or not due. */
export type StaffingCell = {
  readonly state: 'here' | 'away' | 'asked' | 'stands_in' | 'not_due'
  readonly mark: Mark | null
}

export type StaffingColumn = {
  readonly day: CivilDay
  readonly half: Half
  readonly present: number
  /** True when fewer are present than the group needs. */
  readonly short: boolean
}

/** Who is there on the half-days of a request, for each group of windows that the person's posts belong to. */
export type StaffingGroup = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly min: number
  readonly columns: readonly StaffingColumn[]
  readonly rows: readonly { readonly person: PersonName; readonly cells: readonly StaffingCell[] }[]
}

export type Staffing = {
  readonly groups: readonly StaffingGroup[]
  /** True when the period is longer than the table shows. */
  readonly cut: boolean
}

/** What else the person has in this time: another request, or an outing that is registered. */
export type Overlap = {
  readonly what: 'leave' | 'coverage'
  readonly id: string
  readonly number: string | null
  readonly kind: CoverageKind
  readonly state: LeaveState | null
  readonly first: { readonly day: CivilDay; readonly half: Half }
  readonly last: { readonly day: CivilDay; readonly half: Half }
  /** Fills a whole half-day of the period, so that the request cannot go in as it is. */
  readonly blocks: boolean
}

export type LeaveWarning = {
  readonly code: 'short_staffed' | 'short_notice' | 'provisional' | 'stand_in_away' | 'stand_in_needed' | 'passed_over'
  readonly facts: Readonly<Record<string, string | number>>
}

/** What the form shows beside itself before anything is sent. */
export type LeavePreview = {
  readonly count: LeaveCount
  readonly counts: CountBasis
  readonly provisional: boolean
  readonly steps: readonly StepView[]
  /** Path of the rule that chose the route, for "why". */
  readonly path: string
  readonly ruleVersion: string
  readonly overlaps: readonly Overlap[]
  readonly staffing: Staffing
  readonly warnings: readonly LeaveWarning[]
}

/** One line of the calendar: somebody away on leave that is approved or asked for. */
export type OnLeave = {
  readonly id: string
  readonly person: PersonName
  readonly kind: LeaveKind
  readonly period: LeavePeriod
  readonly state: 'submitted' | 'approved'
}

/** Who looks at leave or acts on it; a signed-in visitor is one. */
export type LeaveVisitor = {
  readonly centreId: string
  readonly accountId: string
  readonly personId: string | null
  readonly role: Role
  readonly scope: Scope
  readonly centre: { readonly zone: string }
}

export type LeaveActor = LeaveVisitor & { readonly address: string | null }

/** What a slip says, as its holder wrote it. */
export type LeaveSlip = {
  readonly kind: LeaveKind
  readonly period: LeavePeriod
  readonly reason: string | null
  readonly destination: string | null
  readonly leavesTown: boolean
  /** null keeps the number that is stored, '' clears it. */
  readonly phone: string | null
  readonly handover: string | null
  readonly standInId: string | null
}
