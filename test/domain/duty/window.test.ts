import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actNow } from '#app/domain/duty/act.ts'
import type { PresenceState } from '#app/domain/duty/presence.ts'
import { hallBoard, type WindowNow } from '#app/domain/duty/window.ts'
import { hall, posts, presence, windowFacts } from './hall-builder.ts'

function only(windows: readonly WindowNow[]): WindowNow {
  const [first] = windows
  if (!first) throw new Error('no window')
  return first
}

describe('a window', () => {
  const a01 = { windows: windowFacts('A01'), posts: posts('A01 a ann', 'A01 b ben') }

  it('shows its A post when she is here', () => {
    const people = new Map([['ann', presence('here')]])
    expect(only(hallBoard(hall({ ...a01, people })).windows)).toMatchObject({
      state: 'here',
      personId: 'ann',
      post: 'a',
    })
  })

  it.each(['leave', 'out', 'missing', 'unknown'] as const)(
    'is covered by its B post when the A post is %s',
    (state) => {
      const people = new Map([
        ['ann', presence(state)],
        ['ben', presence('here')],
      ])
      const now = only(hallBoard(hall({ ...a01, people })).windows)
      expect(now).toMatchObject({ state: 'cover', personId: 'ben', insteadOf: 'ann' })
    },
  )

  it('shows the stand-in who was named, also while he is out himself', () => {
    const people = new Map([
      ['ann', presence('out', { kind: 'training' })],
      ['ben', presence('out', { kind: 'duty_out' })],
    ])
    const now = only(hallBoard(hall({ ...a01, people, standIns: new Map([['ann', 'ben']]) })).windows)
    expect(now).toMatchObject({ state: 'out', personId: 'ben', insteadOf: 'ann' })
  })

  it('is empty when nobody came and the B post stands elsewhere', () => {
    const people = new Map([
      ['ann', presence('missing')],
      ['ben', presence('here')],
    ])
    const facts = hall({
      windows: windowFacts('A01', 'A02'),
      posts: posts('A01 a ann', 'A01 b ben', 'A02 a ben'),
      people,
    })
    const board = hallBoard(facts)
    expect(board.windows.map((window) => window.state)).toEqual(['void', 'here'])
    expect(actNow(facts, board, [])).toMatchObject([
      { kind: 'void', windowId: 'A01', minutes: 10, standIn: { personId: 'ben', atWindowId: 'A02' } },
    ])
  })

  it('is short when its group has fewer people than it needs, and not before they are due', () => {
    const group = { id: 'g', minStaff: 2, windowIds: ['A01'] }
    const short = new Map([
      ['ann', presence('here')],
      ['ben', presence('leave', { kind: 'private' })],
    ])
    const now = only(hallBoard(hall({ ...a01, groups: [group], people: short })).windows)
    expect(now).toMatchObject({ state: 'thin', staff: { present: 1, min: 2 } })
    const coming = new Map([...short, ['ben', presence('waiting')] as const])
    expect(only(hallBoard(hall({ ...a01, groups: [group], people: coming })).windows).state).toBe('here')
  })

  it('passes to the B post when the A post is no longer in service', () => {
    const people = new Map([['ben', presence('here')]])
    expect(only(hallBoard(hall({ ...a01, people })).windows)).toMatchObject({ state: 'here', personId: 'ben' })
  })

  it('asks nothing of a window that nobody holds', () => {
    const board = hallBoard(hall({ windows: windowFacts('A01'), people: new Map() }))
    expect(only(board.windows)).toMatchObject({ state: 'not_due', personId: null })
  })
})

const states: readonly PresenceState[] = ['here', 'leave', 'out', 'missing', 'unknown', 'waiting', 'not_due', 'gone']
const windows = ['A01', 'A02', 'A03', 'B01', 'B02']
const names = ['ann', 'ben', 'cai', 'dan', 'eva', 'fei']
const post = fc.record({
  windowId: fc.constantFrom(...windows),
  personId: fc.constantFrom(...names),
  post: fc.constantFrom('a', 'b', 'reserve', 'guide', 'duty_officer'),
} as const)

const anyHall = fc
  .record({
    posts: fc.array(post, { maxLength: 12 }),
    states: fc.array(fc.constantFrom(...states), { minLength: names.length, maxLength: names.length }),
    standIn: fc.constantFrom(...names),
    minStaff: fc.integer({ min: 1, max: 4 }),
    members: fc.uniqueArray(fc.constantFrom(...windows), { minLength: 1 }),
  })
  .map((made) =>
    hall({
      windows: windowFacts(...windows),
      posts: made.posts,
      groups: [{ id: 'g', minStaff: made.minStaff, windowIds: made.members }],
      people: new Map(names.map((name, index) => [name, presence(made.states[index] ?? 'here')])),
      standIns: new Map([['ann', made.standIn]]),
    }),
  )

describe('the board', () => {
  it('puts every window in exactly one state and every expected person in exactly one number', () => {
    fc.assert(
      fc.property(anyHall, (facts) => {
        const { windows: now, count } = hallBoard(facts)
        expect(now.map((window) => window.windowId)).toEqual(windows)
        const sum = count.here + count.leave + count.out + count.missing + count.unknown + count.waiting + count.gone
        expect(count.expected).toBe(sum)
        expect(count.staffed).toBe(now.filter((window) => ['here', 'cover', 'thin'].includes(window.state)).length)
      }),
    )
  })

  it('calls a window staffed only when somebody who is here stands there', () => {
    fc.assert(
      fc.property(anyHall, (facts) => {
        for (const window of hallBoard(facts).windows) {
          const staffed = ['here', 'cover', 'thin'].includes(window.state)
          expect(staffed).toBe(window.presence?.state === 'here')
        }
      }),
    )
  })

  it('names something to do for every empty window', () => {
    fc.assert(
      fc.property(anyHall, (facts) => {
        const board = hallBoard(facts)
        const empty = board.windows.filter((window) => window.state === 'void').map((window) => window.windowId)
        const acts = actNow(facts, board, []).flatMap((act) => (act.kind === 'void' ? [act.windowId] : []))
        expect(acts).toEqual(empty)
      }),
    )
  })
})
