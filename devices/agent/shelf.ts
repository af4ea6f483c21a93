import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { PunchRecord } from '#devices/contract.ts'
import { encodeEntry, type JournalEntry } from './journal.ts'
import { JournalFile, type SpoolFiles, syncFolder } from './journal-file.ts'
import { activeName, nameOf, numberOf, type Scan, type Segment } from './segments.ts'

/** The files of a spool: the closed ones by what they hold, and the one that is written to. */
export class Shelf {
  readonly #folder: string
  readonly #files: SpoolFiles
  /** By epoch: up to where the server has everything. */
  readonly through: Map<string, number>
  #closed: Segment[]
  #active: Segment
  #file: JournalFile
  #number: number
  epoch: string
  next: number

  static async open(folder: string, files: SpoolFiles, scan: Scan, beganAt: string | null): Promise<Shelf> {
    const file = await JournalFile.open(files, join(folder, activeName), scan.active)
    const shelf = new Shelf(folder, files, scan, file)
    if (!scan.headed) await shelf.#begin(beganAt)
    return shelf
  }

  private constructor(folder: string, files: SpoolFiles, scan: Scan, file: JournalFile) {
    this.#folder = folder
    this.#files = files
    this.#file = file
    this.#closed = scan.segments.slice(0, -1)
    const { epoch, next } = scan
    const empty = { name: activeName, epoch, bytes: 0, beganMs: null, first: next, last: next - 1 }
    this.#active = scan.segments.at(-1) ?? empty
    this.#number = Math.max(0, ...this.#closed.map(({ name }) => numberOf(name)))
    this.through = scan.through
    this.epoch = epoch
    this.next = next
  }

  get active(): Segment {
    return { ...this.#active, bytes: this.#file.bytes }
  }
  /** The oldest first. */
  get all(): Segment[] {
    return [...this.#closed, this.active]
  }
  get bytes(): number {
    return this.#closed.reduce((sum, { bytes }) => sum + bytes, this.#file.bytes)
  }
  /** The oldest number of the present epoch that can be sent again. */
  get keptFrom(): number {
    return this.all.find(({ epoch, first, last }) => epoch === this.epoch && last >= first)?.first ?? this.next
  }
  /** When the last punch was written to the oldest closed file, at the latest; null when it is not known. */
  get oldestEndedMs(): number | null {
    return this.all.slice(1).find(({ beganMs }) => beganMs !== null)?.beganMs ?? null
  }
  throughOf(epoch: string): number {
    return this.through.get(epoch) ?? 0
  }

  sizeOf(punches: readonly PunchRecord[]): number {
    return punches.reduce((sum, punch) => sum + Buffer.byteLength(encodeEntry({ kind: 'punch', punch })), 0)
  }

  /** On disk when it resolves. */
  async write(punches: readonly PunchRecord[]): Promise<void> {
    await this.#file.append(punches.map((punch) => ({ kind: 'punch', punch })))
    this.next += punches.length
    this.#active.last = this.next - 1
  }

  /** The server has everything of this epoch up to here; what was never given out is not taken for delivered. */
  async reached(epoch: string, upTo: number): Promise<void> {
    const last = Math.max(0, ...this.all.filter((one) => one.epoch === epoch).map((one) => one.last))
    const through = Math.min(upTo, last)
    if (through <= this.throughOf(epoch)) return
    this.through.set(epoch, through)
    await this.#file.append([{ kind: 'stored', epoch, through }], false).catch(() => undefined)
  }

  /** Writes durably what is known anyway: proves that the disk takes it. */
  async note(): Promise<void> {
    await this.#file.append([{ kind: 'stored', epoch: this.epoch, through: this.throughOf(this.epoch) }])
  }

  /** Closes the file that is written to and begins another one. At every moment all lines are in one of them. */
  async rotate(beganAt: string | null, epoch = this.epoch): Promise<void> {
    if (this.#active.name === activeName) {
      const name = nameOf(this.#number + 1)
      await this.#files.rename(join(this.#folder, activeName), join(this.#folder, name))
      this.#number++
      this.#active.name = name
    }
    const next = epoch === this.epoch ? this.next : 1
    const file = await JournalFile.create(this.#files, join(this.#folder, activeName))
    try {
      await file.append([this.#head(epoch, next, beganAt)])
    } catch (error) {
      await file.close()
      throw error
    }
    const [old, closed] = [this.#file, this.active]
    this.#closed.push(closed)
    this.#file = file
    this.epoch = epoch
    this.next = next
    this.#active = { name: activeName, epoch, bytes: 0, beganMs: millisecondsOf(beganAt), first: next, last: next - 1 }
    await old.close()
    await syncFolder(this.#files, this.#folder)
  }

  newEpoch(beganAt: string | null): Promise<void> {
    return this.rotate(beganAt, randomUUID())
  }

  /** Deletes the oldest closed file; false when there is none, or the server does not have all of it. */
  async dropOldest(): Promise<boolean> {
    const [oldest] = this.#closed
    if (!oldest || oldest.last > this.throughOf(oldest.epoch)) return false
    await this.#files.unlink(join(this.#folder, oldest.name)).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    })
    this.#closed.shift()
    return true
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  /** The line that gives the file its epoch: the first one, or a new one behind a first line that is damaged. */
  async #begin(beganAt: string | null): Promise<void> {
    await this.#file.append([this.#head(this.epoch, this.next, beganAt)])
    this.#active.beganMs = millisecondsOf(beganAt)
    await syncFolder(this.#files, this.#folder)
  }

  #head(epoch: string, next: number, beganAt: string | null): JournalEntry {
    const kept = new Set(this.#closed.map((one) => one.epoch)).add(this.epoch)
    const earlier = [...this.through]
      .filter(([of]) => of !== epoch && kept.has(of))
      .map(([of, through]) => ({ epoch: of, through }))
    return { kind: 'spool', version: 1, epoch, next, through: this.throughOf(epoch), beganAt, earlier }
  }
}

const millisecondsOf = (instant: string | null) => (instant === null ? null : Date.parse(instant))
