import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actions, businessActions, can, mayHoldTogether, permissions } from '#app/domain/access/can.ts'
import { firstRole, landing, navigation } from '#app/domain/access/navigation.ts'
import { administrators, roles } from '#app/domain/access/roles.ts'

const anyRole = fc.constantFrom(...roles)
const anyAction = fc.constantFrom(...actions)

describe('the table of rights', () => {
  it('answers no to any unknown role or action', () => {
    fc.assert(
      fc.property(fc.string(), anyAction, (role, action) => {
        fc.pre(!(roles as readonly string[]).includes(role))
        expect(can(role, action)).toBeNull()
      }),
    )
    fc.assert(
      fc.property(anyRole, fc.string(), (role, action) => {
        fc.pre(!(actions as readonly string[]).includes(action))
        expect(can(role, action)).toBeNull()
      }),
    )
  })

  it('is not fooled by names that every object has', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(can('hr', name)).toBeNull()
      expect(can(name, 'board.read')).toBeNull()
    }
  })

  it('gives the three administrators no business action', () => {
    for (const role of administrators) for (const action of businessActions) expect(can(role, action)).toBeNull()
  })

  it('leaves permissions to the security administrator and the log to the audit administrator alone', () => {
    expect(Object.keys(permissions['security.manage'])).toEqual(['security_administrator'])
    expect(Object.keys(permissions['audit.read'])).toEqual(['audit_administrator'])
  })

  it('has a row for every action and lets somebody do each', () => {
    expect(Object.keys(permissions).sort()).toEqual([...actions].sort())
    for (const action of actions) expect(roles.some((role) => can(role, action) !== null)).toBe(true)
  })

  it('lets everybody end the session, change the password and see the home page', () => {
    for (const role of roles)
      for (const action of ['session.end', 'password.change', 'role.switch', 'home.read'])
        expect(can(role, action)).toBe('self')
  })
})

describe('the three administrators', () => {
  it('exclude each other and nothing else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyRole), (held) => {
        const several = administrators.filter((role) => held.includes(role)).length > 1
        expect(mayHoldTogether(held)).toBe(!several)
      }),
    )
  })
})

describe('navigation', () => {
  it('offers only pages the role may read, and lands on one of them', () => {
    for (const role of roles) {
      for (const entry of navigation(role)) expect(can(role, entry.action)).not.toBeNull()
      expect(navigation(role).map((entry) => entry.href)).toContain(landing(role))
    }
  })

  it('lands where the design says', () => {
    expect(landing('staff')).toBe('/me')
    expect(landing('duty_officer')).toBe('/today')
    expect(landing('system_administrator')).toBe('/readers')
    expect(landing('security_administrator')).toBe('/security')
    expect(landing('audit_administrator')).toBe('/audit')
    expect(landing('unit_contact')).toBe('/leave/waiting')
    expect(landing('city_operator')).toBe('/home')
  })

  it('begins a session in one of the roles held', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyRole, { minLength: 1 }), (held) => {
        expect(held).toContain(firstRole(held))
      }),
    )
    expect(firstRole([])).toBeNull()
    expect(firstRole(['staff', 'chief_representative'])).toBe('chief_representative')
  })
})
