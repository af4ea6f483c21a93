import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountState } from '#app/domain/access/account-state.ts'
import { codeEnd, codeOver } from '#app/domain/access/activation.ts'
import { answersTo, pageOf } from '#app/domain/access/find-accounts.ts'
import { maySettle, requestKinds, settlersOf } from '#app/domain/access/requests.ts'
import { administrators, roles } from '#app/domain/access/roles.ts'
import { lastServed, rolesHold, type Term } from '#app/domain/access/service-term.ts'
import { readWishes } from '#app/domain/access/wish-form.ts'
import { judgeWishes, meet, type RoleWish, rolesByDuty, unitRoles, wishProblem } from '#app/domain/access/wishes.ts'
import { addDays } from '#app/domain/time/day.ts'

const today = '2026-11-22'
const unit = '0192f000-0000-7000-8000-000000000001'

const anyDay = fc.integer({ min: -400, max: 400 }).map((n) => addDays(today, n))
const anySpan = fc
  .tuple(anyDay, fc.option(fc.integer({ min: 0, max: 300 })))
  .map(([startsOn, length]) => ({ startsOn, endsOn: length === null ? null : addDays(startsOn, length) }))
const anyRole = fc.constantFrom(...roles)
const anyWish: fc.Arbitrary<RoleWish> = fc
  .tuple(anyRole, anySpan)
  .map(([role, span]) => ({ role, unitId: (unitRoles as readonly string[]).includes(role) ? unit : null, ...span }))

function onDay(span: { startsOn: string; endsOn: string | null }, day: string): boolean {
  return span.startsOn <= day && (span.endsOn === null || day <= span.endsOn)
}

describe('whose work a request is', () => {
  it('is always that of another person, who asked for nothing and is not the one it is about', () => {
    const id = fc.constantFrom('a', 'b', 'c')
    fc.assert(
      fc.property(
        fc.constantFrom(...requestKinds),
        id,
        fc.option(id),
        fc.boolean(),
        id,
        anyRole,
        (kind, requestedBy, accountId, forSecurity, settler, role) => {
          const asked = { kind, requestedBy, accountId, forSecurity }
          const result = maySettle(asked, { accountId: settler, role })
          if (!result.ok) return
          expect(settler).not.toBe(requestedBy)
          expect(settler).not.toBe(accountId)
          expect(settlersOf(kind, forSecurity)).toContain(role)
        },
      ),
    )
  })

  it('keeps accounts and rights apart, and lets nobody be locked in for good', () => {
    expect(settlersOf('account', false)).toEqual(['system_administrator'])
    expect(settlersOf('roles', true)).toEqual(['security_administrator'])
    expect(settlersOf('reset', false)).toEqual(['security_administrator'])
    expect(settlersOf('reset', true)).toContain('system_administrator')
  })
})

describe('roles that are asked for', () => {
  it('never make one person two of the three administrators on any day', () => {
    fc.assert(
      fc.property(fc.array(anyWish, { maxLength: 12 }), anyDay, (wishes, day) => {
        const { give } = judgeWishes(wishes, [], today)
        const held = give.filter((wish) => onDay(wish, day)).map((wish) => wish.role)
        expect(new Set(administrators.filter((role) => held.includes(role))).size).toBeLessThanOrEqual(1)
        expect(new Set(held).size).toBe(held.length)
      }),
    )
  })

  it('are each given or refused for a reason', () => {
    fc.assert(
      fc.property(fc.array(anyWish, { maxLength: 12 }), (wishes) => {
        const { give, problems } = judgeWishes(wishes, [], today)
        expect(give.length + problems.length).toBe(wishes.length)
      }),
    )
  })

  it('name what is wrong', () => {
    const wish = (more: Partial<RoleWish>): RoleWish => ({
      role: 'hr',
      unitId: null,
      startsOn: today,
      endsOn: null,
      ...more,
    })
    expect(wishProblem(wish({ endsOn: '2026-11-21' }), [], today)).toBe('ends_before_start')
    expect(wishProblem(wish({ startsOn: '2026-01-01', endsOn: '2026-02-01' }), [], today)).toBe('already_over')
    expect(wishProblem(wish({ role: 'unit_leader' }), [], today)).toBe('unit_missing')
    expect(wishProblem(wish({ unitId: unit }), [], today)).toBe('unit_unwanted')
    expect(wishProblem(wish({}), [wish({})], today)).toBe('already_held')
    const audits = wish({ role: 'audit_administrator', endsOn: '2026-12-31' })
    const secures = wish({ role: 'security_administrator' })
    expect(wishProblem(secures, [audits], today)).toBe('administrators_exclude')
    expect(wishProblem({ ...secures, startsOn: '2027-01-01' }, [audits], today)).toBeNull()
  })

  it('meet exactly when they share a day', () => {
    fc.assert(
      fc.property(anySpan, anySpan, (a, b) => {
        const last = [a.endsOn, b.endsOn].filter((end) => end !== null).sort()[0]
        const first = [a.startsOn, b.startsOn].sort()[1] ?? ''
        expect(meet(a, b)).toBe(last === undefined || first <= last)
        expect(meet(a, b)).toBe(meet(b, a))
      }),
    )
  })

  it('follow from posts and appointments', () => {
    expect(rolesByDuty({ chief: false, posts: [] })).toEqual(['staff'])
    expect(rolesByDuty({ chief: true, posts: ['a', 'duty_officer'] })).toEqual([
      'staff',
      'chief_representative',
      'duty_officer',
    ])
  })

  it('are read from a form, whatever is typed', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), fc.string(), fc.string(), (typed, unitTyped, from, to) => {
        const read = readWishes({ roles: typed, unit: unitTyped, from, to }, today)
        if (read.ok) for (const wish of read.value) expect(roles).toContain(wish.role)
      }),
    )
    expect(readWishes({ roles: ['staff', 'unit_leader'], unit, from: '', to: '2026-12-31' }, today)).toEqual({
      ok: true,
      value: [
        { role: 'staff', unitId: null, startsOn: today, endsOn: '2026-12-31' },
        { role: 'unit_leader', unitId: unit, startsOn: today, endsOn: '2026-12-31' },
      ],
    })
    expect(readWishes({ roles: ['hr'], unit: '', from: '2026-02-30', to: '' }, today)).toMatchObject({
      code: 'bad_from',
    })
  })
})

