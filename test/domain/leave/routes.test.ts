import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { leaveProfile } from '#app/domain/leave/preset.ts'
import { awaitedOf, mayDecide, passOver, routeFor, waitsForPaper } from '#app/domain/leave/route.ts'
import { type LeaveRules, parseLeaveRules, type RouteRule } from '#app/domain/leave/rules.ts'
import { applicants, leaveKinds, type Party, type RouteStep } from '#app/domain/leave/view.ts'

function withRoutes(change: (routes: RouteRule[]) => RouteRule[]): unknown {
  const copy: LeaveRules = structuredClone(leaveProfile)
  return { ...copy, routes: change(copy.routes) }
}

function problemsOf(json: unknown) {
  const parsed = parseLeaveRules(json)
  return parsed.ok ? [] : parsed.problems.map(({ path, code, facts }) => ({ path, code, facts }))
}

describe('a leave rule set', () => {
  it('of ours has exactly one route for everything that can be asked', () => {
    expect(parseLeaveRules(leaveProfile)).toEqual({ ok: true, value: leaveProfile })
    expect(parseLeaveRules(JSON.parse(JSON.stringify(leaveProfile)))).toEqual({ ok: true, value: leaveProfile })
  })

  it('that says "one day or less" and "two days or more" leaves 1½ days open, and hears so', () => {
    const problems = problemsOf(
      withRoutes((routes) =>
        routes.map((route) =>
          route.id === 'staff_private_2'
            ? { ...route, when: { ...route.when, more_than_half_days: undefined, at_least_half_days: 4 } as never }
            : route,
        ),
      ),
    )
    expect(problems).toEqual([
      { path: 'routes', code: 'route_gap', facts: { from: 2, to: 3, types: 'private', applicants: 'staff' } },
    ])
  })

  it('with two routes for one length names both', () => {
    const problems = problemsOf(
      withRoutes((routes) =>
        routes.map((route) =>
          route.id === 'staff_2' ? { ...route, when: { ...route.when, up_to_half_days: 4 } } : route,
        ),
      ),
    )
    const facts = {
      from: 3,
      to: 4,
      other: 'routes[2]',
      types: 'sick, official_leave, other_leave',
      applicants: 'staff',
    }
    expect(problems).toEqual([{ path: 'routes[3].when', code: 'route_overlap', facts }])
  })

  it('may decide by the window: a person alone at it goes another way', () => {
    const split = withRoutes((routes) =>
      routes.flatMap((route) =>
        route.id === 'staff_private_1'
          ? [
              { ...route, id: 'alone', when: { ...route.when, window: { single_person: true } } },
              { ...route, id: 'not_alone', when: { ...route.when, window: { single_person: false } } },
            ]
          : [route],
      ),
    )
    expect(problemsOf(split)).toEqual([])
    const half = withRoutes((routes) =>
      routes.map((route) =>
        route.id === 'staff_private_1' ? { ...route, when: { ...route.when, window: { single_person: true } } } : route,
      ),
    )
    expect(problemsOf(half)).toMatchObject([{ code: 'route_gap', facts: { from: 1, to: 1, types: 'private' } }])
  })

  it.each([
    ['unknown_key', { ...leaveProfile, colour: 'red' }, 'colour'],
    ['unknown_key', withRoutes(([first, ...rest]) => [{ ...first, speed: 1 } as never, ...rest]), 'routes[0].speed'],
    ['missing_key', { ...leaveProfile, kinds: {} }, 'kinds.annual'],
    ['not_one_of', { ...leaveProfile, chain_total: true, kind: 'attendance' }, 'kind'],
    [
      'route_begins_with_filing',
      withRoutes(([first, ...rest]) => [{ ...first, steps: [{ file_with: ['hr'] }] } as never, ...rest]),
      'routes[0].steps[0]',
    ],
    [
      'party_twice',
      withRoutes(([first, ...rest]) => [{ ...first, steps: [{ all_of: ['hr', 'hr'] }] } as never, ...rest]),
      'routes[0].steps[0]',
    ],
    ['duplicate_id', withRoutes((routes) => routes.map((route) => ({ ...route, id: 'same' }))), 'routes[1].id'],
  ])('%s is a problem at its path', (code, json, path) => {
    expect(problemsOf(json)).toContainEqual(expect.objectContaining({ code, path }))
  })
})

