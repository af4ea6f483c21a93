import type { SpoolRange } from '#devices/contract.ts'
import type { Batch, Spool } from './spool.ts'

/** Contract: so many lost ranges in one report. */
const mostLost = 100

/**
 * What the server asked for again, a restored backup for example: sent once more from what the spool keeps, under the
 * same numbers. What is not kept any more is said to be lost, once.
 */
export type Resend = {
  /** The server's wish; while an earlier one is being fulfilled it is passed over, the server will repeat what it lacks. */
  want(ranges: readonly SpoolRange[]): void
  /** The next batch without gaps; null when there is nothing to send again. */
  next(limit: number): Promise<Batch | null>
  /** The server has these now. */
  sent(epoch: string, through: number): void
  /** What cannot be sent, until `told` says that the server was told. */
  lost(): SpoolRange[]
  told(ranges: readonly SpoolRange[]): void
  onWanted(listener: () => void): void
}

export function resend(spool: Spool): Resend {
  let wanted: SpoolRange[] = []
  let lost: SpoolRange[] = []
  let heard: () => void = () => undefined
  const lose = (epoch: string, first: number, last: number) => {
    const same = (range: SpoolRange) => range.epoch === epoch && range.first === first && range.last === last
    if (first <= last && !lost.some(same)) lost.push({ epoch, first, last })
  }

  /** Numbers that go out for the first time anyway are not sent here as well. */
  function withoutWaiting(range: SpoolRange): SpoolRange[] {
    const { through, next } = spool.progress(range.epoch)
    const before = { ...range, last: Math.min(range.last, through) }
    const after = { ...range, first: Math.max(range.first, next, through + 1) }
    return [before, after].filter(({ first, last }) => first <= last)
  }

  return {
    want(ranges) {
      if (wanted.length > 0 || ranges.length === 0) return
      wanted = ranges.flatMap(withoutWaiting)
      if (wanted.length > 0) heard()
    },
    async next(limit) {
      for (let range = wanted[0]; range; range = wanted[0]) {
        const { epoch, first, last } = range
        const kept = await spool.history(range, limit)
        const begin = kept[0]?.seq ?? last + 1
        lose(epoch, first, begin - 1)
        if (kept.length === 0) {
          wanted.shift()
          continue
        }
        wanted[0] = { ...range, first: begin }
        return { epoch, punches: kept.filter(({ seq }, at) => seq === begin + at) }
      }
      return null
    },
    sent(epoch, through) {
      const [range] = wanted
      if (range?.epoch !== epoch) return
      const first = Math.max(range.first, through + 1)
      if (first > range.last) wanted.shift()
      else wanted[0] = { ...range, first }
    },
    lost: () => lost.slice(0, mostLost),
    told(ranges) {
      lost = lost.filter((range) => !ranges.includes(range))
    },
    onWanted(listener) {
      heard = listener
    },
  }
}
