import { describe, expect, it } from 'vitest'
import type { CommandState, Step } from '#app/domain/devices/command.ts'
import { deviceProfile } from '#app/domain/devices/device-rules.ts'
import { clockLevel, selfTestOf, terminalBadge } from '#app/domain/devices/reader-page.ts'

const at = '2026-11-20T00:21:02.000Z'
const step = (name: string, state: Step['state'] = 'running', facts: Step['facts'] = {}): Step => ({
  step: name,
  state,
  facts,
  at,
})
const test = (state: CommandState, ...steps: Step[]) => selfTestOf({ state, steps, createdMs: 0, finishedMs: null })
const states = (one: ReturnType<typeof test>) => one.lines.map((line) => line.state)

describe('a self-test as its agent tells it', () => {
  it('names the step that failed and says why; what came before has passed', () => {
    const facts = { at: 'sensor', reason: 'sensor_error', code: 41 }
    const said = test('failed', step('answer'), step('parameters'), step('sensor'), step('failed_at', 'failed', facts))
    expect(states(said)).toEqual(['passed', 'passed', 'failed', 'later', 'later', 'later'])
    expect(said).toMatchObject({ failedAt: 'sensor', reason: 'sensor_error', code: 41 })
  })

  it('shows what is being asked while it runs', () => {
    expect(states(test('taken', step('answer'), step('parameters')))).toEqual([
      'passed',
      'now',
      'later',
      'later',
      'later',
      'later',
    ])
    expect(states(test('waiting'))).toEqual(Array(6).fill('later'))
  })

  it('passes as a whole, also told by an agent that names no steps', () => {
    const said = test('done', step('passed', 'done', { templates: 4, taken: '1-4' }))
    expect(states(said)).toEqual(Array(6).fill('passed'))
    expect(said).toMatchObject({ failedAt: null, reason: null, facts: { templates: 4 } })
  })

  it('fails at the index when counts differ, and at the first answer when the reader is not there at all', () => {
    expect(test('failed', step('index'), step('count_differs', 'failed'))).toMatchObject({
      failedAt: 'index',
      reason: 'count_differs',
    })
    expect(test('failed', step('unplugged', 'failed'))).toMatchObject({ failedAt: 'answer', reason: 'unplugged' })
  })

  it('that was never fetched has failed nowhere', () => {
    expect(test('expired')).toMatchObject({ failedAt: null, reason: null })
  })
})

describe('a clock', () => {
  it('is judged by the rules of the centre', () => {
    const { clock } = deviceProfile
    const strict = { clock: { ...clock, warn_seconds: 5 } }
    expect([null, 0, -4000, 5000, -120_000].map((offset) => clockLevel(offset, strict))).toEqual([
      'unmeasured',
      'fine',
      'fine',
      'warn',
      'off',
    ])
  })

  it('of a terminal matters only while it calls', () => {
    const terminal = { retired: false, greetedMs: 1_000_000, clock: 'warn' } as const
    expect(terminalBadge(terminal, 1_100_000)).toBe('clock')
    expect(terminalBadge(terminal, 1_181_000)).toBe('silent')
    expect(terminalBadge({ ...terminal, greetedMs: null }, 1_100_000)).toBe('unknown')
    expect(terminalBadge({ ...terminal, retired: true }, 1_100_000)).toBe('retired')
  })
})
