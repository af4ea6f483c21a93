import { type AccountState, accountStates } from './account-state.ts'

export type Findable = {
  readonly name: string
  readonly signIn: string
  readonly reading: string
  readonly initials: string
  readonly state: AccountState
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')
}

/** Whether an account answers to what was typed: name, pinyin, initials or number, however it is spaced. */
export function answersTo(one: Findable, typed: string): boolean {
  const wanted = plain(typed)
  if (wanted === '') return true
  const from = [one.name, one.signIn, one.reading].some((text) => plain(text).includes(wanted))
  return from || (one.initials !== '' && plain(one.initials).startsWith(wanted))
}

/** How many there are in each state. */
export function countStates(all: readonly Findable[]): Record<AccountState, number> {
  const counts = Object.fromEntries(accountStates.map((state) => [state, 0])) as Record<AccountState, number>
  for (const one of all) counts[one.state] += 1
  return counts
}

export const accountsPerPage = 50

export type Page<Row> = { readonly rows: Row[]; readonly page: number; readonly pages: number; readonly count: number }

/** One page of a list; a page that does not exist is the nearest one that does. */
export function pageOf<Row>(rows: readonly Row[], wanted: number, size = accountsPerPage): Page<Row> {
  const pages = Math.max(1, Math.ceil(rows.length / size))
  const page = Number.isSafeInteger(wanted) ? Math.min(Math.max(wanted, 1), pages) : 1
  return { rows: rows.slice((page - 1) * size, page * size), page, pages, count: rows.length }
}
