import { ok, type Result, refuse } from '#app/domain/result.ts'
import { isCivilDay } from '#app/domain/time/day.ts'
import { instantOf } from '#app/domain/time/zone.ts'

export type TypedOutage = {
  readonly sourceId: string
  /** As a form sends a date and time, "YYYY-MM-DDTHH:MM", on the centre's clock. */
  readonly from: string
  readonly to: string
  readonly reason: string
}

export type DeclaredOutage = {
  readonly sourceId: string
  readonly fromMs: number
  readonly toMs: number
  readonly reason: string
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const oldestMs = 45 * 86_400_000
const longestReason = 80

function instantIn(text: string, zone: string): number | null {
  const parts = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)/.exec(text)
  const [, day = '', hour = '', minute = ''] = parts ?? []
  return isCivilDay(day) ? instantOf(day, Number(hour) * 3600 + Number(minute) * 60, zone) : null
}

function timeProblems(fromMs: number | null, toMs: number | null, nowMs: number): Record<string, string> {
  const problems: Record<string, string> = {}
  if (fromMs === null) problems.from = 'time'
  else if (fromMs < nowMs - oldestMs) problems.from = 'old'
  if (toMs === null) problems.to = 'time'
  else if (toMs > nowMs + 60_000) problems.to = 'future'
  else if (fromMs !== null && toMs <= fromMs) problems.to = 'order'
  return problems
}

/** An outage that a person notes 登记停机: a past time at one reader, with a cause. A refusal names the fields by code. */
export function readDeclared(typed: TypedOutage, zone: string, nowMs: number): Result<DeclaredOutage, 'malformed'> {
  const fromMs = instantIn(typed.from, zone)
  const toMs = instantIn(typed.to, zone)
  const reason = typed.reason.normalize('NFC').trim()
  const problems = timeProblems(fromMs, toMs, nowMs)
  if (!uuid.test(typed.sourceId)) problems.sourceId = 'reader'
  if (reason === '' || [...reason].length > longestReason) problems.reason = 'reason'
  if (fromMs === null || toMs === null || Object.keys(problems).length > 0) return refuse('malformed', problems)
  return ok({ sourceId: typed.sourceId, fromMs, toMs: Math.min(toMs, nowMs), reason })
}
