import { ok, type Result, refuse } from '#app/domain/result.ts'

/** The index table of a module as agents write it, "0-3,7", back as numbers. Unreadable parts are left out. */
export function slotsOfRanges(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part) ?? []
    if (first === undefined) return []
    const from = Number(first)
    const to = last === undefined ? from : Number(last)
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
  })
}

export type UsedSlot = {
  readonly slot: number
  /** Null while the enrolment is in force. */
  readonly endsAtMs: number | null
  /** Proved by the index table after a deletion. */
  readonly deleted: boolean
}

export type SlotFacts = {
  readonly capacity: number
  /** What the module's index table said last; null when it was never read. */
  readonly taken: readonly number[] | null
  /** Every enrolment the reader ever had. */
  readonly used: readonly UsedSlot[]
  /** Slots whose fingers were pressed and belong to nobody yet 待认领. */
  readonly unclaimed: readonly number[]
  readonly nowMs: number
}

/** A slot rests so long after its last person, so that late punches and claims still find one person only (proposed by us). */
export const slotRestsMs = 31 * 86_400_000

/**
 * The slot for the next template 号位: one that nobody had before, lowest first; when all were used, the one whose last
 * person is gone longest. Never one that the index table shows taken, whose template was not proved deleted, whose
 * history may still receive punches, or whose punches wait to be claimed. Source: decisions 3 and 20, domain study §7.1.
 */
export function chooseSlot(facts: SlotFacts): Result<number, 'reader_full'> {
  const last = new Map<number, number>()
  const held = new Set([...(facts.taken ?? []), ...facts.unclaimed])
  for (const one of facts.used) {
    last.set(one.slot, Math.max(last.get(one.slot) ?? 0, one.endsAtMs ?? 0))
    if (isHeld(one, facts)) held.add(one.slot)
  }
  const free = Array.from({ length: facts.capacity }, (_, index) => (index + 1) % facts.capacity).filter(
    (slot) => !held.has(slot),
  )
  const [best] = free.sort((a, b) => (last.get(a) ?? 0) - (last.get(b) ?? 0))
  return best === undefined ? refuse('reader_full', { capacity: facts.capacity }) : ok(best)
}

function isHeld({ slot, endsAtMs, deleted }: UsedSlot, { taken, nowMs }: SlotFacts): boolean {
  if (endsAtMs === null || endsAtMs > nowMs - slotRestsMs) return true
  const seenEmpty = taken !== null && !taken.includes(slot)
  return !deleted && !seenEmpty
}
