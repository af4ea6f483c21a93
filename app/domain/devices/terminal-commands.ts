import { ok, type Result, refuse } from '#app/domain/result.ts'
import { isCivilDay } from '#app/domain/time/day.ts'
import { isPin } from './terminal-record.ts'

export const terminalCommandKinds = ['info', 'again', 'again_from', 'users', 'delete_user'] as const
export type TerminalCommandKind = (typeof terminalCommandKinds)[number]

export type TerminalAsk = {
  readonly kind: string
  /** "YYYY-MM-DD", for what is sent again from a day on. */
  readonly from: string
  readonly pin: string
}

/**
 * The text of a command for a terminal. Only these forms exist, and only a day or a number goes into them, so that nobody
 * can have a terminal do anything else: some would run whatever stands in a command.
 */
export function terminalCommand(
  { kind, from, pin }: TerminalAsk,
  nextDay: string,
): Result<string, 'command_unknown' | 'day_missing' | 'day_ahead' | 'pin_missing'> {
  if (kind === 'info') return ok('INFO')
  if (kind === 'again') return ok('CHECK')
  if (kind === 'users') return ok('DATA QUERY USERINFO')
  if (kind === 'again_from') {
    if (!isCivilDay(from)) return refuse('day_missing')
    if (from >= nextDay) return refuse('day_ahead')
    return ok(`DATA QUERY ATTLOG StartTime=${from} 00:00:00\tEndTime=${nextDay} 00:00:00`)
  }
  if (kind !== 'delete_user') return refuse('command_unknown')
  return isPin(pin) ? ok(`DATA DELETE USERINFO PIN=${pin}`) : refuse('pin_missing')
}

/** Which command a stored text is, with what went into it: the page shows a sentence, not the text. */
export function describeCommand(text: string): { readonly kind: TerminalCommandKind; readonly about: string } {
  if (text === 'INFO') return { kind: 'info', about: '' }
  if (text === 'DATA QUERY USERINFO') return { kind: 'users', about: '' }
  const from = /^DATA QUERY ATTLOG StartTime=(\S+)/.exec(text)
  if (from) return { kind: 'again_from', about: from[1] ?? '' }
  const pin = /^DATA DELETE USERINFO PIN=(\S+)$/.exec(text)
  return pin ? { kind: 'delete_user', about: pin[1] ?? '' } : { kind: 'again', about: '' }
}

/** What terminals answer by number 返回码; anything else is told as it is. */
export function returnMeaning(returned: number): 'done' | 'unsupported' | 'failed' | 'refused' | 'no_such' | 'other' {
  if (returned === 0) return 'done'
  if (returned === -1) return 'unsupported'
  if (returned === -2) return 'failed'
  if (returned === -1002) return 'refused'
  return returned === -1004 ? 'no_such' : 'other'
}
