import type { StatusReport } from '#devices/contract.ts'
import { type Glass, type Identifier, identifier, type Sighting } from '#devices/driver/identify.ts'
import { type ReaderIdentity, readIdentity } from '#devices/driver/identity.ts'
import { pause } from '#devices/driver/pause.ts'
import { openReader, type Reader, type ReaderOptions } from '#devices/driver/reader.ts'
import { openLink, type Profile } from '#devices/link/profile.ts'
import { ReaderError } from '#devices/protocol/codes.ts'
import type { Found } from '#devices/protocol/command.ts'
import { listeners, type Transport } from '#devices/transport/transport.ts'
import type { Clock, OffsetMeter } from './clock.ts'
import type { Log } from './log.ts'
import type { Spool } from './spool.ts'
import { SpoolError } from './spool-error.ts'
import { troubleOf } from './trouble.ts'

export type ReaderStatus = StatusReport['readers'][number]

export type WorkerOptions = {
  serial: string
  profile: Profile
  emulated: boolean
  open(): Promise<Transport>
  spool: Spool
  clock: Clock
  offset: OffsetMeter
  log: Log
  reader?: ReaderOptions
  retryMs?: number
  heldMs?: number
}

type Job = { run(reader: Reader): Promise<void>; fail(error: unknown): void; takesFinger: boolean }

/** So many unanswered commands in a row mean that the module is stuck and the reader is opened anew. */
const patience = 3

/**
 * The one owner of a reader: opens it, watches for fingers, does other work between two looks, and starts again every
 * two seconds for as long as the reader is away or in trouble.
 */
export class ReaderWorker {
  readonly serial: string
  readonly #options: WorkerOptions
  readonly #stop = new AbortController()
  readonly #changed = listeners<ReaderStatus>()
  readonly #seen = listeners<Sighting>()
  readonly #glass: Glass = { lying: null }
  #status: ReaderStatus
  #jobs: Job[] = []
  /** The module answers; whether its punches can be kept is another matter. */
  #connected = false
  #checked = Number.NEGATIVE_INFINITY
  #running: Promise<void> = Promise.resolve()

  constructor(options: WorkerOptions) {
    this.serial = options.serial
    this.#options = options
    const { serial, emulated } = options
    const unknown = { dialect: null, capacity: null, templates: null, lastError: null }
    this.#status = { serial, emulated, state: 'offline', detail: null, ...unknown }
  }

  get status(): ReaderStatus {
    return this.#status
  }
  /** Whether work can be given to it now. */
  get isConnected(): boolean {
    return this.#connected && !this.#stop.signal.aborted
  }
  onStatus(listener: (status: ReaderStatus) => void): () => void {
    return this.#changed.add(listener)
  }
  /** Everything the reader sees; a match only when its punch is safe. */
  onSighting(listener: (sighting: Sighting) => void): () => void {
    return this.#seen.add(listener)
  }

  start(): void {
    this.#running = this.#keepTrying()
  }

  /** Ends after the command in flight. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  /**
   * Does something with the reader alone; afterwards templates are recounted. When it took a finger, as an enrolment does,
   * that finger must leave before it counts; whoever presses during anything else is read right after it.
   */
  do<Value>(
    work: (reader: Reader, signal: AbortSignal) => Promise<Value>,
    { takesFinger = false }: { takesFinger?: boolean } = {},
  ): Promise<Value> {
    return new Promise((resolve, reject) => {
      if (!this.isConnected) return reject(this.#away())
      const run = async (reader: Reader) => resolve(await work(reader, this.#stop.signal))
      this.#jobs.push({ run, fail: reject, takesFinger })
    })
  }

  async #keepTrying(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      try {
        await this.#connectAndWatch()
      } catch (error) {
        if (!signal.aborted) this.#report(troubleOf(error), error)
      }
      this.#connected = false
      for (const job of this.#jobs.splice(0)) job.fail(this.#away())
      await pause(this.#options.retryMs ?? 2000, signal)
    }
  }

  async #connectAndWatch(): Promise<void> {
    const { open, profile, reader: readerOptions = {} } = this.#options
    const transport = await open()
    try {
      const reader = await openReader(await openLink(profile, transport), readerOptions)
      const identity = await readIdentity(reader)
      await this.#recount(reader, identity)
      this.#connected = true
      await this.#watch(reader)
    } finally {
      await transport.close()
    }
  }

  async #watch(reader: Reader): Promise<void> {
    const identify = identifier(reader, {
      accept: (found) => this.#keep(found),
      emit: (sighting) => this.#seen.call(sighting),
      now: this.#options.clock.monotonic,
      glass: this.#glass,
      ...(this.#options.heldMs === undefined ? {} : { heldMs: this.#options.heldMs }),
    })
    let unanswered = 0
    while (!this.#stop.signal.aborted) {
      const error = await this.#attempt(reader, identify)
      unanswered = error ? unanswered + 1 : 0
      if (unanswered >= patience) throw error
    }
  }

  /** One look or one piece of work; what may pass by itself is answered, everything else thrown. */
  async #attempt(reader: Reader, identify: Identifier): Promise<ReaderError | null> {
    try {
      await this.#next(reader, identify)
      await this.#followSpool()
      return null
    } catch (error) {
      if (error instanceof SpoolError) {
        await this.#cannotKeep(error)
        return null
      }
      const passing = error instanceof ReaderError && (error.kind === 'timeout' || error.kind === 'garbled')
      if (!passing) throw error
      this.#set({ lastError: this.#error(troubleOf(error).detail) })
      this.#options.log.warn({ serial: this.serial, error: error.message }, 'the reader did not answer properly')
      return error
    }
  }

