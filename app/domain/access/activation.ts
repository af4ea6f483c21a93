/** How long the code on an activation slip 激活条 works (decisions: first passwords). */
export const codeLivesDays = 7

const dayMs = 86_400_000

/** When a code that is made now stops working: seven days to the minute, as the slip prints it. */
export function codeEnd(now: number): number {
  return now + codeLivesDays * dayMs
}

/** Whether the code has run out 激活码过期. The end itself is over; without an end it never is. */
export function codeOver(endsAt: number | null, now: number): boolean {
  return endsAt !== null && now >= endsAt
}
