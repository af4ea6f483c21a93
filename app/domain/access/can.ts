import { administrators, type Role, roles } from './roles.ts'

/** How far an action reaches for a role; a list query turns it into a condition (see Scope). */
export type Reach = 'centre' | 'windows' | 'unit' | 'self'

/** Everything that can be asked of the program. What is not named here cannot be done by anybody. */
export const actions = [
  'home.read',
  'password.change',
  'role.switch',
  'session.end',
  'board.read',
  'board.wall',
  'me.read',
  'readers.read',
  'readers.manage',
  'readers.import',
  'outage.manage',
  'punches.rule',
  'subjects.claim',
  'enrolment.manage',
  'alternates.manage',
  'security.read',
  'security.manage',
  'audit.read',
  'leave.request',
  'leave.see',
  'leave.read',
  'leave.decide',
  'leave.record',
  'people.read',
  'people.manage',
  'people.reveal',
  'hall.manage',
  'accounts.read',
  'accounts.manage',
  'accounts.request',
  'accounts.settle',
  'roles.grant',
  'register.write',
  'register.print',
] as const

export type Action = (typeof actions)[number]

type Row = Readonly<Partial<Record<Role, Reach>>>

const everyone: Row = {
  staff: 'self',
  chief_representative: 'self',
  duty_officer: 'self',
  inspector: 'self',
  guide: 'self',
  hr: 'self',
  leader: 'self',
  committee: 'self',
  unit_contact: 'self',
  unit_leader: 'self',
  unit_administrator: 'self',
  branch_secretary: 'self',
  league_secretary: 'self',
  system_administrator: 'self',
  security_administrator: 'self',
  audit_administrator: 'self',
  external_auditor: 'self',
  city_operator: 'self',
}

/** Those who run the hall and see all of it on the board 今日. */
const hall: Row = {
  chief_representative: 'centre',
  duty_officer: 'centre',
  inspector: 'centre',
  guide: 'centre',
  hr: 'centre',
  leader: 'centre',
}

/** Those who are themselves marked present or absent 我的. */
const marked: Row = {
  staff: 'self',
  chief_representative: 'self',
  duty_officer: 'self',
  inspector: 'self',
  guide: 'self',
  hr: 'self',
  branch_secretary: 'self',
  league_secretary: 'self',
}

/** Those who decide on leave or see what is decided, each as far as their people go. */
const overLeave: Row = {
  chief_representative: 'windows',
  duty_officer: 'centre',
  hr: 'centre',
  leader: 'centre',
  unit_contact: 'unit',
  unit_leader: 'unit',
}

/** The one table of rights 权限表: action × role → reach. An empty place means no. */
export const permissions: Readonly<Record<Action, Row>> = {
  'home.read': everyone,
  'password.change': everyone,
  'role.switch': everyone,
  'session.end': everyone,
  'board.read': { ...hall, staff: 'windows' },
  'board.wall': hall,
  'me.read': marked,
  'readers.read': { system_administrator: 'centre', hr: 'centre', duty_officer: 'centre' },
  'readers.manage': { system_administrator: 'centre' },
  'readers.import': { system_administrator: 'centre', hr: 'centre' },
  'outage.manage': { hr: 'centre', duty_officer: 'centre' },
  'punches.rule': { hr: 'centre', duty_officer: 'centre' },
  'subjects.claim': { hr: 'centre' },
  'enrolment.manage': { hr: 'centre' },
  'alternates.manage': { hr: 'centre' },
  'security.read': { security_administrator: 'centre' },
  'security.manage': { security_administrator: 'centre' },
  'audit.read': { audit_administrator: 'centre' },
  'leave.request': marked,
  // One request for leave: one's own, and those of the people one looks after.
  'leave.see': { ...marked, ...overLeave, unit_administrator: 'unit' },
  'leave.read': { ...overLeave, unit_administrator: 'unit' },
  'leave.decide': overLeave,
  'leave.record': { chief_representative: 'windows', hr: 'centre' },
  'people.read': { ...overLeave, unit_administrator: 'unit' },
  'people.manage': { hr: 'centre' },
  'people.reveal': { hr: 'centre' },
  'hall.manage': { hr: 'centre' },
  'accounts.read': { system_administrator: 'centre', security_administrator: 'centre' },
  'accounts.manage': { system_administrator: 'centre' },
  'accounts.request': { hr: 'centre', unit_administrator: 'unit', system_administrator: 'centre' },
  'accounts.settle': { system_administrator: 'centre', security_administrator: 'centre' },
  'roles.grant': { security_administrator: 'centre' },
  'register.write': marked,
  'register.print': { hr: 'centre' },
}

/** Actions on what the centre does, as against running the machine; closed to the three administrators 三员. */
export const businessActions = [
  'board.read',
  'board.wall',
  'me.read',
  'outage.manage',
  'punches.rule',
  'subjects.claim',
  'enrolment.manage',
  'alternates.manage',
  'leave.request',
  'leave.see',
  'leave.read',
  'leave.decide',
  'leave.record',
  'people.read',
  'people.manage',
  'people.reveal',
  'hall.manage',
  'register.write',
  'register.print',
] as const satisfies readonly Action[]

/**
 * Whether a role may do an action, and how far; null means no. Unknown roles and actions mean no
 * (least privilege 最小授权, GB/T 22239-2019 access control).
 */
export function can(role: string, action: string): Reach | null {
  const known = actions.find((one) => one === action)
  const holder = roles.find((one) => one === role)
  return known && holder ? (permissions[known][holder] ?? null) : null
}

/** Whether one person may hold both roles: the three administrators exclude each other 三员互斥 (decisions: roles, one list). */
export function mayHoldTogether(held: readonly Role[]): boolean {
  return administrators.filter((role) => held.includes(role)).length <= 1
}
