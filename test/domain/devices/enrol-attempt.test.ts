import { expect, test } from 'vitest'
import { type CommandState, commandTimes, type Step, stateAt, withLateStep } from '#app/domain/devices/command.ts'
import { aboutOf, attemptOf } from '#app/domain/devices/enrol-attempt.ts'
import { nextFinger, type StoredFinger } from '#app/domain/devices/enrol-view.ts'

const createdMs = Date.parse('2026-11-20T02:00:00.000Z')
let second = 0

function step(name: string, facts: Step['facts'] = {}, state: Step['state'] = 'running'): Step {
  second += 1
  return { state, step: name, facts, at: new Date(createdMs + second * 1000).toISOString() }
}

function attempt(steps: readonly Step[], state: CommandState = 'taken', afterMs = 5000) {
  return attemptOf({ kind: 'enrol', state, steps, createdMs }, createdMs + afterMs)
}

const press = (number: number) => step('press', { press: number, of: 4 })
const lift = (number: number) => step('lift', { press: number, of: 4 })
const retry = (number: number, reason: string) => step('retry', { press: number, of: 4, reason })

test('the page follows press, retry and lift', () => {
  expect(attempt([], 'waiting')).toMatchObject({ phase: 'waiting', press: 1, of: 4, outcome: null })
  expect(attempt([press(1)])).toMatchObject({ phase: 'press', press: 1 })
  const wet = attempt([press(1), retry(1, 'too_wet')])
  expect(wet).toMatchObject({ phase: 'retry', reason: 'too_wet' })
  expect(wet.presses[0]).toEqual({ press: 1, state: 'now', retries: 1 })
  const second = attempt([press(1), retry(1, 'too_wet'), lift(1), press(2)])
  expect(second.presses.map((one) => one.state)).toEqual(['done', 'now', 'later', 'later'])
})

test('an agent that began anew is at its first press again', () => {
  const again = attempt([press(1), lift(1), press(2), lift(2), press(1)])
  expect(again).toMatchObject({ phase: 'press', press: 1 })
  expect(again.presses.map((one) => one.state)).toEqual(['now', 'later', 'later', 'later'])
})

test('what came of it: stored, refused with its slot, stopped, expired, stored too late', () => {
  const stored = step('stored', { slot: 9, before: 4, templates: 5, taken: '1-4,9' }, 'done')
  expect(attempt([press(1), stored], 'done')).toMatchObject({ phase: 'over', outcome: 'stored', facts: { slot: 9 } })
  const known = step('already_enrolled', { slot: 3 }, 'failed')
  expect(attempt([press(1), known], 'failed')).toMatchObject({ outcome: 'already_enrolled', facts: { slot: 3 } })
  const cancelled = step('cancelled', {}, 'failed')
  expect(attempt([press(1), cancelled], 'failed').outcome).toBe('cancelled')
  expect(attempt([press(1), cancelled, stored], 'failed').outcome).toBe('stored_late')
  expect(attempt([press(1)], 'expired').outcome).toBe('expired')
  expect(attempt([press(1), stored], 'expired').outcome).toBe('stored_late')
})

test('a command that nobody fetched is over for the page even when its agent never asks again; a deletion waits', () => {
  const hurried = commandTimes.hurriedExpiresAfterMs
  const waiting = { kind: 'enrol', state: 'waiting', createdMs } as const
  expect(stateAt(waiting, createdMs + hurried)).toBe('waiting')
  expect(stateAt(waiting, createdMs + hurried + 1)).toBe('expired')
  expect(stateAt({ ...waiting, state: 'taken' }, createdMs + hurried + 1)).toBe('taken')
  expect(stateAt({ ...waiting, kind: 'delete' }, createdMs + 86_400_000)).toBe('waiting')
  expect(attempt([], 'waiting', hurried + 1)).toMatchObject({ phase: 'over', outcome: 'expired' })
})

test('after the end only a stored template is taken down, once', () => {
  const ended = { state: 'expired' as const, steps: [press(1)] }
  const stored = step('stored', { slot: 9 }, 'done')
  expect(withLateStep(ended, press(2))).toBeNull()
  const late = withLateStep(ended, stored)
  expect(late).toMatchObject({ state: 'expired' })
  expect(late && withLateStep(late, stored)).toBeNull()
})

test('whom a command is about is read with care', () => {
  expect(aboutOf({ kind: 'enrol', slot: 4, about: { person: 'p', finger: 2 } })).toEqual({
    slot: 4,
    person: 'p',
    finger: 2,
  })
  expect(aboutOf({ kind: 'light' })).toEqual({ slot: null })
  expect(aboutOf('nonsense')).toEqual({ slot: null })
})

test('index fingers are asked for first, one of each hand, at each reader', () => {
  const stored = (finger: number, sourceId: string, endsMs: number | null = null) =>
    ({ finger, sourceId, endsMs }) as StoredFinger
  expect(nextFinger([], 'a')).toBe(2)
  expect(nextFinger([stored(2, 'a')], 'a')).toBe(7)
  expect(nextFinger([stored(2, 'a')], 'b')).toBe(2)
  expect(nextFinger([stored(2, 'a', 1)], 'a')).toBe(2)
})
