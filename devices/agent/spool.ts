import { randomUUID } from 'node:crypto'
import * as nodeFiles from 'node:fs/promises'
import { join } from 'node:path'
import type { PunchRecord } from '#devices/contract.ts'
import { listeners } from '#devices/transport/transport.ts'
import { encodeEntry, type JournalEntry, readJournal } from './journal.ts'

/** What the spool needs of the file system; tests watch or break it. */
export type SpoolFiles = Pick<typeof nodeFiles, 'mkdir' | 'open' | 'readFile' | 'rename' | 'copyFile'>

export type SpoolOptions = { files?: SpoolFiles; compactAboveBytes?: number }

export type NewPunch = Omit<PunchRecord, 'seq'>

/** The spool cannot be used; the message says what to do about it. */
export class SpoolError extends Error {
  override readonly name = 'SpoolError'
}

type FileHandle = Awaited<ReturnType<SpoolFiles['open']>>
type Waiting = { punch: NewPunch; resolve: (stored: PunchRecord) => void; reject: (error: unknown) => void }

const journalName = 'spool.journal'
/** About; only to decide whether compacting is worth it. */
const bytesPerPunch = 256

/**
 * The agent's memory of punches that the server may not have yet: a file that is only appended to. A punch is safe when
 * `append` resolves, that is after fdatasync, and stays until the server says that it is stored. Appends that wait at
 * the same time share one fdatasync.
 */
export class Spool {
  readonly epoch: string
  /** What was found wrong at the start: bytes of a torn last line, damaged lines in the middle. */
  readonly found: { tornBytes: number; damagedLines: number }
  readonly #folder: string
  readonly #files: SpoolFiles
  readonly #compactAbove: number
  readonly #appended = listeners<PunchRecord>()
  #file: FileHandle
  /** Everything up to here is known to be good; what lies behind is the rest of a failed write. */
  #size: number
  #dirty = false
  #next = 1
  #through = 0
  #pending: PunchRecord[] = []
  #waiting: Waiting[] = []
  #work: Promise<unknown> = Promise.resolve()

  static async open(folder: string, options: SpoolOptions = {}): Promise<Spool> {
    const files = options.files ?? nodeFiles
    try {
      await files.mkdir(folder, { recursive: true })
      const path = join(folder, journalName)
      const file = await files.open(path, 'a+').then(async (created) => {
        await created.close()
        return files.open(path, 'r+')
      })
      const bytes = await files.readFile(path)
      const reading = readJournal(bytes)
      if (reading.damagedLines > 0) await files.copyFile(path, `${path}.damaged-${reading.damagedLines}`)
      const spool = new Spool(folder, file, reading, options)
      if (reading.tornBytes > 0) spool.#dirty = true
      if (!reading.entries.some((entry) => entry.kind === 'spool')) await spool.#begin()
      return spool
    } catch (error) {
      throw explained(error, folder)
    }
  }

  private constructor(
    folder: string,
    file: FileHandle,
    reading: ReturnType<typeof readJournal>,
    options: SpoolOptions,
  ) {
    this.#folder = folder
    this.#file = file
    this.#files = options.files ?? nodeFiles
    this.#compactAbove = options.compactAboveBytes ?? 1 << 20
    this.#size = reading.goodBytes
    this.found = { tornBytes: reading.tornBytes, damagedLines: reading.damagedLines }
    const first = reading.entries.find((entry) => entry.kind === 'spool')
    this.epoch = first?.epoch ?? randomUUID()
    for (const entry of reading.entries) this.#replay(entry)
  }

  /** Punches that the server has not confirmed. */
  get length(): number {
    return this.#pending.length
  }

