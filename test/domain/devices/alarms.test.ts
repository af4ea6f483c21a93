import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AgentState, type Hardware, type SourceState, standingAlarms } from '#app/domain/devices/alarms.ts'
import { deviceProfile } from '#app/domain/devices/device-rules.ts'
import { type Span, uncovered } from '#app/domain/devices/outage-spans.ts'
import { isStranger, mergedIdentity } from '#app/domain/devices/reader-identity.ts'

const nowMs = 1_800_000_000_000
const minute = 60_000

const agent: AgentState = {
  id: 'agent',
  revoked: false,
  seenMs: nowMs - 5000,
  offsetMs: 40,
  queue: 0,
  oldestWaitingMs: null,
  spoolBytes: 1000,
  spoolLimitBytes: 100_000,
  gaps: null,
}
const reader: SourceState = {
  id: 'reader',
  kind: 'reader',
  agentId: 'agent',
  state: 'online',
  stateSinceMs: nowMs - 60 * minute,
  lastError: null,
  offsetMs: 40,
  silentSinceMs: null,
  greetedMs: null,
  missed: false,
  stranger: null,
  slots: { unknown: 0, missing: 0 },
}

function wrong(agents: Partial<AgentState>, sources: Partial<SourceState> = {}) {
  const hardware: Hardware = { agents: [{ ...agent, ...agents }], sources: [{ ...reader, ...sources }] }
  return standingAlarms(hardware, deviceProfile, nowMs)
}
const kinds = (...args: Parameters<typeof wrong>) => wrong(...args).map((one) => one.kind)

describe('what is wrong', () => {
  test('nothing, when everything works', () => {
    expect(wrong({})).toEqual([])
  })

  test('an agent that fell silent is told once, and not again for each of its readers, its clock and its queue', () => {
    const silent = { seenMs: nowMs - 3 * minute, offsetMs: 500_000, queue: 900 }
    expect(kinds(silent, { state: 'offline' })).toEqual(['agent_silent'])
    expect(kinds({ ...silent, revoked: true }, { state: 'offline' })).toEqual(['reader_offline'])
  })

  test('a reader that is offline or faulty, with why', () => {
    expect(wrong({}, { state: 'offline' })).toMatchObject([{ kind: 'reader_offline', sinceMs: nowMs - 60 * minute }])
    expect(wrong({}, { state: 'fault', lastError: 'no_answer' })).toMatchObject([
      { kind: 'reader_fault', facts: { error: 'no_answer' } },
    ])
    expect(wrong({}, { state: 'unknown' })).toEqual([])
  })

  test('a clock that is off is a warning first and an outage from the quarantine on', () => {
    expect(kinds({ offsetMs: 29_999 })).toEqual([])
    expect(wrong({ offsetMs: -30_000 })).toMatchObject([
      { kind: 'clock_drift', facts: { stage: 'warn', seconds: -30 }, outageFromMs: null },
    ])
    expect(wrong({ offsetMs: 120_000 })).toMatchObject([{ facts: { stage: 'off' }, outageFromMs: nowMs }])
  })

  test('a queue by its length or by how long the oldest waits, from that one on', () => {
    expect(kinds({ queue: 49, oldestWaitingMs: nowMs - 9 * minute })).toEqual([])
    expect(kinds({ queue: 50 })).toEqual(['queue_growing'])
    const waits = { queue: 1, oldestWaitingMs: nowMs - 10 * minute }
    expect(wrong(waits)).toMatchObject([{ kind: 'queue_growing', outageFromMs: nowMs - 10 * minute }])
  })

  test('a spool from half of its bound on, and numbers that are missing', () => {
    expect(kinds({ spoolBytes: 49_999 })).toEqual([])
    expect(wrong({ spoolBytes: 50_000 })).toMatchObject([{ kind: 'spool_filling', facts: { percent: 50 } }])
    expect(wrong({ gaps: { missing: 3, lost: 0, sinceMs: 7 } })).toMatchObject([
      { kind: 'sequence_gap', sinceMs: 7, facts: { missing: 3, lost: 0, stage: 'missing' } },
    ])
  })

  test('silence is an outage from its beginning; one that is not online is not called silent', () => {
    const silent = { silentSinceMs: nowMs - 25 * minute }
    expect(wrong({}, silent)).toMatchObject([{ kind: 'silent_when_busy', outageFromMs: nowMs - 25 * minute }])
    expect(kinds({}, { ...silent, state: 'offline' })).toEqual(['reader_offline'])
  })

  test('another module, and slots that differ', () => {
    expect(kinds({}, { stranger: { firmware: '2' } })).toEqual(['identity_changed'])
    expect(kinds({}, { slots: { unknown: 1, missing: 0 } })).toEqual(['slots_differ'])
    expect(kinds({}, { slots: null })).toEqual([])
  })

  test('a terminal that has not called is missed only when it would be', () => {
    const terminal = { kind: 'terminal', agentId: null, state: 'unknown', greetedMs: nowMs - 6 * minute }
    expect(kinds({}, { ...terminal, missed: true })).toEqual(['terminal_silent'])
    expect(kinds({}, { ...terminal, missed: false })).toEqual([])
    expect(kinds({}, { ...terminal, missed: true, greetedMs: null })).toEqual([])
    expect(kinds({}, { ...terminal, offsetMs: 125_000 })).toEqual(['clock_drift'])
  })

  test('each cause once, whatever the facts', () => {
    const number = fc.integer({ min: -1_000_000, max: 1_000_000 })
    const agents = fc.record({
      offsetMs: number,
      queue: fc.nat(200),
      spoolBytes: fc.nat(200_000),
      revoked: fc.boolean(),
    })
    const sources = fc.record({
      state: fc.constantFrom('online', 'offline', 'fault', 'unknown'),
      silentSinceMs: fc.option(fc.constant(nowMs - minute)),
      slots: fc.record({ unknown: fc.nat(3), missing: fc.nat(3) }),
    })
    fc.assert(
      fc.property(agents, sources, (ofAgent, ofSource) => {
        const found = wrong(ofAgent, ofSource)
        const keys = found.map((one) => `${one.kind} ${one.sourceId} ${one.agentId}`)
        expect(new Set(keys).size).toBe(keys.length)
        for (const one of found) {
          expect((one.sourceId === null) !== (one.agentId === null)).toBe(true)
          expect(one.sinceMs).toBeLessThanOrEqual(nowMs)
          expect(one.outageFromMs ?? 0).toBeLessThanOrEqual(nowMs)
        }
      }),
    )
  })
})

