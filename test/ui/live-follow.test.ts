import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { follow, type LiveState } from '#app/ui/live-follow.ts'

/** The browser's event source, driven by hand. */
class Source {
  static all: Source[] = []
  onopen: (() => void) | null = null
  onmessage: (() => void) | null = null
  onerror: (() => void) | null = null
  closed = false
  readonly href: string
  constructor(href: string) {
    this.href = href
    Source.all.push(this)
  }
  close() {
    this.closed = true
  }
}

const last = (): Source => {
  const source = Source.all.at(-1)
  if (!source) throw new Error('nothing was opened')
  return source
}

let states: LiveState[]
let changes: number
let stop: () => void
const page = Object.assign(new EventTarget(), { hidden: false })

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Source)
  vi.stubGlobal('document', page)
  Source.all = []
  page.hidden = false
  states = []
  changes = 0
  const onState = (state: LiveState) => states.push(state)
  const onChange = () => {
    changes++
  }
  stop = follow({ href: '/today/events', everyMs: 300, onState, onChange })
})

afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function hide(hidden: boolean) {
  page.hidden = hidden
  page.dispatchEvent(new Event('visibilitychange'))
}

describe('a page that follows events', () => {
  it('says when it is connected', () => {
    last().onopen?.()
    expect(states).toEqual(['connecting', 'on'])
    expect(changes).toBe(0)
  })

  it('asks once when it is first connected, where something may have happened since the page was drawn', () => {
    stop()
    const onChange = () => {
      changes++
    }
    stop = follow({ href: '/people/enrol/events', everyMs: 300, catchUp: true, onState: () => {}, onChange })
    last().onopen?.()
    vi.advanceTimersByTime(300)
    expect(changes).toBe(1)
    last().onopen?.()
    vi.advanceTimersByTime(600)
    expect(changes).toBe(1)
  })

  it('asks once for a burst', () => {
    last().onopen?.()
    for (let count = 0; count < 20; count++) last().onmessage?.()
    vi.advanceTimersByTime(299)
    expect(changes).toBe(0)
    vi.advanceTimersByTime(1)
    expect(changes).toBe(1)
    last().onmessage?.()
    vi.advanceTimersByTime(300)
    expect(changes).toBe(2)
  })

  it('says that it is cut off, tries again ever more slowly, and asks anew when it is back', () => {
    last().onopen?.()
    for (const wait of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
      const opened = Source.all.length
      last().onerror?.()
      expect(states.at(-1)).toBe('off')
      vi.advanceTimersByTime(wait - 1)
      expect(Source.all.length).toBe(opened)
      vi.advanceTimersByTime(1)
      expect(Source.all.length).toBe(opened + 1)
    }
    last().onopen?.()
    vi.advanceTimersByTime(300)
    expect(states.at(-1)).toBe('on')
    expect(changes).toBe(1)
  })

  it('rests while nobody looks and catches up afterwards', () => {
    last().onopen?.()
    hide(true)
    expect(states.at(-1)).toBe('paused')
    expect(last().closed).toBe(true)
    vi.advanceTimersByTime(60_000)
    expect(Source.all.length).toBe(1)
    hide(false)
    last().onopen?.()
    vi.advanceTimersByTime(300)
    expect(changes).toBe(1)
  })

  it('leaves nothing behind', () => {
    last().onmessage?.()
    stop()
    hide(true)
    hide(false)
    vi.advanceTimersByTime(60_000)
    expect(changes).toBe(0)
    expect(Source.all.length).toBe(1)
    expect(last().closed).toBe(true)
  })
})
