import type { DayResult, Half, PunchFact, SlotResult } from './day.ts'

export type GreetingCode =
  | 'early'
  | 'on_time'
  | 'late'
  | 'left_early'
  | 'out_ok'
  | 'repeat'
  | 'unused'
  | 'covered'
  | 'pending'
  | 'rest_day'

/** What the kiosk says of one punch: a code with minutes and facts, turned into words by the catalogues. */
export type Greeting = {
  readonly tone: 'ok' | 'warn' | 'info'
  readonly slotId: string | null
  readonly half: Half | null
  readonly minutes: number
  readonly code: GreetingCode
  readonly facts: Readonly<Record<string, string | number>>
}

const idleMarks = new Set(['rest', 'holiday', 'half_holiday', 'not_in_service'])

/**
 * Greets a punch by what the day function made of it 签到提示: early by so many minutes, on time, late, a repeat of an earlier
 * punch, in no slot, on a day off. Source: product, "a good day"; design screen 01.
 */
export function greet(result: DayResult, punchKey: string): Greeting {
  for (const slot of result.slots) {
    if (slot.punch?.key === punchKey) return greetUsed(slot, slot.punch)
    const ignored = slot.ignored.find((entry) => entry.punch.key === punchKey)
    if (ignored) return greetIgnored(slot, ignored.punch)
  }
  return greetUnused(
    result,
    result.unused.find((punch) => punch.key === punchKey),
  )
}

function greetUsed(slot: SlotResult, punch: PunchFact): Greeting {
  const facts = { at: punch.second, due: slot.due }
  const half = slot.serves[0] ?? null
  const base = { slotId: slot.id, half, minutes: slot.minutes, facts }
  switch (slot.state) {
    case 'late':
      return { ...base, tone: 'warn', code: 'late' }
    case 'early':
      return { ...base, tone: 'warn', code: 'left_early' }
    case 'pending':
      return { ...base, tone: 'info', code: 'pending' }
    case 'covered':
      return { ...base, tone: 'info', code: 'covered' }
    case 'not_due':
      return { ...base, tone: 'info', code: 'rest_day' }
    default:
      return onTime(slot, punch, base)
  }
}

function onTime(slot: SlotResult, punch: PunchFact, base: Pick<Greeting, 'slotId' | 'half' | 'facts'>): Greeting {
  if (slot.kind === 'out') return { ...base, tone: 'ok', code: 'out_ok', minutes: 0 }
  const ahead = slot.kind === 'in' ? Math.floor(slot.due / 60) - Math.floor(punch.second / 60) : 0
  return ahead > 0
    ? { ...base, tone: 'ok', code: 'early', minutes: ahead }
    : { ...base, tone: 'ok', code: 'on_time', minutes: 0 }
}

/** A second press in one window changes nothing: it says which punch stands. */
function greetIgnored(slot: SlotResult, punch: PunchFact): Greeting {
  const stands = slot.punch?.second ?? punch.second
  const facts = { at: punch.second, stands, due: slot.due, state: slot.state }
  return { tone: 'info', slotId: slot.id, half: slot.serves[0] ?? null, minutes: slot.minutes, code: 'repeat', facts }
}

function greetUnused(result: DayResult, punch: PunchFact | undefined): Greeting {
  const base = { tone: 'info', slotId: null, half: null, minutes: 0 } as const
  const at = punch?.second ?? 0
  const off = [result.halves.am, result.halves.pm].every((half) => half.mark !== null && idleMarks.has(half.mark))
  if (off) return { ...base, code: 'rest_day', facts: { at } }
  if (coveredAt(result, at)) return { ...base, code: 'covered', facts: { at } }
  const next = result.slots.find((slot) => slot.open > at && slot.state !== 'covered' && slot.state !== 'not_due')
  return { ...base, code: 'unused', facts: next ? { at, next: next.id, opens: next.open } : { at } }
}

/** True when approved time away lies over the moment. */
function coveredAt(result: DayResult, at: number): boolean {
  return [result.halves.am, result.halves.pm].some((half) =>
    half.reasons.some(
      ({ code, facts }) =>
        (code === 'covered' || code === 'covered_in_part') && Number(facts.from) <= at && at < Number(facts.to),
    ),
  )
}