  async #next(reader: Reader, identify: Identifier): Promise<void> {
    const job = this.#jobs.shift()
    if (!job) return identify.step(this.#stop.signal)
    try {
      await job.run(reader)
    } catch (error) {
      job.fail(error)
      // A command the module refuses says nothing about the reader; one it does not answer does.
      if (error instanceof ReaderError && error.kind !== 'refused') throw error
    } finally {
      if (job.takesFinger) identify.requireLift()
    }
    await this.#recount(reader)
  }

  /** The punch is made here, with this machine's time, and success is shown only after it is on disk. */
  async #keep({ slot, score }: Found): Promise<void> {
    const { clock, offset, spool } = this.#options
    const at = new Date(clock.now()).toISOString()
    const monotonicMs = Math.max(0, Math.round(clock.monotonic()))
    const subject = String(slot)
    await spool.append({ serial: this.serial, subject, at, score, offsetMs: offset.current(), monotonicMs })
  }

  /** The reader is sound and stays open; whoever presses sees red until there is room again. */
  async #cannotKeep(error: SpoolError): Promise<void> {
    this.#report(troubleOf(error), error)
    await pause(this.#options.retryMs ?? 2000, this.#stop.signal)
  }

  /** A spool that could not keep a punch is tried again, so that the reader is not called broken for longer than it is. */
  async #followSpool(): Promise<void> {
    const { spool, clock, retryMs = 2000 } = this.#options
    if (spool.trouble && clock.monotonic() - this.#checked >= retryMs) {
      this.#checked = clock.monotonic()
      await spool.check()
    }
    const standing = this.#standing()
    if (this.#status.state !== standing.state || this.#status.detail !== standing.detail) this.#set(standing)
  }

  #standing(): Pick<ReaderStatus, 'state' | 'detail'> {
    const { trouble } = this.#options.spool
    return trouble ? troubleOf(trouble) : { state: 'online', detail: null }
  }

  async #recount(reader: Reader, identity?: ReaderIdentity): Promise<void> {
    const templates = await reader.count()
    const { dialect, parameters } = reader
    const facts = { dialect: dialect.name, capacity: parameters.capacity, templates }
    this.#set({ ...this.#standing(), ...facts, ...(identity ? { identity } : {}) })
  }

  #report({ state, detail }: { state: 'offline' | 'fault'; detail: string }, error: unknown): void {
    const changed = this.#status.state !== state || this.#status.detail !== detail
    const facts = { serial: this.serial, detail, error: String(error) }
    if (changed) this.#options.log.warn(facts, 'the reader cannot be used')
    this.#set({ state, detail, ...(changed ? { lastError: this.#error(detail) } : {}) })
  }

  #error(code: string): NonNullable<ReaderStatus['lastError']> {
    return { code: code.slice(0, 60), at: new Date(this.#options.clock.now()).toISOString() }
  }

  #set(change: Partial<ReaderStatus>): void {
    const next = { ...this.#status, ...change }
    const same = JSON.stringify(next) === JSON.stringify(this.#status)
    if (next.state === 'online' && this.#status.state !== 'online') {
      this.#options.log.info({ serial: this.serial, dialect: next.dialect }, 'the reader is ready')
    }
    this.#status = next
    if (!same) this.#changed.call(next)
  }

  #away(): ReaderError {
    return new ReaderError(
      'unplugged',
      `The reader ${this.serial} is not there: ${this.#status.detail ?? 'not opened'}`,
    )
  }
}
