import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterWrong,
  cardNumber,
  covers,
  isEasyPin,
  lockedUntil,
  readWay,
  type Span,
  wayState,
} from '#app/domain/devices/alternate.ts'
import { merged, planSpans } from '#app/domain/devices/alternate-spans.ts'
import { deviceProfile } from '#app/domain/devices/device-rules.ts'

const rules = deviceProfile.alternate
const zone = 'Asia/Shanghai'
/** Friday 2026-11-20 08:21:02 in Shanghai. */
const friday = Date.parse('2026-11-20T00:21:02.000Z')
const form = { kind: 'card', card: '0012 345-678', reason: 'unwilling', other: '', from: '', to: '' }

test('a card number is one number however it is typed or framed by its reader', () => {
  for (const typed of ['0012345678', '0012 345-678', '００１２３４５６７８', ';0012345678?', '%0012345678?']) {
    expect(cardNumber(typed)).toBe('0012345678')
  }
  expect(cardNumber('04 a2 f1 9b')).toBe('04A2F19B')
  for (const typed of ['', '12', '12345678901234567890123456', '1234;5678', '张伟'])
    expect(cardNumber(typed)).toBeNull()
})

test('a PIN that is guessed first is not given', () => {
  for (const pin of ['000000', '777777', '123456', '654321', '345678']) expect(isEasyPin(pin)).toBe(true)
  for (const pin of ['100000', '135790', '112233', '482913']) expect(isEasyPin(pin)).toBe(false)
})

describe('the form', () => {
  test('without days begins now and has no end; a last day is whole', () => {
    expect(readWay(form, friday, zone).way).toEqual({
      kind: 'card',
      card: '0012345678',
      reason: 'unwilling',
      startsMs: friday,
      endsMs: null,
    })
    const dated = readWay({ ...form, from: '2026-11-23', to: '2026-11-23' }, friday, zone).way
    expect(dated?.endsMs).toBe((dated?.startsMs ?? 0) + 86_400_000)
    expect(readWay({ ...form, from: '2026-11-20' }, friday, zone).way?.startsMs).toBe(friday)
  })

  test('tells all that is wrong at once, by field', () => {
    const wrong = { kind: '', card: '', reason: '', other: '', from: '2026-11-19', to: '' }
    expect(readWay(wrong, friday, zone)).toEqual({
      way: null,
      problems: { kind: 'kind_missing', reason: 'reason_missing', from: 'from_past' },
    })
    const problemsOf = (changes: Partial<typeof form>) => readWay({ ...form, ...changes }, friday, zone).problems
    expect(problemsOf({ card: '12' })).toEqual({ card: 'card_missing' })
    expect(problemsOf({ kind: 'pin', card: '' })).toEqual({})
    expect(problemsOf({ reason: 'other' })).toEqual({ other: 'other_missing' })
    expect(problemsOf({ reason: 'other', other: '𬭎'.repeat(60) })).toEqual({})
    expect(problemsOf({ reason: 'other', other: '𬭎'.repeat(61) })).toEqual({ other: 'other_long' })
    expect(problemsOf({ from: '2026-02-30' })).toEqual({ from: 'from_malformed' })
    expect(problemsOf({ to: 'soon' })).toEqual({ to: 'to_malformed' })
    expect(problemsOf({ to: '2026-11-19' })).toEqual({ to: 'to_before_from' })
  })
})

describe('wrong PINs', () => {
  test('lock a way after as many as the rules say, for as long as they say, and then count anew', () => {
    let tries = { failed: 0, failedMs: null as number | null }
    for (let at = 1; at < rules.attempts; at++) {
      tries = afterWrong(tries, rules, friday)
      expect(lockedUntil(tries, rules, friday)).toBeNull()
    }
    tries = afterWrong(tries, rules, friday)
    const until = friday + rules.lock_minutes * 60_000
    expect(lockedUntil(tries, rules, until - 1)).toBe(until)
    expect(lockedUntil(tries, rules, until)).toBeNull()
    expect(afterWrong(tries, rules, until)).toEqual({ failed: 1, failedMs: until })
  })
})

const span = fc
  .tuple(fc.nat(60), fc.option(fc.integer({ min: 1, max: 30 })))
  .map(([startsMs, length]): Span => ({ startsMs, endsMs: length === null ? null : startsMs + length }))

/** Applies a plan as the database does. */
function applied(rows: readonly (Span & { id: string })[], ways: readonly Span[]) {
  const plan = planSpans(ways, rows)
  const moved = rows.map((row) => {
    const end = plan.ends.find((one) => one.id === row.id)
    return end === undefined ? row : { ...row, endsMs: end.endsMs }
  })
  return [...moved, ...plan.adds.map((one) => ({ ...one, id: `${one.startsMs}` }))]
}

test('rows cover exactly the time of the ways, never twice, whatever is given and ended in whatever order', () => {
  const act = fc.oneof(
    span.map((given) => ({ given, ended: null })),
    fc.nat(60).map((ended) => ({ given: null, ended })),
  )
  fc.assert(
    fc.property(fc.array(act, { maxLength: 8 }), (acts) => {
      let ways: Span[] = []
      let rows: (Span & { id: string })[] = []
      for (const { given, ended } of acts) {
        if (given !== null) ways.push(given)
        else
          ways = ways.map((way, index) =>
            index === 0 && (way.endsMs === null || way.endsMs > ended)
              ? { ...way, endsMs: Math.max(ended, way.startsMs + 1) }
              : way,
          )
        rows = applied(rows, ways)
        for (let at = 0; at < 100; at++) {
          const holding = rows.filter((row) => covers(row, at)).length
          expect(holding).toBe(ways.some((way) => covers(way, at)) ? 1 : 0)
        }
        expect(planSpans(ways, rows)).toEqual({ ends: [], adds: [] })
      }
    }),
  )
})

test('merged spans keep every instant and never touch', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
      const one = merged(spans)
      for (let at = 0; at < 100; at++) {
        expect(one.filter((each) => covers(each, at)).length).toBe(spans.some((each) => covers(each, at)) ? 1 : 0)
      }
    }),
  )
})

test('a way comes, holds and ends', () => {
  const way = { startsMs: 10, endsMs: 20 }
  expect([9, 10, 19, 20].map((at) => wayState(way, at))).toEqual(['coming', 'in_force', 'in_force', 'ended'])
})
