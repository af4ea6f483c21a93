/** Lets a loop sleep until its time is over or somebody rings. A ring during work is kept for the next wait. */
export type Alarm = { ring(): void; wait(ms: number, signal: AbortSignal): Promise<void> }

export function makeAlarm(): Alarm {
  let rung = false
  let wake: (() => void) | null = null
  return {
    ring() {
      rung = true
      wake?.()
    },
    async wait(ms, signal) {
      if (!rung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = ms === Number.POSITIVE_INFINITY ? undefined : setTimeout(() => wake?.(), ms)
          wake = () => {
            clearTimeout(timer)
            signal.removeEventListener('abort', ended)
            resolve()
          }
          const ended = () => wake?.()
          signal.addEventListener('abort', ended)
        })
        wake = null
      }
      rung = false
    },
  }
}
