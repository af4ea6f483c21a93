/** Things that arrive by themselves and are taken one by one, each within a time. One taker at a time. */
export type Inbox<Item> = {
  put(item: Item): void
  /** The next item, or the error of `timeout` when none comes in time. */
  take(withinMs: number, timeout: () => Error): Promise<Item>
  /** What has come and was not taken; it is gone from here. */
  leftovers(): Item[]
  /** Throws everything away until nothing came for this long; gives up on what talks on and on. */
  silence(forMs: number, atMostMs: number): Promise<void>
  /** Nothing will come any more: the waiting taker and all later ones get this error. */
  fail(error: Error): void
}

export function inbox<Item>(): Inbox<Item> {
  let waiting: Item[] = []
  let failed: Error | null = null
  let wake: (() => void) | null = null

  const changed = () => wake?.()
  /** Resolves when something changed (true) or the time is over (false). */
  const change = (withinMs: number) =>
    new Promise<boolean>((resolve) => {
      const done = (value: boolean) => {
        clearTimeout(timer)
        wake = null
        resolve(value)
      }
      const timer = setTimeout(() => done(false), withinMs)
      wake = () => done(true)
    })

  return {
    put(item) {
      waiting.push(item)
      changed()
    },
    async take(withinMs, timeout) {
      if (waiting.length === 0 && !failed) await change(withinMs)
      const item = waiting.shift()
      if (item !== undefined) return item
      throw failed ?? timeout()
    },
    leftovers() {
      const left = waiting
      waiting = []
      return left
    },
    async silence(forMs, atMostMs) {
      let over = false
      const limit = setTimeout(() => {
        over = true
      }, atMostMs)
      do waiting = []
      while (!failed && !over && (await change(forMs)))
      clearTimeout(limit)
    },
    fail(error) {
      failed ??= error
      changed()
    },
  }
}