  /** The oldest unconfirmed punches, at most `limit`, without a gap in their numbers. */
  batch(limit: number): PunchRecord[] {
    const first = this.#pending[0]
    if (!first) return []
    return this.#pending.slice(0, limit).filter((punch, at) => punch.seq === first.seq + at)
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

  /**
   * The server has everything up to here. That this could not be written down is no trouble: after a restart the same
   * punches are sent once more. So nobody waits for the disk here; the next punch's fdatasync takes it along.
   */
  acknowledge(through: number): Promise<void> {
    return this.#inTurn(async () => {
      const bounded = Math.min(through, this.#next - 1)
      if (bounded <= this.#through) return
      this.#replay({ kind: 'stored', through: bounded })
      await this.#write([{ kind: 'stored', through: bounded }], false).catch(() => undefined)
      const needed = this.#pending.length * bytesPerPunch
      if (this.#size > this.#compactAbove && needed < this.#size / 2) await this.#compact().catch(() => undefined)
    })
  }

  async close(): Promise<void> {
    await this.#inTurn(() => this.#file.close())
  }

  #replay(entry: JournalEntry): void {
    if (entry.kind === 'spool') {
      this.#next = entry.next
      this.#through = entry.through
    } else if (entry.kind === 'punch') {
      this.#pending.push(entry.punch)
      this.#next = entry.punch.seq + 1
    } else {
      this.#through = Math.max(this.#through, entry.through)
      this.#pending = this.#pending.filter((punch) => punch.seq > this.#through)
    }
  }

  /** One thing at a time on the file. */
  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = this.#work.then(work)
    this.#work = result.catch(() => undefined)
    return result
  }

  /** Writes everything that waits now with one fdatasync. Numbers are given here, so a failed write uses none up. */
  async #commit(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = []
    const punches = waiting.map(({ punch }, at) => ({ ...punch, seq: this.#next + at }))
    try {
      await this.#write(punches.map((punch) => ({ kind: 'punch', punch })))
    } catch (error) {
      const reason = explained(error, this.#folder)
      for (const { reject } of waiting) reject(reason)
      return
    }
    for (const punch of punches) {
      this.#replay({ kind: 'punch', punch })
      this.#appended.call(punch)
    }
    waiting.forEach(({ resolve }, at) => {
      const punch = punches[at]
      if (punch) resolve(punch)
    })
  }

  /** After a failed write the file may end in a torn line; it is cut off before anything is written behind it. */
  async #write(entries: readonly JournalEntry[], durably = true): Promise<void> {
    if (this.#dirty) await this.#file.truncate(this.#size)
    const bytes = Buffer.from(entries.map(encodeEntry).join(''))
    this.#dirty = true
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, this.#size + done)
      done += bytesWritten
    }
    if (durably) await this.#file.datasync()
    this.#size += bytes.length
    this.#dirty = false
  }

  /** The line that gives this file its epoch: the first one, or a new one behind a first line that is damaged. */
  async #begin(): Promise<void> {
    const { epoch } = this
    await this.#write([{ kind: 'spool', version: 1, epoch, next: this.#next, through: this.#through }])
    await this.#syncFolder()
  }

  /** A new file with what is still needed takes the old one's place; at every moment one of them is whole. */
  async #compact(): Promise<void> {
    const path = join(this.#folder, journalName)
    const next = this.#pending[0]?.seq ?? this.#next
    const head: JournalEntry = { kind: 'spool', version: 1, epoch: this.epoch, next, through: this.#through }
    const entries: JournalEntry[] = [head, ...this.#pending.map((punch) => ({ kind: 'punch' as const, punch }))]
    const bytes = Buffer.from(entries.map(encodeEntry).join(''))
    const fresh = await this.#files.open(`${path}.new`, 'w+')
    try {
      await fresh.writeFile(bytes)
      await fresh.datasync()
      await this.#files.rename(`${path}.new`, path)
    } catch (error) {
      await fresh.close()
      throw error
    }
    const old = this.#file
    this.#file = fresh
    this.#size = bytes.length
    this.#dirty = false
    await old.close()
    await this.#syncFolder()
  }

  /** Makes the file's name as durable as its content. Not every system can do this; those that cannot need it less. */
  async #syncFolder(): Promise<void> {
    const folder = await this.#files.open(this.#folder, 'r').catch(() => null)
    await folder?.sync().catch(() => undefined)
    await folder?.close()
  }
}

function explained(error: unknown, folder: string): SpoolError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  const remedies: Record<string, string> = {
    EACCES: 'Give the agent the right to write there, or set another dataDir.',
    EPERM: 'Give the agent the right to write there, or set another dataDir.',
    EROFS: 'The file system is read-only: set a dataDir on one that can be written.',
    ENOSPC: 'The disk is full: free some space.',
    ENOTDIR: 'A part of this path is a file: set another dataDir.',
    EEXIST: 'A part of this path is a file: set another dataDir.',
  }
  const remedy = remedies[code] ?? 'Check the folder and the disk.'
  return new SpoolError(`Punches cannot be kept in ${folder} (${code}). ${remedy}`, { cause: error })
}
