import type { DemoAbsence } from '../../prisma/seed/days.ts'
import { instant } from '../../prisma/seed/tables.ts'

/** Pairs of absences of one person that meet in time, named for the failure message. */
export function absencesOverlap(absences: readonly DemoAbsence[]): string[] {
  const spans = absences
    .map((one) => ({ who: one.person.name, from: instant(one.first, one.from), to: instant(one.last, one.to) }))
    .sort((a, b) => a.who.localeCompare(b.who) || a.from.localeCompare(b.from))
  return spans.flatMap((span, index) => {
    const next = spans[index + 1]
    return next && next.who === span.who && next.from < span.to ? [`${span.who} ${span.from} ${next.from}`] : []
  })
}
