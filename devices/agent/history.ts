import { join } from 'node:path'
import type { PunchRecord } from '#devices/contract.ts'
import type { Kept } from './backlog.ts'
import { readJournal } from './journal.ts'
import type { SpoolFiles } from './journal-file.ts'
import { activeName, punchesOf, type Segment } from './segments.ts'

type Reads = Pick<SpoolFiles, 'readFile'>

/** Reads punches again from the files of a spool, one file in memory at a time. */
export class History {
  readonly #files: Reads
  readonly #folder: string
  /** Who reads a long range asks for the same file many times; a closed file never changes. */
  #last: { name: string; punches: PunchRecord[] } | null = null

  constructor(files: Reads, folder: string) {
    this.#files = files
    this.#folder = folder
  }

  /** Ascending, at most `limit`; what is not kept any more, or is damaged, is left out. */
  async read(
    segments: readonly Segment[],
    { epoch, first, last }: { epoch: string; first: number; last: number },
    limit: number,
  ): Promise<PunchRecord[]> {
    const found: PunchRecord[] = []
    for (const segment of segments) {
      if (segment.epoch !== epoch || segment.last < first || segment.first > last) continue
      const punches = await this.#punches(segment.name)
      found.push(...punches.filter(({ seq }) => seq >= first && seq <= last).slice(0, limit - found.length))
      if (found.length >= limit) break
    }
    return found
  }

  /**
   * What waits behind `after`, at most `limit` of it. `left` is how much waits behind that: counted to the end only when
   * `after` is null, that is at the start; later null, unless the end was reached.
   */
  async waiting(
    segments: readonly Segment[],
    through: ReadonlyMap<string, number>,
    { after, limit }: { after: Kept | null; limit: number },
  ): Promise<{ read: Kept[]; left: number | null }> {
    const read: Kept[] = []
    let left = 0
    for (const { name, epoch, from } of behind(segments, through, after?.punch.seq ?? null, after?.epoch)) {
      // Later on a full memory is enough; at the start everything that waits is counted.
      if (after && read.length >= limit) return { read, left: null }
      const here = (await this.#punches(name)).filter(({ seq }) => seq > from)
      const taken = here.slice(0, limit - read.length)
      read.push(...taken.map((punch) => ({ epoch, punch })))
      left += here.length - taken.length
    }
    return { read, left: after && left > 0 ? null : left }
  }

  async #punches(name: string): Promise<PunchRecord[]> {
    if (this.#last?.name === name) return this.#last.punches
    const punches = punchesOf(readJournal(await this.#files.readFile(join(this.#folder, name))))
    this.#last = name === activeName ? null : { name, punches }
    return punches
  }
}

type Place = { name: string; epoch: string; from: number }

/** The files in which something waits behind this number of this epoch, and from where on in each. */
function behind(
  segments: readonly Segment[],
  through: ReadonlyMap<string, number>,
  seq: number | null,
  of: string | undefined,
): Place[] {
  const start = seq === null ? 0 : segments.findIndex(({ epoch, last }) => epoch === of && last >= seq)
  return segments
    .slice(Math.max(0, start))
    .map(({ name, epoch, last }, at) => {
      const from = Math.max(through.get(epoch) ?? 0, at === 0 ? (seq ?? 0) : 0)
      return { name, epoch, from, last }
    })
    .filter(({ last, from }) => last > from)
}
