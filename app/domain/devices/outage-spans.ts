/** [fromMs, toMs); null is open at its end. */
export type Span = { readonly fromMs: number; readonly toMs: number | null }

/**
 * The parts of a time that no other covers yet, in order: a source has one outage 停机 at a time, and what a person has
 * confirmed is not changed. Source: decisions 9.
 */
export function uncovered(span: Span, there: readonly Span[]): Span[] {
  const free: Span[] = []
  let fromMs = span.fromMs
  for (const other of [...there].sort((a, b) => a.fromMs - b.fromMs)) {
    if (span.toMs !== null && other.fromMs >= span.toMs) break
    if (other.fromMs > fromMs) free.push({ fromMs, toMs: other.fromMs })
    if (other.toMs === null) return free
    fromMs = Math.max(fromMs, other.toMs)
  }
  if (span.toMs === null || fromMs < span.toMs) free.push({ fromMs, toMs: span.toMs })
  return free
}