const bounded = fc
  .tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 200 }))
  .map(([fromMs, length]) => ({ fromMs, toMs: fromMs + length }))
/** Outages as the table holds them: none over another, only the last without an end. */
const stored = fc.tuple(fc.array(bounded, { maxLength: 8 }), fc.boolean()).map(([some, open]) => {
  const kept: Span[] = []
  for (const one of some.sort((a, b) => a.fromMs - b.fromMs)) {
    if ((kept.at(-1)?.toMs ?? 0) <= one.fromMs) kept.push(one)
  }
  const last = kept.at(-1)
  return open && last ? [...kept.slice(0, -1), { ...last, toMs: null }] : kept
})

const holds = (spans: readonly Span[], ms: number) =>
  spans.filter((one) => one.fromMs <= ms && (one.toMs === null || ms < one.toMs)).length

test('an outage is noted where none is yet, and every moment of it is in exactly one', () => {
  const wanted = fc.oneof(
    bounded,
    bounded.map(({ fromMs }) => ({ fromMs, toMs: null })),
  )
  fc.assert(
    fc.property(wanted, stored, (span, there) => {
      const all = [...there, ...uncovered(span, there)]
      for (let ms = 0; ms < 1300; ms += 1) {
        expect(holds(all, ms)).toBe(Math.max(holds([span], ms), holds(there, ms)))
      }
      expect(uncovered(span, all)).toEqual([])
    }),
    { numRuns: 50 },
  )
})

describe('what a module says it is', () => {
  const first = { moduleSerial: 'A1', firmware: '1.2', model: null }

  test('leaving something out is no contradiction, saying another serial is', () => {
    expect(isStranger(first, { moduleSerial: null, firmware: null, model: 'R503' })).toBe(false)
    expect(isStranger(first, { ...first, moduleSerial: 'B7' })).toBe(true)
    expect(isStranger(first, { ...first, firmware: '1.3' })).toBe(true)
  })

  test('only news is kept, and what was known stays known', () => {
    expect(mergedIdentity(null, { moduleSerial: null, firmware: null, model: null })).toBe(null)
    expect(mergedIdentity(null, first)).toEqual(first)
    expect(mergedIdentity(first, { ...first, moduleSerial: null })).toBe(null)
    expect(mergedIdentity(first, { moduleSerial: null, firmware: null, model: 'R503' })).toEqual({
      ...first,
      model: 'R503',
    })
    expect(mergedIdentity(first, { ...first, moduleSerial: 'B7' })).toEqual({ ...first, moduleSerial: 'B7' })
  })
})
