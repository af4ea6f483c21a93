import { isZone } from '#app/domain/time/zone.ts'
import type { Role } from './roles.ts'

/** The four first accounts: the three administrators 三员 and the first HR officer, who does the rest. */
export const firstRoles = [
  'system_administrator',
  'security_administrator',
  'audit_administrator',
  'hr',
] as const satisfies readonly Role[]

export type FirstRole = (typeof firstRoles)[number]
export type FirstAccount = { readonly role: FirstRole; readonly signIn: string; readonly name: string }
export type Preset = 'four' | 'two'

export type SetUp = {
  readonly name: string
  readonly nameEn: string
  readonly zone: string
  readonly publicUrl: string | null
  readonly preset: Preset
  readonly accounts: readonly FirstAccount[]
}

export type SetUpProblem = {
  readonly code:
    | 'empty'
    | 'too_long'
    | 'zone'
    | 'url'
    | 'url_path'
    | 'number'
    | 'number_twice'
    | 'name_twice'
    | 'preset'
  readonly max?: number
}

export type Typed = Readonly<Record<string, string | undefined>>
type Problems = Record<string, SetUpProblem>

const longestName = 100

function trimmed(typed: Typed, field: string): string {
  return (typed[field] ?? '').normalize('NFC').trim()
}

function nameProblem(text: string): SetUpProblem | null {
  if (text === '') return { code: 'empty' }
  return [...text].length > longestName ? { code: 'too_long', max: longestName } : null
}

function urlProblem(text: string): SetUpProblem | null {
  if (text === '') return null
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return { code: 'url' }
  const url = new URL(text)
  return url.pathname === '/' && url.search === '' && url.hash === '' ? null : { code: 'url_path' }
}

function centreProblems(typed: Typed): [string, SetUpProblem | null][] {
  const preset = trimmed(typed, 'preset')
  return [
    ['name', nameProblem(trimmed(typed, 'name'))],
    ['name_en', nameProblem(trimmed(typed, 'name_en'))],
    ['zone', isZone(trimmed(typed, 'zone')) ? null : { code: 'zone' }],
    ['public_url', urlProblem(trimmed(typed, 'public_url'))],
    ['preset', preset === 'four' || preset === 'two' ? null : { code: 'preset' }],
  ]
}

function accountsTyped(typed: Typed): FirstAccount[] {
  return firstRoles.map((role) => ({
    role,
    signIn: trimmed(typed, `${role}_number`),
    name: trimmed(typed, `${role}_name`),
  }))
}

function numberProblem(account: FirstAccount, before: readonly FirstAccount[]): SetUpProblem | null {
  if (account.signIn === '') return { code: 'empty' }
  if (!/^[A-Za-z0-9-]{2,20}$/.test(account.signIn)) return { code: 'number' }
  return before.some((other) => other.signIn === account.signIn) ? { code: 'number_twice' } : null
}

function accountProblems(accounts: readonly FirstAccount[]): [string, SetUpProblem | null][] {
  return accounts.flatMap((account, index): [string, SetUpProblem | null][] => {
    const before = accounts.slice(0, index)
    // HR may be an administrator's namesake; two administrators with one name are one person in two offices.
    const twice = account.role !== 'hr' && before.some((other) => other.name === account.name)
    return [
      [`${account.role}_number`, numberProblem(account, before)],
      [`${account.role}_name`, nameProblem(account.name) ?? (twice ? { code: 'name_twice' } : null)],
    ]
  })
}

/**
 * Reads what was typed on the set-up page 首次设置: all problems by field at once, or the set-up.
 * The three administrators must be three people (decisions: roles, one list).
 */
export function readSetUp(typed: Typed): { readonly problems: Problems } | { readonly setUp: SetUp } {
  const accounts = accountsTyped(typed)
  const found = [...centreProblems(typed), ...accountProblems(accounts)]
  const problems: Problems = {}
  for (const [field, problem] of found) if (problem) problems[field] = problem
  if (Object.keys(problems).length > 0) return { problems }
  return {
    setUp: {
      name: trimmed(typed, 'name'),
      nameEn: trimmed(typed, 'name_en'),
      zone: trimmed(typed, 'zone'),
      publicUrl: trimmed(typed, 'public_url').replace(/\/$/, '') || null,
      preset: trimmed(typed, 'preset') === 'two' ? 'two' : 'four',
      accounts,
    },
  }
}
