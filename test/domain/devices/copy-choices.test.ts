import fc from 'fast-check'
import { expect, it } from 'vitest'
import { copyOffers } from '#app/domain/devices/copy-choices.ts'

const reader = fc.record({
  id: fc.constantFrom('r1', 'r2', 'r3', 'r4'),
  agentId: fc.constantFrom('a', 'b', null),
  readable: fc.boolean(),
  dialect: fc.constantFrom('zfm', 'grow', null),
  name: fc.constant('机'),
  nameEn: fc.constant('reader'),
})
const readers = fc.uniqueArray(reader, { selector: (one) => one.id })
const held = fc.array(
  fc.record({
    enrolmentId: fc.uuid(),
    finger: fc.integer({ min: 1, max: 10 }),
    sourceId: fc.constantFrom('r1', 'r2', 'r3', 'r4'),
  }),
  { maxLength: 12 },
)

it('a finger is offered once, from a reader that is awake, to readers of its agent and kind that lack it', () => {
  fc.assert(
    fc.property(held, readers, (fingers, all) => {
      const offers = copyOffers(fingers, all)
      expect(new Set(offers.map((one) => one.finger)).size).toBe(offers.length)
      for (const offer of offers) {
        const from = fingers.find((one) => one.enrolmentId === offer.enrolmentId)
        const source = all.find((one) => one.id === from?.sourceId)
        expect(source?.readable).toBe(true)
        expect(offer.targets.length).toBeGreaterThan(0)
        for (const target of offer.targets) {
          const to = all.find((one) => one.id === target.id)
          expect(to?.agentId).toBe(source?.agentId)
          expect(source?.dialect === null || to?.dialect === null || source?.dialect === to?.dialect).toBe(true)
          const there = fingers.some((one) => one.finger === offer.finger && one.sourceId === target.id)
          expect(there).toBe(false)
        }
      }
    }),
  )
})
