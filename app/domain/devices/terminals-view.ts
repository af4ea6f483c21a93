import { offsetLevel } from './quarantine.ts'
import type { TerminalCommandKind } from './terminal-commands.ts'

export type KnockLine = {
  readonly serial: string
  readonly firstMs: number
  readonly lastMs: number
  readonly count: number
  readonly address: string | null
}

export type TerminalLine = {
  readonly id: string
  readonly serial: string
  readonly name: string
  readonly nameEn: string
  readonly zone: string | null
  /** Only files are read of it; it may not call. */
  readonly offline: boolean
  readonly retired: boolean
  readonly utcOffsetMinutes: number
  readonly model: string | null
  readonly firmware: string | null
  readonly address: string | null
  readonly greetedMs: number | null
  readonly seenMs: number | null
  readonly offsetMs: number | null
  readonly lastPunchMs: number | null
  /** Records of the last 30 days, numbers nobody holds, lines that were none, users it named. */
  readonly records: number
  readonly unknown: number
  readonly bad: number
  readonly users: number
}

export type TerminalCommandLine = {
  readonly id: string
  readonly terminal: { readonly name: string; readonly nameEn: string }
  readonly kind: TerminalCommandKind
  readonly about: string
  readonly createdMs: number
  readonly sentMs: number | null
  readonly answeredMs: number | null
  readonly returned: number | null
}

export type TerminalsView = {
  readonly zone: string
  readonly nowMs: number
  readonly knocks: readonly KnockLine[]
  readonly terminals: readonly TerminalLine[]
  readonly commands: readonly TerminalCommandLine[]
}

export type TerminalBadge = 'retired' | 'offline' | 'waiting' | 'clock' | 'silent' | 'online'

/** Terminals call every ten seconds or so; a few calls may be lost on the way. */
const silentMs = 120_000

/** How a terminal stands 状态: off the list, read by files only, not heard yet, silent, with a wrong clock, or all well. */
export function terminalBadge(terminal: TerminalLine, nowMs: number): TerminalBadge {
  if (terminal.retired) return 'retired'
  if (terminal.offline) return 'offline'
  if (terminal.seenMs === null) return 'waiting'
  if (nowMs - terminal.seenMs > silentMs) return 'silent'
  return ['warn', 'off'].includes(offsetLevel(terminal.offsetMs)) ? 'clock' : 'online'
}

/** Minutes ahead of UTC 时区 as people write it: +08:00. */
export function writeOffset(minutes: number): string {
  const size = Math.abs(minutes)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** Minutes ahead of UTC out of "+08:00", "8" or "-3:30"; null for anything else. */
export function readOffset(text: string): number | null {
  const found = /^([+-]?)(\d{1,2})(?::([0-5]\d))?$/.exec(text.trim().replace('−', '-').replace(/^UTC/i, ''))
  if (found === null) return null
  const size = Number(found[2]) * 60 + Number(found[3] ?? 0)
  const minutes = found[1] === '-' ? -size : size
  return minutes >= -720 && minutes <= 840 ? minutes : null
}
