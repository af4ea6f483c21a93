import type { PunchRecord } from '#devices/contract.ts'

export type Kept = { epoch: string; punch: PunchRecord }

/**
 * What the server does not have yet, the oldest in memory and the rest on disk only: a server that is away for months
 * must not fill the memory.
 */
export class Backlog {
  readonly #capacity: number
  #loaded: Kept[] = []
  #onDiskOnly = 0

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get length(): number {
    return this.#loaded.length + this.#onDiskOnly
  }
  get oldest(): Kept | null {
    return this.#loaded[0] ?? null
  }
  /** The newest one that is in memory: what lies behind it is read from here on. */
  get newestLoaded(): Kept | null {
    return this.#loaded.at(-1) ?? null
  }
  /** Time to read more. */
  get runsLow(): boolean {
    return this.#onDiskOnly > 0 && this.#loaded.length <= this.#capacity / 2
  }
  /** Everything that waits is in memory. */
  get isWhole(): boolean {
    return this.#onDiskOnly === 0
  }

  /** A punch behind all others. */
  add(kept: Kept): void {
    if (this.#onDiskOnly > 0 || this.#loaded.length >= this.#capacity) this.#onDiskOnly++
    else this.#loaded.push(kept)
  }

  /** Puts what was read from disk behind what is here; `left` are still there only, null: as many as were not read. */
  refill(read: readonly Kept[], left: number | null): void {
    this.#loaded = [...this.#loaded, ...read]
    this.#onDiskOnly = left ?? Math.max(1, this.#onDiskOnly - read.length)
  }

  get room(): number {
    return Math.max(0, this.#capacity - this.#loaded.length)
  }

  /** The oldest of one epoch, at most `limit`, without a gap in their numbers; those in `skip` are passed over. */
  batch(limit: number, skip: (kept: Kept) => boolean): Kept[] {
    const run: Kept[] = []
    for (const kept of this.#loaded) {
      const last = run.at(-1)
      const goesOn = !last || (kept.epoch === last.epoch && kept.punch.seq === last.punch.seq + 1)
      if (last && (!goesOn || skip(kept))) break
      if (!skip(kept)) run.push(kept)
      if (run.length === limit) break
    }
    return run
  }

  /** These are delivered. */
  remove(epoch: string, first: number, last: number): void {
    this.#loaded = this.#loaded.filter(
      (kept) => kept.epoch !== epoch || kept.punch.seq < first || kept.punch.seq > last,
    )
  }

  /** The oldest number of an epoch that still waits, of those in memory. */
  oldestOf(epoch: string): number | null {
    return this.#loaded.find((kept) => kept.epoch === epoch)?.punch.seq ?? null
  }
}