test('whatever is taken out of the table, exactly its lengths are reported as gaps', () => {
  fc.assert(
    fc.property(fc.nat(leaveProfile.routes.length - 1), (index) => {
      const problems = problemsOf(withRoutes((routes) => routes.filter((_, i) => i !== index)))
      const gone = leaveProfile.routes[index]?.when
      expect(problems.map((one) => one.code)).toEqual(['route_gap'])
      const from = (gone?.more_than_half_days ?? 0) + 1
      expect(problems[0]?.facts).toMatchObject({ from, to: gone?.up_to_half_days ?? 800 })
    }),
  )
})

test('every kind, length and applicant finds its one route, ending with somebody who decides', () => {
  const asked = fc.record({
    kind: fc.constantFrom(...leaveKinds),
    halves: fc.integer({ min: 1, max: 800 }),
    applicant: fc.constantFrom(...applicants),
    singlePerson: fc.boolean(),
  })
  fc.assert(
    fc.property(asked, (question) => {
      const route = routeFor(leaveProfile, question)
      expect(route.ok).toBe(true)
      if (!route.ok) return
      expect(route.value.steps.every((step) => step.parties.length > 0)).toBe(true)
      // Nobody is asked for his own word by the office he holds.
      expect(route.value.steps[0]?.parties).not.toEqual([question.applicant])
    }),
  )
})

describe('the default routes', () => {
  const steps = (kind: 'private' | 'annual' | 'sick', halves: number, applicant: (typeof applicants)[number]) => {
    const route = routeFor(leaveProfile, { kind, halves, applicant })
    return route.ok ? route.value.steps.map(({ parties, mode }) => `${mode}:${parties.join('+')}`) : route.code
  }

  it.each([
    ['private', 1, 'staff', ['any:chief_representative+duty_officer']],
    ['private', 2, 'staff', ['any:chief_representative', 'all:hr+unit_leader']],
    ['sick', 2, 'staff', ['any:chief_representative', 'any:hr']],
    ['sick', 6, 'staff', ['any:chief_representative', 'all:hr+unit_leader']],
    ['sick', 7, 'staff', ['any:chief_representative', 'any:unit_leader', 'any:hr', 'any:leader']],
    ['annual', 20, 'staff', ['any:chief_representative', 'any:unit_contact+unit_leader']],
    ['private', 2, 'chief_representative', ['any:hr']],
    ['private', 3, 'chief_representative', ['any:unit_leader', 'any:leader']],
    ['private', 1, 'hr', ['any:leader']],
  ] as const)('%s, %i half-days, %s', (kind, halves, applicant, expected) => {
    expect(steps(kind, halves, applicant)).toEqual(expected)
  })

  it('tells HR of statutory leave and asks it nothing', () => {
    const route = routeFor(leaveProfile, { kind: 'annual', halves: 9, applicant: 'staff' })
    expect(route.ok && route.value.steps.map((step) => step.told)).toEqual([[], ['hr']])
  })

  it('refuses what is longer than any rule', () => {
    expect(steps('sick', 801, 'staff')).toBe('leave_too_long')
    expect(steps('sick', 0, 'staff')).toBe('nothing_counted')
  })
})

const any = (...parties: Party[]): RouteStep => ({ parties, mode: 'any', order: 'any', side: 'centre', told: [] })
const all = (order: 'any' | 'listed', ...parties: Party[]): RouteStep => ({ ...any(...parties), mode: 'all', order })

