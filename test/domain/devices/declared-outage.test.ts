import { expect, test } from 'vitest'
import { readDeclared } from '#app/domain/devices/declared-outage.ts'

const zone = 'Asia/Shanghai'
const nowMs = Date.parse('2026-11-20T12:00:00+08:00')
const typed = {
  sourceId: '01a20424-f676-7147-b7aa-1a36798b7ecb',
  from: '2026-11-20T08:30',
  to: '2026-11-20T11:05',
  reason: ' 玻璃面破裂 ',
}

const problems = (changes: Partial<typeof typed>) => {
  const read = readDeclared({ ...typed, ...changes }, zone, nowMs)
  return read.ok ? null : read.facts
}

test('an outage is read on the centre’s clock', () => {
  expect(readDeclared(typed, zone, nowMs)).toMatchObject({
    ok: true,
    value: {
      fromMs: Date.parse('2026-11-20T08:30:00+08:00'),
      toMs: Date.parse('2026-11-20T11:05:00+08:00'),
      reason: '玻璃面破裂',
    },
  })
})

test('what is wrong is named by its field', () => {
  expect(problems({ sourceId: '' })).toEqual({ sourceId: 'reader' })
  expect(problems({ from: '2026-02-30T08:00' })).toEqual({ from: 'time' })
  expect(problems({ from: '2026-11-20T25:00' })).toEqual({ from: 'time' })
  expect(problems({ to: '' })).toEqual({ to: 'time' })
  expect(problems({ to: typed.from })).toEqual({ to: 'order' })
  expect(problems({ to: '2026-11-20T12:02' })).toEqual({ to: 'future' })
  expect(problems({ from: '2026-10-01T08:00' })).toEqual({ from: 'old' })
  expect(problems({ reason: '  ' })).toEqual({ reason: 'reason' })
  expect(problems({ reason: '字'.repeat(81), from: '', to: '' })).toEqual({
    reason: 'reason',
    from: 'time',
    to: 'time',
  })
})

test('up to this very minute is up to now', () => {
  expect(readDeclared({ ...typed, to: '2026-11-20T12:00' }, zone, nowMs - 20_000)).toMatchObject({
    ok: true,
    value: { toMs: nowMs - 20_000 },
  })
})