describe('a posting that is over', () => {
  it('ends the roles the day after its last day', () => {
    const terms = [{ startsOn: '2026-01-01', endsOn: '2026-11-20' }]
    expect(rolesHold(terms, '2026-11-20')).toBe(true)
    expect(rolesHold(terms, '2026-11-21')).toBe(false)
    expect(lastServed(terms, '2026-11-21')).toBe('2026-11-20')
  })

  it('leaves nothing between two, and holds back nobody who was never posted or is still coming', () => {
    const twice: Term[] = [
      { startsOn: '2026-01-01', endsOn: '2026-06-30' },
      { startsOn: '2026-12-01', endsOn: null },
    ]
    expect(rolesHold(twice, '2026-08-01')).toBe(false)
    expect(rolesHold(twice, '2026-12-01')).toBe(true)
    expect(rolesHold([], today)).toBe(true)
    expect(rolesHold([{ startsOn: '2026-12-01', endsOn: null }], today)).toBe(true)
  })

  it('holds on every day that a posting covers', () => {
    fc.assert(
      fc.property(fc.array(anySpan), anyDay, (terms, day) => {
        if (terms.some((term) => onDay(term, day))) expect(rolesHold(terms, day)).toBe(true)
        else if (terms.some((term) => term.startsOn <= day)) expect(rolesHold(terms, day)).toBe(false)
      }),
    )
  })
})

describe('a code and a state', () => {
  it('works for seven days and not a moment longer', () => {
    const made = Date.UTC(2026, 10, 22, 5)
    expect(codeOver(codeEnd(made), made + 7 * 86_400_000 - 1)).toBe(false)
    expect(codeOver(codeEnd(made), made + 7 * 86_400_000)).toBe(true)
    expect(codeOver(null, Number.MAX_SAFE_INTEGER)).toBe(false)
  })

  it('says the strongest thing that is true', () => {
    const now = 1000
    const used = { disabled: false, mustChangePassword: false, codeEndsAt: null, lockedUntil: null }
    const slip = { ...used, mustChangePassword: true, codeEndsAt: 1001 }
    expect(accountState(null, false, now)).toBe('none')
    expect(accountState(null, true, now)).toBe('waiting')
    expect(accountState(slip, false, now)).toBe('slip')
    expect(accountState({ ...slip, codeEndsAt: 1000 }, false, now)).toBe('slip_over')
    expect(accountState(used, false, now)).toBe('active')
    expect(accountState({ ...slip, lockedUntil: 1001 }, false, now)).toBe('locked')
    expect(accountState({ ...used, lockedUntil: 1000 }, false, now)).toBe('active')
    expect(accountState({ ...slip, disabled: true, lockedUntil: 1001 }, false, now)).toBe('disabled')
  })
})

describe('finding an account', () => {
  const one = { name: '陆𬭎', signIn: '30517', reading: 'lu hong', initials: 'lh', state: 'active' } as const

  it('takes a name, pinyin with or without spaces, initials or a number', () => {
    for (const typed of ['陆', '𬭎', 'luhong', 'Lu Hong', 'LH', '0517', '３０５', '']) {
      expect(answersTo(one, typed), typed).toBe(true)
    }
    for (const typed of ['王', 'hl', '30518']) expect(answersTo(one, typed), typed).toBe(false)
  })

  it('shows every row on exactly one page, and some page whatever is asked', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (rows, size) => {
        const { pages } = pageOf(rows, 1, size)
        const all = Array.from({ length: pages }, (_, at) => pageOf(rows, at + 1, size).rows).flat()
        expect(all).toEqual(rows)
      }),
    )
    for (const wanted of [Number.NaN, -3, 99, 1.5]) expect(pageOf([1, 2, 3], wanted, 2).rows.length).toBeGreaterThan(0)
  })
})
