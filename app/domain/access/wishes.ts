import { z } from 'zod'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import { isCivilDay } from '#app/domain/time/day.ts'
import { administrators, type Role, roles } from './roles.ts'

const day = z.string().refine(isCivilDay)

/** One role asked for: from a day, perhaps to a day, for one unit where the role belongs to a unit. */
export const roleWish = z.strictObject({
  role: z.enum(roles),
  unitId: z.uuid().nullable().default(null),
  startsOn: day,
  endsOn: day.nullable().default(null),
})

export type RoleWish = z.infer<typeof roleWish>

/** What a request carries: roles, and for somebody who is not in the register of people a number and a name. */
export const requestPayload = z.object({
  roles: z.array(roleWish).default([]),
  signIn: z.string().optional(),
  name: z.string().optional(),
})

export type RequestPayload = z.infer<typeof requestPayload>

/** Roles that see one dispatching unit 派出单位 and nothing without one. */
export const unitRoles = ['unit_contact', 'unit_leader', 'unit_administrator'] as const satisfies readonly Role[]

/** Whether a role needs a dispatching unit to be given 派出单位的角色. */
export function isUnitRole(role: Role): boolean {
  return (unitRoles as readonly Role[]).includes(role)
}

function isAdministrator(role: Role): boolean {
  return (administrators as readonly Role[]).includes(role)
}

export type Held = {
  readonly role: Role
  readonly unitId: string | null
  readonly startsOn: CivilDay
  readonly endsOn: CivilDay | null
}

/** Whether two spans of days, both ends included, share a day. */
export function meet(a: Pick<Held, 'startsOn' | 'endsOn'>, b: Pick<Held, 'startsOn' | 'endsOn'>): boolean {
  const begins = a.endsOn === null || b.startsOn <= a.endsOn
  const ends = b.endsOn === null || a.startsOn <= b.endsOn
  return begins && ends
}

export type WishProblem =
  | 'ends_before_start'
  | 'already_over'
  | 'unit_missing'
  | 'unit_unwanted'
  | 'already_held'
  | 'administrators_exclude'

/**
 * Why a role cannot be given beside those held, or null. The three administrators 三员 exclude each other for every
 * day that both would hold (decisions: roles, one list); the database refuses the same by itself.
 */
export function wishProblem(wish: RoleWish, held: readonly Held[], today: CivilDay): WishProblem | null {
  if (wish.endsOn !== null && wish.endsOn < wish.startsOn) return 'ends_before_start'
  if (wish.endsOn !== null && wish.endsOn < today) return 'already_over'
  if (isUnitRole(wish.role) && wish.unitId === null) return 'unit_missing'
  if (!isUnitRole(wish.role) && wish.unitId !== null) return 'unit_unwanted'
  const meeting = held.filter((one) => meet(one, wish))
  if (meeting.some((one) => one.role === wish.role && one.unitId === wish.unitId)) return 'already_held'
  const excluded = isAdministrator(wish.role) && meeting.some((one) => isAdministrator(one.role))
  return excluded ? 'administrators_exclude' : null
}

export type WishesJudged = {
  readonly give: readonly RoleWish[]
  readonly problems: readonly { readonly wish: RoleWish; readonly problem: WishProblem }[]
}

/** Judges several wishes in order, each beside what is held and what was just given. */
export function judgeWishes(wishes: readonly RoleWish[], held: readonly Held[], today: CivilDay): WishesJudged {
  const give: RoleWish[] = []
  const problems: { wish: RoleWish; problem: WishProblem }[] = []
  for (const wish of wishes) {
    const problem = wishProblem(wish, [...held, ...give], today)
    if (problem === null) give.push(wish)
    else problems.push({ wish, problem })
  }
  return { give, problems }
}

export type Duties = { readonly chief: boolean; readonly posts: readonly string[] }

/** Roles that follow from what somebody does in the hall 按岗位给身份: everybody is staff, posts and appointments add theirs. */
export function rolesByDuty(duties: Duties): Role[] {
  const found: Role[] = ['staff']
  if (duties.chief) found.push('chief_representative')
  if (duties.posts.includes('duty_officer')) found.push('duty_officer')
  if (duties.posts.includes('guide')) found.push('guide')
  return found
}
