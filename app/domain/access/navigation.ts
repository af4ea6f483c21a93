import { type Action, can } from './can.ts'
import type { Role } from './roles.ts'

export type NavigationEntry = {
  readonly page:
    | 'today'
    | 'me'
    | 'leave'
    | 'people'
    | 'papers'
    | 'hall'
    | 'readers'
    | 'accounts'
    | 'audit'
    | 'security'
    | 'home'
  readonly href: string
  readonly action: Action
}

const pages: readonly NavigationEntry[] = [
  { page: 'today', href: '/today', action: 'board.read' },
  { page: 'me', href: '/me', action: 'me.read' },
  { page: 'leave', href: '/leave/waiting', action: 'leave.decide' },
  { page: 'leave', href: '/leave', action: 'leave.request' },
  { page: 'leave', href: '/leave/calendar', action: 'leave.read' },
  { page: 'people', href: '/people', action: 'people.read' },
  { page: 'papers', href: '/papers', action: 'register.print' },
  { page: 'papers', href: '/papers/mine', action: 'register.write' },
  { page: 'hall', href: '/hall', action: 'hall.manage' },
  { page: 'readers', href: '/readers', action: 'readers.read' },
  { page: 'accounts', href: '/accounts', action: 'accounts.read' },
  { page: 'accounts', href: '/accounts/asked', action: 'accounts.request' },
  { page: 'audit', href: '/audit', action: 'audit.read' },
  { page: 'security', href: '/security', action: 'security.read' },
]

const home: NavigationEntry = { page: 'home', href: '/home', action: 'home.read' }

const landings: Readonly<Partial<Record<Role, NavigationEntry['page']>>> = {
  staff: 'me',
  chief_representative: 'today',
  duty_officer: 'today',
  inspector: 'today',
  guide: 'today',
  hr: 'today',
  leader: 'today',
  system_administrator: 'readers',
  security_administrator: 'security',
  audit_administrator: 'audit',
}

/** The pages a role finds in its rail: exactly those it may read; a role without any finds the home page (design: navigation by role). */
export function navigation(role: Role): readonly NavigationEntry[] {
  const readable = pages.filter((entry) => can(role, entry.action) !== null)
  // One entry a page: the first that the role may read is where its work begins.
  const mine = readable.filter((entry, index) => readable.findIndex(({ page }) => page === entry.page) === index)
  return mine.length > 0 ? mine : [home]
}

/** Where a role arrives after signing in (design: navigation by role, column "lands on"). */
export function landing(role: Role): string {
  const page = landings[role]
  const mine = navigation(role)
  return (mine.find((entry) => entry.page === page) ?? mine[0] ?? home).href
}

const byWork: readonly Role[] = [
  'hr',
  'leader',
  'duty_officer',
  'chief_representative',
  'inspector',
  'guide',
  'system_administrator',
  'security_administrator',
  'audit_administrator',
  'staff',
]

/** The role a person with several begins a session in: the one with the widest work first; null without any role. */
export function firstRole(held: readonly Role[]): Role | null {
  return byWork.find((role) => held.includes(role)) ?? held[0] ?? null
}
