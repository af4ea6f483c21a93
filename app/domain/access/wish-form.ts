import type { CivilDay } from '#app/domain/attendance/day.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { isCivilDay } from '#app/domain/time/day.ts'
import { type Role, roles } from './roles.ts'
import { isUnitRole, type RoleWish } from './wishes.ts'

export type WishesTyped = {
  readonly roles: readonly string[]
  readonly unit: string
  readonly from: string
  readonly to: string
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text)
}

/** Reads the roles ticked in a form, one span of days for all of them; the unit goes to the roles that need one. */
export function readWishes(
  typed: WishesTyped,
  today: CivilDay,
): Result<readonly RoleWish[], 'roles_missing' | 'bad_from' | 'bad_to' | 'unit_unknown'> {
  const wanted = [...new Set(typed.roles)].filter(isRole)
  if (wanted.length === 0) return refuse('roles_missing')
  const [from, to] = [typed.from.trim(), typed.to.trim()]
  if (from !== '' && !isCivilDay(from)) return refuse('bad_from', { typed: from })
  if (to !== '' && !isCivilDay(to)) return refuse('bad_to', { typed: to })
  if (typed.unit !== '' && !uuid.test(typed.unit)) return refuse('unit_unknown')
  const unitId = typed.unit === '' ? null : typed.unit.toLowerCase()
  return ok(
    wanted.map((role) => ({
      role,
      unitId: isUnitRole(role) ? unitId : null,
      startsOn: from === '' ? today : from,
      endsOn: to === '' ? null : to,
    })),
  )
}

const byUnits: readonly Role[] = ['staff', 'chief_representative', 'unit_contact', 'unit_leader', 'unit_administrator']

/** Roles that may be asked for: a dispatching unit asks for its own people and contacts, the centre for any. */
export function askableRoles(reach: string): readonly Role[] {
  return reach === 'centre' ? roles : byUnits
}
