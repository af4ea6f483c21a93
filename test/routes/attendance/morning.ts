/** Imported first: the program's clock stands on Friday 20 November 2026, 09:42:18 in Shanghai. */
export const morning = Date.parse('2026-11-20T09:42:18+08:00')

process.env.CLOCK_OFFSET_MS = String(morning - Date.now())
