import type { Span } from './alternate.ts'

const never = Number.POSITIVE_INFINITY

function endOf({ endsMs }: Span): number {
  return endsMs ?? never
}

/** Spans that meet or overlap as one, in order. */
export function merged(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.startsMs - b.startsMs)
  const found: Span[] = []
  for (const span of sorted) {
    const last = found.at(-1)
    if (last === undefined || span.startsMs > endOf(last)) found.push(span)
    else found[found.length - 1] = { startsMs: last.startsMs, endsMs: later(last.endsMs, span.endsMs) }
  }
  return found
}

function later(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b)
}

export type Mapped = Span & { readonly id: string }
export type SpanPlan = {
  readonly ends: readonly { id: string; endsMs: number | null }[]
  readonly adds: readonly Span[]
}

/**
 * What must change so that a person's rows at the kiosk cover exactly the time in which he has a way, whichever: ends that
 * move and rows that are missing. A row is never taken away, so one that would be swallowed goes on where the other stops.
 */
export function planSpans(ways: readonly Span[], rows: readonly Mapped[]): SpanPlan {
  const wanted = merged(ways)
  const sorted = [...rows].sort((a, b) => a.startsMs - b.startsMs)
  const ends = sorted.flatMap((row, index) => {
    const span = wanted.find((one) => one.startsMs <= row.startsMs && row.startsMs < endOf(one))
    if (span === undefined) return []
    const endsMs = sooner(span.endsMs, sorted[index + 1]?.startsMs)
    return endsMs === row.endsMs ? [] : [{ id: row.id, endsMs }]
  })
  const adds = wanted.flatMap((span) => {
    if (sorted.some((row) => row.startsMs === span.startsMs)) return []
    const next = sorted.find((row) => row.startsMs > span.startsMs)
    return [{ startsMs: span.startsMs, endsMs: sooner(span.endsMs, next?.startsMs) }]
  })
  return { ends, adds }
}

function sooner(endsMs: number | null, next: number | undefined): number | null {
  if (next === undefined) return endsMs
  return Math.min(endsMs ?? never, next)
}
