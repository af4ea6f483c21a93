/** Roles, one list (decisions 27). Kiosks and agents are tokens, not people. */
export const roles = [
  'staff',
  'chief_representative',
  'duty_officer',
  'inspector',
  'guide',
  'hr',
  'leader',
  'committee',
  'unit_contact',
  'unit_leader',
  'unit_administrator',
  'branch_secretary',
  'league_secretary',
  'system_administrator',
  'security_administrator',
  'audit_administrator',
  'external_auditor',
  'city_operator',
] as const

export type Role = (typeof roles)[number]

/** The three administrators 三员 exclude each other and see no business content. */
export const administrators = [
  'system_administrator',
  'security_administrator',
  'audit_administrator',
] as const satisfies readonly Role[]

/**
 * How far a role sees. Every list query takes one, so that permission is part of the query.
 * windows: people who hold a post at one of these windows; unit: people posted by this dispatching unit.
 */
export type Scope =
  | { readonly centreId: string; readonly reach: 'centre' }
  | { readonly centreId: string; readonly reach: 'windows'; readonly windowIds: readonly string[] }
  | { readonly centreId: string; readonly reach: 'unit'; readonly unitId: string }
  | { readonly centreId: string; readonly reach: 'self'; readonly personId: string }
