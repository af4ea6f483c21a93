import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actsFor, type ReaderCard, readerFigures, templateDifference } from '#app/domain/devices/readers-view.ts'

const plain: ReaderCard = {
  ...{ id: '1', kind: 'reader', name: '东门', nameEn: 'East', place: '', placeEn: '', zone: null, serial: 'S1' },
  ...{ dialect: null, firmware: null, model: null, address: null, changed: false, emulated: false },
  ...{ badge: 'online', silentMinutes: 0, stateSinceMs: null, seenMs: null, agent: 'A', reachable: true },
  ...{ today: 0, usual: 0, templates: 4, capacity: 200, enrolled: 4, people: 4, offsetMs: null, clock: 'unmeasured' },
  ...{ queue: 0, oldestWaitingMs: null, missing: null, lastError: null, lastPunchMs: null },
  ...{ bars: [], downs: [], hours: [] },
}
const card = (changes: Partial<ReaderCard>): ReaderCard => ({ ...plain, ...changes })

describe('what a card asks for', () => {
  it('is what its state needs, the pressing thing first', () => {
    expect(actsFor(plain)).toEqual(['look'])
    expect(actsFor(card({ templates: 6 }))).toEqual(['slots'])
    expect(actsFor(card({ badge: 'clock' }))).toEqual(['clock', 'look'])
    expect(actsFor(card({ badge: 'offline', stateSinceMs: 1 }))).toEqual(['steps', 'outage'])
    expect(actsFor(card({ badge: 'fault', seenMs: 1 }))).toEqual(['test', 'outage'])
    // Never heard: there is no time since which it would be out.
    expect(actsFor(card({ badge: 'unknown' }))).toEqual(['steps', 'look'])
    expect(actsFor(card({ changed: true, templates: 3 }))).toEqual(['identity', 'slots'])
  })

  it('is never more than two things, and never nothing', () => {
    const badges = ['online', 'clock', 'silent', 'offline', 'fault', 'unknown', 'retired'] as const
    fc.assert(
      fc.property(fc.constantFrom(...badges), fc.boolean(), fc.nat(9), (badge, changed, templates) => {
        const acts = actsFor(card({ badge, changed, templates }))
        expect([1, 2]).toContain(acts.length)
        expect(new Set(acts).size).toBe(acts.length)
      }),
    )
  })
})

it('templates are compared only where a module has counted them', () => {
  expect(templateDifference(card({ templates: 6 }))).toBe(2)
  expect(templateDifference(card({ templates: null }))).toBe(0)
  expect(templateDifference(card({ kind: 'terminal', templates: 6 }))).toBe(0)
})

it('the figures count a queue once for each agent, and terminals without templates', () => {
  const readers = [
    card({ queue: 5 }),
    card({ id: '2', queue: 7, badge: 'offline' }),
    card({ id: '3', kind: 'terminal', agent: null, queue: null, templates: null, enrolled: 9 }),
    card({ id: '4', badge: 'retired', templates: 90 }),
  ]
  expect(readerFigures(readers)).toMatchObject({ online: 2, total: 3, queued: 7, templates: 8, enrolled: 8 })
})
