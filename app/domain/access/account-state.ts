import { codeOver } from './activation.ts'

/** slip: printed and not used yet; slip_over: printed, not used, and too old to be used. */
export const accountStates = ['none', 'waiting', 'slip', 'slip_over', 'active', 'locked', 'disabled'] as const

export type AccountState = (typeof accountStates)[number]

export type AccountFacts = {
  readonly disabled: boolean
  readonly mustChangePassword: boolean
  readonly codeEndsAt: number | null
  readonly lockedUntil: number | null
}

/** What an account is now 账号状态, the strongest first: disabled, locked, a slip out, in use; without one, asked for or not. */
export function accountState(account: AccountFacts | null, asked: boolean, now: number): AccountState {
  if (account === null) return asked ? 'waiting' : 'none'
  if (account.disabled) return 'disabled'
  if (account.lockedUntil !== null && now < account.lockedUntil) return 'locked'
  if (!account.mustChangePassword) return 'active'
  return codeOver(account.codeEndsAt, now) ? 'slip_over' : 'slip'
}

/** Whether a text from the address names one of these states. */
export function isAccountState(text: string): text is AccountState {
  return (accountStates as readonly string[]).includes(text)
}
