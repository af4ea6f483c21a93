import * as nodeFiles from 'node:fs/promises'
import type { PunchRecord, StatusReport } from '#devices/contract.ts'
import { listeners } from '#devices/transport/transport.ts'
import { Backlog, type Kept } from './backlog.ts'
import { History } from './history.ts'
import type { SpoolFiles } from './journal-file.ts'
import { scan } from './segments.ts'
import { Shelf } from './shelf.ts'
import { explained, type SpoolError, spoolFull } from './spool-error.ts'
import { readMark, writeMark } from './spool-mark.ts'

export type SpoolOptions = {
  files?: SpoolFiles
  /** The whole folder's bound. */
  limitBytes?: number
  /** Delivered punches are kept so long, in case the server has to be restored from a backup. */
  keepDays?: number
  /** A file that is larger than this, or was begun a day ago, is closed. */
  segmentBytes?: number
  /** The server's clock as far as it is known: a clock that somebody set must not make punches look old. */
  trustedNow?: () => number | null
  /** Says outside the folder how far its numbers went: a folder that comes back from an old copy is noticed. */
  markFile?: string
  /** So many waiting punches are in memory. */
  inMemory?: number
}

export type NewPunch = Omit<PunchRecord, 'seq'>
export type Batch = { epoch: string; punches: PunchRecord[] }

/** What the status report says of the spool. */
export type SpoolFigures = NonNullable<StatusReport['spool']>

type Waiting = { punch: NewPunch; resolve: (stored: PunchRecord) => void; reject: (error: unknown) => void }

const dayMs = 86_400_000
const megabyte = 1 << 20
/** About what one punch takes. */
const punchBytes = 512
const markEveryMs = 1000

/**
 * The agent's memory of punches: files that are only appended to. A punch is safe when `append` resolves, that is after
 * fdatasync, waits until the server says that it is stored, and is kept for some weeks after that. Appends that wait at
 * the same time share one fdatasync.
 */
export class Spool {
  /** What was found wrong at the start: bytes of a torn last line, damaged lines in the middle, an old copy of the files. */
  readonly found: { tornBytes: number; damagedLines: number; restored: boolean }
  readonly limitBytes: number
  readonly #folder: string
  readonly #files: SpoolFiles
  readonly #options: SpoolOptions
  readonly #shelf: Shelf
  readonly #history: History
  readonly #backlog: Backlog
  readonly #appended = listeners<PunchRecord>()
  #trouble: SpoolError | null = null
  #waiting: Waiting[] = []
  #work: Promise<unknown> = Promise.resolve()
  #marked = Number.NEGATIVE_INFINITY

  static async open(folder: string, options: SpoolOptions = {}): Promise<Spool> {
    const files = options.files ?? nodeFiles
    try {
      await files.mkdir(folder, { recursive: true, mode: 0o700 })
      const found = await scan(files, folder)
      const mark = await readMark(files, options.markFile)
      const known = found.segments.map(({ epoch }) => epoch)
      const restored = !found.fresh && mark !== null && !mark.isReachedBy(found, known)
      const shelf = await Shelf.open(folder, files, found, beganAt(options))
      const spool = new Spool(folder, options, shelf, { ...found.active, damagedLines: found.damagedLines, restored })
      // Numbers that were given once are never given again: an old copy goes on under an epoch of its own.
      if (restored) await shelf.newEpoch(beganAt(options))
      await spool.#load()
      return spool
    } catch (error) {
      throw explained(error, folder)
    }
  }

  private constructor(
    folder: string,
    options: SpoolOptions,
    shelf: Shelf,
    found: { tornBytes: number; damagedLines: number; restored: boolean },
  ) {
    this.#folder = folder
    this.#options = options
    this.#files = options.files ?? nodeFiles
    this.#shelf = shelf
    this.#history = new History(this.#files, folder)
    this.#backlog = new Backlog(options.inMemory ?? 10_000)
    this.limitBytes = options.limitBytes ?? 256 * megabyte
    const { tornBytes, damagedLines, restored } = found
    this.found = { tornBytes, damagedLines, restored }
  }

  get epoch(): string {
    return this.#shelf.epoch
  }
  /** Punches that the server has not confirmed. */
  get length(): number {
    return this.#backlog.length
  }
  /** Why the last punch could not be kept; null as soon as one can be again. */
  get trouble(): SpoolError | null {
    return this.#trouble
  }
  get figures(): SpoolFigures {
    const { epoch, next, bytes, keptFrom } = this.#shelf
    const through = this.#shelf.throughOf(epoch)
    const oldestWaitingAt = this.#backlog.oldest?.punch.at ?? null
    return { epoch, next, through, keptFrom, bytes, limitBytes: this.limitBytes, oldestWaitingAt }
  }

  /** The oldest unconfirmed punches of one epoch, at most `limit`, without a gap in their numbers. */
  batch(limit: number, skip: (kept: Kept) => boolean = () => false): Batch | null {
    const run = this.#backlog.batch(limit, skip)
    return run[0] ? { epoch: run[0].epoch, punches: run.map(({ punch }) => punch) } : null
  }

  /** What is kept of a range, delivered or not, ascending, at most `limit`; what is missing there is not kept any more. */
  history(range: { epoch: string; first: number; last: number }, limit: number): Promise<PunchRecord[]> {
    return this.#inTurn(() => this.#history.read(this.#shelf.all, range, limit))
  }

