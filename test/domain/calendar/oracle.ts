/**
 * The libraries we compare with read "YYYY-MM-DD" through the zone of the machine and are a day off west of Greenwich. Their answers
 * are taken under UTC; ours under whatever zone the tests run in.
 */
export function inUtc<T>(ask: () => T): T {
  const { TZ } = process.env
  process.env.TZ = 'UTC'
  try {
    return ask()
  } finally {
    if (TZ === undefined) delete process.env.TZ
    else process.env.TZ = TZ
  }
}
