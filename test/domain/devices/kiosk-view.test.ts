import { describe, expect, test } from 'vitest'
import { isUnread, plainGreeting, type SlotWindow } from '#app/domain/devices/greeting.ts'
import { burnInStep, recentPunches, slotMoment, slotProgress, withGreeting } from '#app/domain/devices/kiosk-view.ts'

const morning: SlotWindow = { label: 'am_in', kind: 'in', half: 'am', open: 27_000, due: 32_400, close: 36_000 }

describe('the slot on the screen', () => {
  test('counts down to the boundary, begun minutes in full', () => {
    expect(slotProgress(morning, 27_000)).toEqual({ filled: 0, dueAt: 600, minutes: 90, past: false })
    expect(slotProgress(morning, 32_399)).toMatchObject({ minutes: 1, past: false })
  })
  test('counts up after it, whole minutes only', () => {
    expect(slotProgress(morning, 32_400)).toMatchObject({ filled: 600, minutes: 0, past: true })
    expect(slotProgress(morning, 32_459)).toMatchObject({ minutes: 0, past: true })
    expect(slotProgress(morning, 32_460)).toMatchObject({ minutes: 1 })
  })
  test('never leaves its bar, not even when the window has no length', () => {
    expect(slotProgress(morning, 0).filled).toBe(0)
    expect(slotProgress(morning, 86_399).filled).toBe(1000)
    expect(slotProgress({ ...morning, open: 32_400, close: 32_400 }, 32_400)).toMatchObject({ filled: 0, dueAt: 0 })
  })
  test('is before, open to its last second, then none', () => {
    expect([26_999, 27_000, 36_000, 36_001].map((second) => slotMoment(morning, second))).toEqual([
      'before',
      'open',
      'open',
      'none',
    ])
    expect(slotMoment(null, 0)).toBe('none')
  })
})

describe('the list of last punches', () => {
  const at = (second: number, key = `k${second}`) =>
    plainGreeting('received', { key, subject: '1', second, person: null })

  test('keeps the newest first, each once, no more than fit', () => {
    const full = Array.from({ length: recentPunches }, (_, index) => at(100 - index))
    const next = withGreeting(full, at(200))
    expect(next).toHaveLength(recentPunches)
    expect(next[0]?.second).toBe(200)
    expect(withGreeting(next, at(200))).toEqual(next)
    expect(withGreeting([at(5)], at(3)).map((one) => one.second)).toEqual([5, 3])
  })
  test('does not hold fingers that gave no punch', () => {
    for (const code of ['not_recognised', 'poor_image', 'finger_held'] as const) {
      expect(isUnread(code)).toBe(true)
      expect(withGreeting([], plainGreeting(code, { key: 'x', subject: '', second: 1, person: null }))).toEqual([])
    }
    expect(isUnread('offline')).toBe(false)
  })
})

test('the picture moves every ten minutes through four places', () => {
  expect([0, 599, 600, 1200, 1800, 2400].map(burnInStep)).toEqual([0, 0, 1, 2, 3, 0])
})
