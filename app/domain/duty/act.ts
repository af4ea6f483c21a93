import type { Second } from '#app/domain/attendance/day.ts'
import type { Silence } from './silence.ts'
import type { GroupFacts, HallBoard, HallFacts, WindowNow } from './window.ts'

/** A window without anybody: void without a reason, uncovered because of approved leave. */
export type EmptyAct = {
  readonly kind: 'void' | 'uncovered'
  readonly windowId: string
  readonly personId: string
  readonly minutes: number
  /** Who could stand in, and the window where that person is now. */
  readonly standIn: { readonly personId: string; readonly atWindowId: string | null } | null
}

export type SilentAct = {
  readonly kind: 'silent'
  readonly silence: Silence
  readonly minutes: number | null
  readonly windowIds: readonly string[]
}

export type ThinAct = {
  readonly kind: 'thin'
  readonly group: GroupFacts
  readonly present: number
  readonly away: readonly string[]
}

export type Act = EmptyAct | SilentAct | ThinAct

/**
 * What somebody has to do something about now 现在要处理, most urgent first: empty windows, silent readers, groups below
 * their minimum, windows whose holder is on leave without a stand-in. Source: design guide §1 (calm until someone must act).
 */
export function actNow(facts: HallFacts, board: HallBoard, silences: readonly Silence[]): Act[] {
  const empty = board.windows.filter((window) => window.state === 'void').map((one) => emptyWindow(facts, board, one))
  const uncovered = board.windows.filter((one) => one.state === 'leave').map((one) => emptyWindow(facts, board, one))
  const held = board.windows.filter((window) => window.state === 'unknown').map((window) => window.windowId)
  const silent = silences.map((silence) => ({
    kind: 'silent' as const,
    silence,
    minutes: silence.since === null ? null : minutesBetween(silence.since, facts.now),
    windowIds: held,
  }))
  return [...empty, ...silent, ...thinGroups(facts, board), ...uncovered].flatMap((act) => act ?? [])
}

function emptyWindow(facts: HallFacts, board: HallBoard, window: WindowNow): Act | null {
  if (!window.personId || !window.presence) return null
  const kind = window.state === 'void' ? 'void' : 'uncovered'
  const minutes = minutesBetween(window.presence.since ?? facts.now, facts.now)
  return { kind, windowId: window.windowId, personId: window.personId, minutes, standIn: suggest(facts, board, window) }
}

/** The window's other posts, whoever is here: the B post first, by the order of the posts. */
function suggest(facts: HallFacts, board: HallBoard, window: WindowNow) {
  const other = facts.posts.find(
    (post) =>
      post.windowId === window.windowId &&
      post.personId !== window.personId &&
      facts.people.get(post.personId)?.state === 'here',
  )
  if (!other) return null
  const at = board.windows.find((one) => one.personId === other.personId && one.state !== 'void')
  return { personId: other.personId, atWindowId: at?.windowId ?? null }
}

function thinGroups(facts: HallFacts, board: HallBoard): Act[] {
  const byId = new Map(board.windows.map((window) => [window.windowId, window]))
  return facts.groups.flatMap((group) => {
    const staff = group.windowIds.map((id) => byId.get(id)?.staff).find((one) => one)
    if (!staff) return []
    const inGroup = new Set(group.windowIds)
    const own = new Set(facts.posts.filter((post) => inGroup.has(post.windowId)).map((post) => post.personId))
    const away = [...own].filter((id) => !['here', 'not_due', undefined].includes(facts.people.get(id)?.state))
    return [{ kind: 'thin' as const, group, present: staff.present, away }]
  })
}

function minutesBetween(from: Second, to: Second): number {
  return Math.max(0, Math.floor((to - from) / 60))
}