  /** Between `through` and `next` lies what waits to be delivered for the first time. */
  progress(epoch: string): { through: number; next: number } {
    const last = Math.max(0, ...this.#shelf.all.filter((one) => one.epoch === epoch).map((one) => one.last))
    return { through: this.#shelf.throughOf(epoch), next: last + 1 }
  }

  /** Resolves when the punch is on disk. Rejects when it is not, and then it never will be. */
  append(punch: NewPunch): Promise<PunchRecord> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ punch, resolve, reject })
      if (this.#waiting.length === 1) void this.#inTurn(() => this.#commit())
    })
  }

  /** Told of every punch once it is safe. */
  onAppended(listener: (punch: PunchRecord) => void): () => void {
    return this.#appended.add(listener)
  }

  /** The server has everything of this epoch up to here. */
  acknowledge(through: number, epoch = this.epoch): Promise<void> {
    return this.settle({ epoch, first: 1, last: through })
  }

  /**
   * The server has these. That this could not be written down is no trouble: after a restart the same punches are sent
   * once more. So nobody waits for the disk here; the next punch's fdatasync takes it along.
   */
  settle({ epoch, first, last }: { epoch: string; first: number; last: number }): Promise<void> {
    return this.#inTurn(async () => {
      const newest = this.#backlog.newestLoaded
      const onDiskToo = !this.#backlog.isWhole && newest?.epoch === epoch
      const known = onDiskToo ? Math.min(last, newest.punch.seq) : last
      this.#backlog.remove(epoch, first, known)
      const oldest = this.#backlog.oldestOf(epoch)
      await this.#shelf.reached(epoch, oldest === null ? known : oldest - 1)
      if (this.#backlog.runsLow) await this.#load()
      await this.#mark()
      // A file that cannot be deleted takes room, no more; the bound is looked after when a punch is written.
      await this.#tidy().catch(() => undefined)
    })
  }

  /** Reads on where reading failed, a disk that was away for a moment for example. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#backlog.runsLow) await this.#load()
    })
  }

  /** Numbers begin anew: this agent now belongs to another centre. What waits still goes out under its old numbers. */
  newEpoch(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#shelf.newEpoch(beganAt(this.#options))
      await this.#mark(true)
    })
  }

  /** Whether a punch could be kept now; a disk that was full is noticed to have room again. */
  check(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#trouble) return
      try {
        await this.#makeRoom(punchBytes)
        await this.#shelf.note()
        this.#trouble = null
      } catch (error) {
        this.#trouble = explained(error, this.#folder)
      }
    })
  }

  async close(): Promise<void> {
    await this.#inTurn(async () => {
      await this.#mark(true)
      await this.#shelf.close()
    })
  }

  /** One thing at a time on the files. */
  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = this.#work.then(work)
    this.#work = result.catch(() => undefined)
    return result
  }

  /** Writes everything that waits now with one fdatasync. Numbers are given here, so a failed write uses none up. */
  async #commit(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = []
    let punches: PunchRecord[]
    try {
      await this.#rotate()
      const { next } = this.#shelf
      punches = waiting.map(({ punch }, at) => ({ ...punch, seq: next + at }))
      await this.#makeRoom(this.#shelf.sizeOf(punches))
      await this.#shelf.write(punches)
      this.#trouble = null
    } catch (error) {
      this.#trouble = explained(error, this.#folder)
      for (const { reject } of waiting) reject(this.#trouble)
      return
    }
    for (const punch of punches) {
      this.#backlog.add({ epoch: this.epoch, punch })
      this.#appended.call(punch)
    }
    waiting.forEach(({ resolve }, at) => {
      const punch = punches[at]
      if (punch) resolve(punch)
    })
  }

  async #rotate(): Promise<void> {
    const { segmentBytes = megabyte } = this.#options
    const small = Math.max(1, Math.min(segmentBytes, this.limitBytes / 8))
    const { active } = this.#shelf
    const now = this.#options.trustedNow?.() ?? null
    const old = now !== null && active.beganMs !== null && now - active.beganMs >= dayMs
    if (active.last < active.first || !(old || active.bytes >= small)) return
    // A new file that cannot be begun is no reason to refuse a finger: the old one grows.
    await this.#shelf
      .rotate(beganAt(this.#options))
      .then(() => this.#tidy())
      .catch(() => undefined)
  }

  /** Delivered punches give way, the oldest first; what the server does not have never does. */
  async #makeRoom(bytes: number): Promise<void> {
    while (this.#shelf.bytes + bytes > this.limitBytes) {
      if (!(await this.#shelf.dropOldest())) throw spoolFull(this.#folder, this.limitBytes, this.length)
    }
  }

  /** History is kept for its days, in at most half of the bound: what fills the other half is waiting. */
  async #tidy(): Promise<void> {
    const now = this.#options.trustedNow?.() ?? null
    const keepMs = (this.#options.keepDays ?? 30) * dayMs
    for (;;) {
      const endedMs = this.#shelf.oldestEndedMs
      const late = now !== null && endedMs !== null && now - endedMs > keepMs
      if (!late && this.#shelf.bytes <= this.limitBytes / 2) return
      if (!(await this.#shelf.dropOldest())) return
    }
  }

  async #load(): Promise<void> {
    const after = this.#backlog.newestLoaded
    const { read, left } = await this.#history.waiting(this.#shelf.all, this.#shelf.through, {
      after,
      limit: this.#backlog.room,
    })
    this.#backlog.refill(read, left)
  }

  async #mark(now = false): Promise<void> {
    if (!now && performance.now() - this.#marked < markEveryMs) return
    this.#marked = performance.now()
    await writeMark(this.#files, this.#options.markFile, { epoch: this.epoch, next: this.#shelf.next })
  }
}

function beganAt({ trustedNow }: SpoolOptions): string | null {
  const now = trustedNow?.() ?? null
  return now === null ? null : new Date(now).toISOString()
}