describe('places that nobody holds', () => {
  const nobody = () => false

  it('are passed over where a later step decides, never the last word', () => {
    const route = { steps: [any('chief_representative'), any('hr')], ifAbsent: 'next' as const }
    const passed = passOver(route, (party) => party === 'hr')
    expect(passed.ok && passed.value).toEqual({ steps: [any('hr')], passed: ['chief_representative'] })
    expect(passOver(route, (party) => party === 'chief_representative')).toMatchObject({
      code: 'no_decider',
      facts: { party: 'hr' },
    })
  })

  it('stop the request where the rules say so', () => {
    const route = { steps: [any('chief_representative'), any('hr')], ifAbsent: 'refuse' as const }
    expect(passOver(route, (party) => party === 'hr')).toMatchObject({ code: 'no_decider' })
  })

  it('do not matter beside another of the same step', () => {
    const route = { steps: [any('chief_representative', 'duty_officer')], ifAbsent: 'next' as const }
    const passed = passOver(route, (party) => party === 'duty_officer')
    expect(passed.ok && passed.value).toEqual({ steps: [any('duty_officer')], passed: [] })
  })

  it('stay when their word can come on paper, as long as somebody can record it', () => {
    const route = { steps: [any('unit_leader'), any('external:人社局分管领导')], ifAbsent: 'next' as const }
    expect(passOver(route, nobody)).toMatchObject({ ok: true, value: { steps: route.steps, passed: [] } })
    expect(passOver(route, nobody, false)).toMatchObject({ code: 'no_decider' })
  })
})

describe('a step waits for paper', () => {
  const held = (party: Party) => party === 'unit_contact'

  it.each([
    ['a person without an account', any('external:局领导'), true],
    ['one of two who could decide here', any('unit_contact', 'unit_leader'), false],
    ['the one who cannot, of two who both must', all('any', 'unit_contact', 'unit_leader'), true],
    ['whoever decides here only', any('hr'), false],
  ] as const)('%s', (_name, step, expected) => {
    expect(waitsForPaper(step, [], held)).toBe(expected)
  })
})

describe('who may decide', () => {
  const route = [any('chief_representative', 'duty_officer'), all('listed', 'unit_leader', 'hr'), any('leader')]

  it('only the parties of the due step, while they are awaited', () => {
    expect(mayDecide(route, 0, [], { role: 'duty_officer', isApplicant: false })).toMatchObject({ ok: true })
    expect(mayDecide(route, 0, [], { role: 'hr', isApplicant: false })).toMatchObject({ code: 'not_your_step' })
    expect(mayDecide(route, 1, [], { role: 'hr', isApplicant: false })).toMatchObject({ code: 'not_your_step' })
    expect(mayDecide(route, 1, ['unit_leader'], { role: 'hr', isApplicant: false })).toMatchObject({ ok: true })
    expect(mayDecide(route, 1, ['unit_leader'], { role: 'unit_leader', isApplicant: false })).toMatchObject({
      code: 'already_decided',
    })
    expect(mayDecide(route, 3, [], { role: 'leader', isApplicant: false })).toMatchObject({ code: 'not_your_step' })
  })

  it('HR for those who sign on paper, and nobody else for anybody', () => {
    const paper = { isApplicant: false, forParty: 'leader' as const }
    expect(mayDecide(route, 2, [], { role: 'hr', ...paper })).toEqual({ ok: true, value: 'leader' })
    expect(mayDecide(route, 2, [], { role: 'duty_officer', ...paper })).toMatchObject({ code: 'not_on_paper' })
    const chief = { isApplicant: false, forParty: 'chief_representative' as const }
    expect(mayDecide(route, 0, [], { role: 'hr', ...chief })).toMatchObject({ code: 'not_on_paper' })
  })
})

const parties = fc.uniqueArray(
  fc.constantFrom<Party>('chief_representative', 'duty_officer', 'hr', 'leader', 'unit_leader', 'external:局领导'),
  { minLength: 1, maxLength: 4 },
)
const anyStep = fc.oneof(
  parties.map((list) => any(...list)),
  fc.tuple(fc.constantFrom('any' as const, 'listed' as const), parties).map(([order, list]) => all(order, ...list)),
)

test('the applicant never decides, in whatever role; nobody decides who is not awaited', () => {
  const role = fc.constantFrom('chief_representative', 'duty_officer', 'hr', 'leader', 'unit_leader', 'staff' as const)
  fc.assert(
    fc.property(
      fc.array(anyStep, { minLength: 1, maxLength: 4 }),
      fc.nat(4),
      parties,
      role,
      (route, step, given, as) => {
        expect(mayDecide(route, step, given, { role: as, isApplicant: true })).toMatchObject({ code: 'own_request' })
        const may = mayDecide(route, step, given, { role: as, isApplicant: false })
        expect(may.ok).toBe((awaitedOf(route[step], given) as readonly string[]).includes(as))
      },
    ),
  )
})
