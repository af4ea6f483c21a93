import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { awaitedOf } from '#app/domain/leave/route.ts'
import { isEditable, type LeaveEvent, type LeaveFlow, stepLeave } from '#app/domain/leave/state.ts'
import type { Party, RouteStep } from '#app/domain/leave/view.ts'

const step = (mode: 'any' | 'all', ...parties: Party[]): RouteStep => ({
  parties,
  mode,
  order: 'any',
  side: 'centre',
  told: [],
})
const route = [
  step('any', 'chief_representative', 'duty_officer'),
  step('all', 'hr', 'unit_leader'),
  step('any', 'leader'),
]
const draft: LeaveFlow = { state: 'draft', route: [], round: 0, step: 0, given: [] }

function flowAfter(...events: LeaveEvent[]): LeaveFlow {
  return events.reduce<LeaveFlow>((flow, event) => {
    const next = stepLeave(flow, event)
    if (!next.ok) throw new Error(`${event.type}: ${next.code}`)
    return next.value
  }, draft)
}

const submit: LeaveEvent = { type: 'submit', route }
const approve = (party: Party): LeaveEvent => ({ type: 'approve', party })
const refusalOf = (flow: LeaveFlow, event: LeaveEvent) => {
  const next = stepLeave(flow, event)
  return next.ok ? null : next.code
}

describe('a request', () => {
  it('is approved by the last word of its route, joint steps by all of them', () => {
    const joint = flowAfter(submit, approve('duty_officer'), approve('unit_leader'))
    expect(joint).toMatchObject({ state: 'submitted', step: 1, given: ['unit_leader'] })
    const last = stepLeave(joint, approve('hr'))
    expect(last.ok && last.value).toMatchObject({ state: 'submitted', step: 2, given: [] })
    expect(
      flowAfter(submit, approve('duty_officer'), approve('unit_leader'), approve('hr'), approve('leader')),
    ).toMatchObject({
      state: 'approved',
      step: 3,
    })
  })

  it('that was returned begins a new round from the first step', () => {
    const returned = flowAfter(submit, approve('duty_officer'), { type: 'return', party: 'hr' })
    expect(returned.state).toBe('returned')
    const again = stepLeave(returned, submit)
    expect(again.ok && again.value).toMatchObject({ state: 'submitted', round: 2, step: 0, given: [] })
  })

  it.each<[string, LeaveFlow, LeaveEvent]>([
    ['not_waiting', draft, approve('hr')],
    ['not_your_step', flowAfter(submit), approve('hr')],
    ['not_waiting', flowAfter(submit, { type: 'withdraw' }), approve('chief_representative')],
    ['not_editable', flowAfter(submit), submit],
    ['no_steps', draft, { type: 'submit', route: [] }],
    ['not_withdrawable', flowAfter(submit, { type: 'refuse', party: 'duty_officer' }), { type: 'withdraw' }],
    ['not_approved', flowAfter(submit), { type: 'cancel', begun: false, byHr: true }],
  ])('%s', (code, flow, event) => {
    expect(refusalOf(flow, event)).toBe(code)
  })

  it('once approved is cancelled by its holder before it begins and by HR at any time', () => {
    const approved = flowAfter({ type: 'submit', route: [step('any', 'hr')] }, approve('hr'))
    expect(refusalOf(approved, { type: 'cancel', begun: true, byHr: false })).toBe('leave_begun')
    expect(refusalOf(approved, { type: 'cancel', begun: false, byHr: false })).toBeNull()
    expect(refusalOf(approved, { type: 'cancel', begun: true, byHr: true })).toBeNull()
  })
})

const party = fc.constantFrom<Party>('chief_representative', 'duty_officer', 'hr', 'unit_leader', 'leader')
const event: fc.Arbitrary<LeaveEvent> = fc.oneof(
  fc.constant(submit),
  fc.record({ type: fc.constantFrom('approve' as const, 'return' as const, 'refuse' as const), party }),
  party.map(approve),
  fc.constant<LeaveEvent>({ type: 'withdraw' }),
  fc.record({ type: fc.constant('cancel' as const), begun: fc.boolean(), byHr: fc.boolean() }),
)

const ends = ['withdrawn', 'refused', 'cancelled']

/** Every party of a joint step, one of the others. */
function wholeRouteSaid(words: readonly Party[]): boolean {
  const said = (party: Party) => words.includes(party)
  return route.every((due) => (due.mode === 'any' ? due.parties.some(said) : due.parties.every(said)))
}

function expectSound(before: LeaveFlow, one: LeaveEvent, now: LeaveFlow, words: readonly Party[]): void {
  expect(ends).not.toContain(before.state)
  if (isEditable(before.state)) expect(one.type).not.toBe('approve')
  if (now.state === 'submitted') expect(awaitedOf(route[now.step], now.given)).not.toEqual([])
  if (now.state === 'approved') expect(wholeRouteSaid(words)).toBe(true)
}

test('whatever happens in whatever order: no end is left again, and nothing is approved without every word', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      let flow = draft
      let words: Party[] = []
      for (const one of events) {
        const next = stepLeave(flow, one)
        if (!next.ok) continue
        words = one.type === 'submit' ? [] : one.type === 'approve' ? [...words, one.party] : words
        expectSound(flow, one, next.value, words)
        flow = next.value
      }
    }),
    { numRuns: 500 },
  )
})
