import type { Second } from '#app/domain/attendance/day.ts'
import type { Presence } from './presence.ts'

/** Posts in the order in which they answer for a window. */
const ranks = ['a', 'b', 'guide', 'duty_officer', 'reserve', 'back_office'] as const
export type PostKind = (typeof ranks)[number]

export type WindowFacts = { readonly id: string; readonly zoneId: string; readonly number: string }
export type PostFacts = { readonly windowId: string; readonly personId: string; readonly post: PostKind }
export type GroupFacts = { readonly id: string; readonly minStaff: number; readonly windowIds: readonly string[] }

export type HallFacts = {
  readonly now: Second
  readonly windows: readonly WindowFacts[]
  readonly posts: readonly PostFacts[]
  readonly groups: readonly GroupFacts[]
  readonly people: ReadonlyMap<string, Presence>
  /** Who was named to stand in, by the person who is away now. */
  readonly standIns: ReadonlyMap<string, string>
}

/**
 * here 在岗, cover 替岗, thin 人手不足, out 公出, void 空岗, unknown 待核, leave 请假无人替,
 * waiting 未到点, not_due 今天不开, closed 已下班.
 */
export type WindowState =
  | 'here'
  | 'cover'
  | 'thin'
  | 'out'
  | 'void'
  | 'unknown'
  | 'leave'
  | 'waiting'
  | 'not_due'
  | 'closed'

export type WindowNow = {
  readonly windowId: string
  readonly state: WindowState
  /** Who is shown: the one at the window, or the one who should be. */
  readonly personId: string | null
  readonly post: PostKind | null
  readonly presence: Presence | null
  /** The person stood in for, when somebody else is at the window. */
  readonly insteadOf: string | null
  readonly staff: { readonly present: number; readonly min: number } | null
}

export type HallCount = {
  readonly expected: number
  readonly here: number
  readonly leave: number
  readonly out: number
  readonly missing: number
  readonly unknown: number
  readonly waiting: number
  readonly gone: number
  readonly staffed: number
  readonly windows: number
}

export type HallBoard = { readonly windows: readonly WindowNow[]; readonly count: HallCount }

/**
 * The hall board 今日在岗 as a function of who is where: every window is in exactly one state, every expected person in
 * exactly one counter. Source: design guide §4 (window tile), decisions 12 (minimum staff belongs to a group of windows).
 */
export function hallBoard(facts: HallFacts): HallBoard {
  const filled = fillWindows(facts)
  const thin = shortGroups(facts, filled)
  const windows = filled.map((window) => markThin(window, thin))
  return { windows, count: countHall(facts, windows) }
}

function fillWindows(facts: HallFacts): WindowNow[] {
  const posts = new Map<string, PostFacts[]>()
  const inService = facts.posts.filter((post) => facts.people.has(post.personId))
  for (const post of inService.sort((a, b) => rankOf(a.post) - rankOf(b.post))) {
    posts.set(post.windowId, [...(posts.get(post.windowId) ?? []), post])
  }
  const placed = new Set(holdersAtTheirWindow(facts, posts))
  return facts.windows.map((window) => fillWindow(facts, window, posts.get(window.id) ?? [], placed))
}

/** Whoever answers first for a window and is here stands there, and so cannot stand in elsewhere unless named. */
function holdersAtTheirWindow(facts: HallFacts, posts: ReadonlyMap<string, readonly PostFacts[]>): string[] {
  return [...posts.values()].flatMap(([first]) => (first && isHere(facts, first.personId) ? [first.personId] : []))
}

function fillWindow(
  facts: HallFacts,
  window: WindowFacts,
  posts: readonly PostFacts[],
  placed: Set<string>,
): WindowNow {
  const nobody = { windowId: window.id, personId: null, post: null, presence: null, insteadOf: null, staff: null }
  const [holder] = posts
  const presence = holder ? (facts.people.get(holder.personId) ?? null) : null
  if (!holder || !presence) return { ...nobody, state: 'not_due' }
  const own = { ...nobody, personId: holder.personId, post: holder.post, presence }
  if (presence.state === 'here') return { ...own, state: 'here' }
  const standIn = findStandIn(facts, holder, posts, placed)
  const standing = standIn ? facts.people.get(standIn.personId) : undefined
  if (!standIn || !standing) return { ...own, state: stateWithout(presence) }
  placed.add(standIn.personId)
  const theirs = { ...own, ...standIn, presence: standing, insteadOf: holder.personId }
  return { ...theirs, state: standing.state === 'here' ? 'cover' : stateWithout(standing) }
}

/** What the tile says when the one who answers for the window is not there. */
function stateWithout(presence: Presence): WindowState {
  if (presence.state === 'gone') return 'closed'
  return presence.state === 'missing' ? 'void' : presence.state
}

/** Whoever was named for an approved absence answers for the window, here or not; otherwise another post, here and free. */
function findStandIn(
  facts: HallFacts,
  holder: PostFacts,
  posts: readonly PostFacts[],
  placed: ReadonlySet<string>,
): { personId: string; post: PostKind } | null {
  const named = facts.standIns.get(holder.personId)
  if (named && named !== holder.personId) {
    return { personId: named, post: posts.find((post) => post.personId === named)?.post ?? 'b' }
  }
  const free = posts.slice(1).find((post) => isHere(facts, post.personId) && !placed.has(post.personId))
  return free ? { personId: free.personId, post: free.post } : null
}

/** Present people of each group that has fewer than it needs 低于最低人数; only while the windows are open. */
function shortGroups(facts: HallFacts, filled: readonly WindowNow[]): Map<string, { present: number; min: number }> {
  const short = new Map<string, { present: number; min: number }>()
  for (const group of facts.groups) {
    const inGroup = new Set(group.windowIds)
    const windows = filled.filter((window) => inGroup.has(window.windowId))
    const own = facts.posts.filter((post) => inGroup.has(post.windowId)).map((post) => post.personId)
    const atWindows = windows.flatMap((window) => window.personId ?? [])
    const present = new Set([...own, ...atWindows].filter((id) => isHere(facts, id))).size
    const open = windows.some((window) => !['waiting', 'not_due', 'closed'].includes(window.state))
    const coming = own.some((id) => facts.people.get(id)?.state === 'waiting')
    if (!open || coming || present >= group.minStaff) continue
    for (const id of group.windowIds) short.set(id, { present, min: group.minStaff })
  }
  return short
}

function markThin(window: WindowNow, short: ReadonlyMap<string, { present: number; min: number }>): WindowNow {
  const staff = short.get(window.windowId)
  if (!staff || (window.state !== 'here' && window.state !== 'cover')) return window
  return { ...window, state: 'thin', staff }
}

function countHall(facts: HallFacts, windows: readonly WindowNow[]): HallCount {
  const states = [...facts.people.values()].map((presence) => presence.state)
  const of = (state: Presence['state']) => states.filter((one) => one === state).length
  return {
    expected: states.length - of('not_due'),
    here: of('here'),
    leave: of('leave'),
    out: of('out'),
    missing: of('missing'),
    unknown: of('unknown'),
    waiting: of('waiting'),
    gone: of('gone'),
    staffed: windows.filter((window) => isStaffed(window.state)).length,
    windows: windows.length,
  }
}

/** Somebody is at the window 有人窗口: here, covering, or here with too few colleagues. */
export function isStaffed(state: WindowState): boolean {
  return state === 'here' || state === 'cover' || state === 'thin'
}

function isHere(facts: HallFacts, personId: string): boolean {
  return facts.people.get(personId)?.state === 'here'
}

function rankOf(post: PostKind): number {
  return ranks.indexOf(post)
}
