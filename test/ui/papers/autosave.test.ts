import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type AutoState, type Autosave, autosave, type SaveAnswer, type Words } from '#app/ui/papers/autosave.ts'

const empty = { summary: '', training: '' }
const words = (summary: string): Words => ({ summary, training: '' })

let sent: { words: Words; revision: number }[]
let answers: (SaveAnswer | Error)[]
let states: AutoState[]
let renewed: number
let saver: Autosave

function begin(saved: Words = empty, revision = 0): void {
  saver = autosave({
    saved,
    revision,
    send: async (typed, at) => {
      sent.push({ words: typed, revision: at })
      const next = answers.shift() ?? { status: 200, body: { revision: at + 1, time: '13:05' } }
      if (next instanceof Error) throw next
      return next
    },
    renew: async () => {
      renewed += 1
    },
    onState: (state) => states.push(state),
    pauseMs: 1000,
    retryMs: 5000,
  })
}

beforeEach(() => {
  vi.useFakeTimers()
  sent = []
  answers = []
  states = []
  renewed = 0
  begin()
})

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('saving by itself', () => {
  it('waits for a pause, sends the last words once, and goes on from the answered revision', async () => {
    saver.typed(words('一'))
    await pass(900)
    saver.typed(words('一年'))
    await pass(999)
    expect(sent).toEqual([])
    await pass(1)
    expect(sent).toEqual([{ words: words('一年'), revision: 0 }])
    saver.typed(words('一年来'))
    await pass(1000)
    expect(sent[1]).toEqual({ words: words('一年来'), revision: 1 })
    expect(states).toEqual(['typing', 'typing', 'saving', 'saved', 'typing', 'saving', 'saved'])
  })

  it('sends nothing when the words are again as stored', async () => {
    saver.typed(words('一'))
    saver.typed(empty)
    await pass(60_000)
    expect(sent).toEqual([])
    expect(saver.dirty()).toBe(false)
  })

  it('tries again for as long as it takes when the server is away or the session has ended', async () => {
    answers = [new Error('away'), { status: 503, body: null }, { status: 401, body: { code: 'unauthorized' } }]
    saver.typed(words('一'))
    await pass(1000)
    await pass(5000)
    await pass(10_000)
    expect(saver.dirty()).toBe(true)
    await saver.flush()
    expect(sent.length).toBe(4)
    expect(states.filter((state) => state !== 'saving')).toEqual(['typing', 'failed', 'failed', 'signed_out', 'saved'])
  })

  it('fetches the token again after a new sign-in and sends the same words', async () => {
    answers = [{ status: 403, body: { code: 'form_token' } }]
    saver.typed(words('一'))
    await pass(1000)
    expect(renewed).toBe(1)
    expect(sent.length).toBe(2)
    expect(states.at(-1)).toBe('saved')
  })

  it.each(['changed_meanwhile', 'other_person'])('never sends again over %s', async (code) => {
    answers = [{ status: 409, body: { code } }]
    saver.typed(words('一'))
    await pass(1000)
    saver.typed(words('一二'))
    await pass(600_000)
    await saver.flush()
    expect(sent.length).toBe(1)
    expect(saver.dirty()).toBe(true)
  })

  it('believes no answer that names no revision', async () => {
    answers = [{ status: 200, body: { code: 'changed_meanwhile' } }]
    saver.typed(words('一'))
    await pass(1000)
    expect(states.at(-1)).toBe('conflict')
    expect(saver.dirty()).toBe(true)
    begin()
    answers = [{ status: 200, body: null }]
    saver.typed(words('一'))
    await pass(1000)
    expect(states.at(-1)).toBe('refused')
  })

  it('sends again by itself once too much has been cut', async () => {
    answers = [{ status: 422, body: { code: 'too_long' } }]
    saver.typed(words('长'))
    await pass(1000)
    expect(states.at(-1)).toBe('over')
    saver.typed(words('短'))
    await pass(1000)
    expect(states.at(-1)).toBe('saved')
  })

  it('keeps what is typed while a save is on its way', async () => {
    saver.typed(words('一'))
    const flushed = saver.flush()
    saver.typed(words('一二'))
    await flushed
    await pass(1000)
    expect(sent.map((one) => one.words.summary)).toEqual(['一', '一二'])
    expect(saver.dirty()).toBe(false)
  })

  it('is quiet after it was stopped', async () => {
    saver.typed(words('一'))
    saver.stop()
    await pass(60_000)
    expect(sent).toEqual([])
  })
})
