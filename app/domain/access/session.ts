import type { AccessSettings } from './settings.ts'

type SessionRules = Pick<AccessSettings, 'idle_minutes' | 'session_hours'>

export type SessionTimes = {
  readonly seenAt: number
  readonly endsAt: number
  readonly endedAt: number | null
}

/** The cookie that says that a person has just used the page; the page's script sets it, and it goes after a minute. */
export const presenceCookie = { name: 'ws_here', seconds: 60 }

/** When a session that begins now ends at the latest, however busy it is 绝对时限. */
export function sessionEnd(now: number, rules: SessionRules): number {
  return now + rules.session_hours * 3_600_000
}

/** Why a session no longer counts, or null while it does: ended by somebody, too old, or idle too long 超时退出 (GB/T 22239-2019). */
export function sessionOver(
  times: SessionTimes,
  now: number,
  rules: SessionRules,
): 'ended' | 'absolute' | 'idle' | null {
  if (times.endedAt !== null) return 'ended'
  if (now >= times.endsAt) return 'absolute'
  if (now >= times.seenAt + rules.idle_minutes * 60_000) return 'idle'
  return null
}

/** Whether the time of last use is old enough to be written again; once a minute is enough for a limit in minutes. */
export function worthTouching(times: SessionTimes, now: number): boolean {
  return now - times.seenAt >= 60_000
}
