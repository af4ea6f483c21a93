export type Words = { readonly summary: string; readonly training: string }

export type AutoState =
  | 'idle'
  | 'typing'
  | 'saving'
  | 'saved'
  | 'over'
  | 'conflict'
  | 'signed_out'
  | 'other_person'
  | 'failed'
  | 'refused'

export type SaveAnswer = {
  readonly status: number
  readonly body: { readonly code?: string; readonly revision?: number; readonly time?: string } | null
}

export type AutosaveOptions = {
  readonly saved: Words
  readonly revision: number
  /** Posts the words; rejects when the server cannot be reached. */
  readonly send: (words: Words, revision: number) => Promise<SaveAnswer>
  /** Fetches the page's token again after a new sign-in. */
  readonly renew: () => Promise<void>
  readonly onState: (state: AutoState, facts: { readonly time?: string; readonly revision?: number }) => void
  /** After the last key, and between tries of what could not be sent. */
  readonly pauseMs?: number
  readonly retryMs?: number
}

export type Autosave = {
  readonly typed: (words: Words) => void
  /** Sends what is unsent now; resolves when it has been answered. */
  readonly flush: () => Promise<void>
  readonly dirty: () => boolean
  readonly stop: () => void
}

const longestRetryMs = 60_000
/** Nothing that is sent again by itself will change these: the writer decides. */
const final: readonly AutoState[] = ['conflict', 'other_person', 'refused']

const byCode: Readonly<Record<string, AutoState>> = {
  too_long: 'over',
  changed_meanwhile: 'conflict',
  other_person: 'other_person',
}

/** Saved is only what the server says it has saved, with the revision to go on from. */
function stateOf({ status, body }: SaveAnswer): AutoState {
  const named = body?.code === undefined ? undefined : byCode[body.code]
  if (named) return named
  if (status === 200 && body?.revision !== undefined) return 'saved'
  if (status === 401) return 'signed_out'
  return status >= 500 || status === 429 ? 'failed' : 'refused'
}

/** Keeps what is typed without being asked. What could not be saved is never given up and never saved over another's words. */
class Saver implements Autosave {
  private kept: Words
  private words: Words
  private revision: number
  private state: AutoState = 'idle'
  private wait: number
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: Promise<void> | null = null
  private stopped = false
  private readonly options: AutosaveOptions
  private readonly pauseMs: number
  private readonly retryMs: number

  constructor(options: AutosaveOptions) {
    this.options = options
    this.kept = options.saved
    this.words = options.saved
    this.revision = options.revision
    this.pauseMs = options.pauseMs ?? 1500
    this.retryMs = options.retryMs ?? 5000
    this.wait = this.retryMs
  }

  readonly dirty = (): boolean => this.words.summary !== this.kept.summary || this.words.training !== this.kept.training

  readonly typed = (words: Words): void => {
    this.words = words
    if (this.stopped || this.running || final.includes(this.state)) return
    if (!this.dirty()) {
      this.set('idle')
      return
    }
    if (this.state !== 'signed_out' && this.state !== 'failed') this.set('typing')
    this.later(this.pauseMs)
  }

  readonly flush = async (): Promise<void> => {
    clearTimeout(this.timer)
    if (this.running) await this.running
    if (this.stopped || !this.dirty() || final.includes(this.state)) return
    this.running = this.save().finally(() => {
      this.running = null
    })
    await this.running
  }

  readonly stop = (): void => {
    this.stopped = true
    clearTimeout(this.timer)
  }

  private set(next: AutoState, facts: { time?: string; revision?: number } = {}): void {
    this.state = next
    if (!this.stopped) this.options.onState(next, facts)
  }

  private later(ms: number): void {
    clearTimeout(this.timer)
    if (!this.stopped) this.timer = setTimeout(() => void this.flush(), ms)
  }

  private async save(): Promise<void> {
    const { words } = this
    this.set('saving')
    const answered = await this.answer(words).catch(() => null)
    const next = answered === null ? 'failed' : stateOf(answered)
    if (next === 'saved') {
      this.saved(words, answered?.body ?? {})
      return
    }
    this.set(next)
    if (next !== 'failed' && next !== 'signed_out') return
    this.later(this.wait)
    this.wait = Math.min(this.wait * 2, longestRetryMs)
  }

  private async answer(words: Words): Promise<SaveAnswer> {
    const first = await this.options.send(words, this.revision)
    if (first.body?.code !== 'form_token') return first
    await this.options.renew()
    return this.options.send(words, this.revision)
  }

  private saved(words: Words, { revision, time }: { revision?: number; time?: string }): void {
    this.kept = words
    this.revision = revision ?? this.revision
    this.wait = this.retryMs
    const more = this.dirty()
    this.set(more ? 'typing' : 'saved', { revision: this.revision, ...(time ? { time } : {}) })
    if (more) this.later(this.pauseMs)
  }
}

/** Begins to keep the words of one page. */
export function autosave(options: AutosaveOptions): Autosave {
  return new Saver(options)
}
