import type { Role } from '#app/domain/access/roles.ts'

/** Roles that run the whole hall and may ask why of everybody on the board. */
const everybody: readonly Role[] = ['duty_officer', 'inspector', 'hr', 'leader']

export type Asker = {
  readonly role: Role
  readonly personId: string | null
  /** Windows the asker is named over as chief representative today. */
  readonly chiefOf: ReadonlySet<string>
}

/**
 * Whether somebody may open another person's day on the board: the hall's officers everybody's, a chief representative 首席代表
 * that of the people at the windows named to him, everybody his own. Source: design guide §5 (navigation by role), decisions 12.
 */
export function mayAskWhy(
  asker: Asker,
  personId: string,
  posts: readonly { readonly windowId: string; readonly personId: string }[],
): boolean {
  if (asker.personId === personId || everybody.includes(asker.role)) return true
  if (asker.role !== 'chief_representative') return false
  return posts.some((post) => post.personId === personId && asker.chiefOf.has(post.windowId))
}

/** Whether somebody reads the kind of another's leave on the board, or only that he is on leave. Source: design guide §1 (tact). */
export function readsLeaveKind(role: Role): boolean {
  return everybody.includes(role) || role === 'chief_representative'
}
