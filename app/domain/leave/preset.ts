import type { LeaveRules, RouteRule, StepRule } from './rules.ts'
import type { Applicant, LeaveKind } from './view.ts'

/**
 * The default leave rules 默认请假规则. Every value is a proposal of ours built from published examples; a centre puts its own in
 * force beside it. Source: domain study §1.2 leave_authority, §3.1.
 */
const basis = 'proposed' as const

type KindRule = LeaveRules['kinds'][LeaveKind]

const working: KindRule = { count: 'working', unit: 'half_day', basis }
const calendar: KindRule = { count: 'calendar', unit: 'day', basis }

const kinds: LeaveRules['kinds'] = {
  annual: working,
  sick: working,
  private: working,
  marriage: calendar,
  maternity: calendar,
  prenatal: working,
  paternity: calendar,
  parental: working,
  parent_care: working,
  nursing: working,
  bereavement: working,
  home_visit: calendar,
  work_injury: calendar,
  official_leave: working,
  other_leave: working,
}

/** What the law gives 法定假: the dispatching unit approves and the centre files. */
const statutory: LeaveKind[] = [
  'annual',
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
]
const ordinary: LeaveKind[] = ['sick', 'official_leave', 'other_leave']

const chief: StepRule = { by: ['chief_representative'], side: 'centre', basis }
const first: StepRule = { by: ['chief_representative', 'duty_officer'], side: 'centre', basis }
const hr: StepRule = { by: ['hr'], side: 'centre', basis }
const leader: StepRule = { by: ['leader'], side: 'centre', basis }
const unit: StepRule = { by: ['unit_contact', 'unit_leader'], side: 'unit', basis }
const unitLeader: StepRule = { by: ['unit_leader'], side: 'unit', basis }
/** 双向请假: unit and centre, whoever comes first. */
const both: StepRule = { all_of: ['hr', 'unit_leader'], order: 'any', side: 'centre', basis }
const filed: StepRule = { file_with: ['hr'], basis }

type Tier = readonly [moreThan: number, upTo: number | null, steps: readonly StepRule[]]

function tiers(id: string, types: LeaveKind[], applicant: Applicant[], list: readonly Tier[]): RouteRule[] {
  return list.map(([moreThan, upTo, steps], index) => ({
    id: `${id}_${index + 1}`,
    for: 'leave',
    when: {
      types,
      more_than_half_days: moreThan,
      ...(upTo === null ? {} : { up_to_half_days: upTo }),
      applicant,
    },
    steps: [...steps],
    if_absent: 'next',
    basis,
  }))
}

const all: LeaveKind[] = [...statutory, ...ordinary, 'private']

const routes: RouteRule[] = [
  ...tiers('staff_statutory', statutory, ['staff'], [[0, null, [chief, unit, filed]]]),
  ...tiers(
    'staff',
    ordinary,
    ['staff'],
    [
      [0, 1, [first]],
      [1, 2, [chief, hr]],
      [2, 6, [chief, both]],
      [6, null, [chief, unitLeader, hr, leader]],
    ],
  ),
  ...tiers(
    'staff_private',
    ['private'],
    ['staff'],
    [
      [0, 1, [first]],
      [1, 6, [chief, both]],
      [6, null, [chief, unitLeader, hr, leader]],
    ],
  ),
  ...tiers('chief_statutory', statutory, ['chief_representative'], [[0, null, [unitLeader, filed]]]),
  ...tiers(
    'chief',
    [...ordinary, 'private'],
    ['chief_representative'],
    [
      [0, 2, [hr]],
      [2, null, [unitLeader, leader]],
    ],
  ),
  ...tiers(
    'duty',
    all,
    ['duty_officer'],
    [
      [0, 2, [hr]],
      [2, null, [hr, leader]],
    ],
  ),
  ...tiers('hr', all, ['hr'], [[0, null, [leader]]]),
]

export const leaveProfile: LeaveRules = {
  kind: 'leave',
  version: 'leave-1',
  valid_from: '2020-01-01',
  name: '请假规则',
  source: { title: '系统默认请假规则', number: null, date: null, basis },
  basis,
  kinds,
  chain_total: true,
  stand_in: { single_person_window: 'required', basis },
  routes,
}
