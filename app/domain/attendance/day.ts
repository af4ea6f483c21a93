import type { CoverageKind, Mark } from './marks.ts'

/** A civil day of the centre's zone, "YYYY-MM-DD". */
export type CivilDay = string
/** Whole seconds since 00:00 of the attendance day; may exceed 86,400 for what follows midnight. */
export type Second = number
/** Half of a working day 半天. */
export type Half = 'am' | 'pm'

/** One punch as the rules see it. `source` is the reader's name or id, `key` names the ledger row for the explanation. */
export type PunchFact = { readonly second: Second; readonly source: string; readonly key: string }

/** Approved time away within the day, [from, to) in seconds of the day. */
export type CoverageFact = {
  readonly kind: CoverageKind
  readonly from: Second
  readonly to: Second
  readonly key: string
}

/**
 * A time in which the readers this person could use took no punches, [from, to). `source` is the silent reader, or
 * `notEnrolled` where no reader knew a finger of the person: nobody can sign in then, and nobody is blamed for it.
 */
export type OutageFact = { readonly source: string; readonly from: Second; readonly to: Second; readonly key: string }

/** The source of an outage that is no reader's: the person had no finger enrolled anywhere 未录指纹. Source: product principle 5. */
export const notEnrolled = 'not_enrolled'

/** The source of an outage that is a single punch nobody has confirmed or released yet 待确认打卡. Source: decisions 4. */
export const doubtfulPunch = 'doubtful_punch'

/**
 * A paper roll or an approved correction that stands for the punch of one slot 手工, 补签. The minutes are judged only when
 * `second` is known and somebody saw it (`witnessed`). Source: decisions 9, 38.
 */
export type ManualFact = {
  readonly slot: string
  readonly by: 'roll' | 'correction'
  readonly second: Second | null
  readonly witnessed: boolean
  readonly key: string
}

/** What the calendar says of one half-day. */
export type HalfKind = 'work' | 'rest' | 'holiday' | 'half_holiday'

/** Everything that a day's result depends on, and nothing else. */
export type DayFacts = {
  readonly day: CivilDay
  /** False before the posting starts and after it ends. */
  readonly inService: boolean
  readonly calendar: Readonly<Record<Half, HalfKind>>
  /** True when the day's calendar is the computed statutory layer without a State Council notice. */
  readonly provisional: boolean
  /** Named sets the person belongs to that day, for plans with `groups`. */
  readonly groups: readonly string[]
  readonly punches: readonly PunchFact[]
  readonly coverage: readonly CoverageFact[]
  readonly outages: readonly OutageFact[]
  readonly manual?: readonly ManualFact[]
  /** The roster's plan for this day; null = rostered off; left out = no roster, the rules choose. */
  readonly rosterPlan?: string | null
  /** Facts are known up to this second of the day; null when the day is over and complete. */
  readonly asOf: Second | null
}

/**
 * waiting: window not open yet; open: window open, no punch yet; on_time/late/early: judged;
 * missing: closed without a punch; covered: leave or duty took it away; pending: an outage touches it; not_due: nothing expected.
 */
export type SlotState =
  | 'waiting'
  | 'open'
  | 'on_time'
  | 'late'
  | 'early'
  | 'missing'
  | 'covered'
  | 'pending'
  | 'not_due'

export type SlotResult = {
  readonly id: string
  readonly kind: 'in' | 'out' | 'either'
  readonly serves: readonly Half[]
  /** Seconds of the day: when punches are received, and the boundary that minutes count from. */
  readonly open: Second
  readonly close: Second
  readonly due: Second
  readonly state: SlotState
  readonly minutes: number
  readonly punch: PunchFact | null
  /** Key of the roll entry or correction that stands for the punch. */
  readonly manual?: string
  /** Other punches in the window: repeats and those not chosen. */
  readonly ignored: readonly { readonly punch: PunchFact; readonly why: 'repeat' | 'later' | 'earlier' }[]
}

/** A reason is a code with facts; the catalogues turn it into a sentence. `rule` is the path in the rule-set document. */
export type Reason = {
  readonly code: string
  readonly rule: string | null
  readonly facts: Readonly<Record<string, string | number>>
}

/** Absence that a rule may propose; only a person makes it statutory absence 旷工. Source: rules.md §2. */
export type AbsenceProposal = 'absent_half' | 'absent_day'

export type HalfResult = {
  readonly half: Half
  /** Null while it cannot be decided yet (the day is running and nothing is wrong so far). */
  readonly mark: Mark | null
  readonly minutesLate: number
  readonly minutesEarly: number
  /** Class of the tier that graded it, for example "minor", "serious", "half_day_absent"; null when nothing was graded. */
  readonly grade: string | null
  /** Half-days that the tier counts as absent for the score only; never statutory absence. */
  readonly scoreAbsentHalves?: number
  /** What the tier proposes and a person decides. */
  readonly proposal?: AbsenceProposal
  /** True when no later fact of the running day can be missing. */
  readonly final: boolean
  readonly reasons: readonly Reason[]
}

export type DayResult = {
  readonly day: CivilDay
  readonly plan: string | null
  readonly ruleVersion: string
  readonly slots: readonly SlotResult[]
  readonly halves: Readonly<Record<Half, HalfResult>>
  /** Class by the sum of the day's minutes (`day_sum`), when the document has one and it is reached. */
  readonly daySum?: { readonly minutes: number; readonly grade: string; readonly reason: Reason }
  /** Punches that no slot received: kept and shown. */
  readonly unused: readonly PunchFact[]
}
