import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { follow } from '#app/ui/devices/kiosk-follow.ts'

/** The browser's event source, driven by hand. */
class Source extends EventTarget {
  static readonly CLOSED = 2
  static all: Source[] = []
  readyState = 1
  onopen: (() => void) | null = null
  onerror: (() => void) | null = null
  readonly href: string
  constructor(href: string) {
    super()
    this.href = href
    Source.all.push(this)
  }
  close() {
    this.readyState = Source.CLOSED
  }
  says(event: string, value: unknown) {
    this.dispatchEvent(Object.assign(new Event(event), { data: JSON.stringify(value) }))
  }
}

let stop: () => void
let connected: boolean[]
let views: unknown[]

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Source)
  Source.all = []
  connected = []
  views = []
  stop = follow('/kiosk/events', {
    onGreeting: () => {},
    onView: (view) => views.push(view),
    onConnected: (now) => connected.push(now),
  })
})

afterEach(() => {
  stop()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

it('takes a stream on which nothing comes any more for a lost one, and opens another', () => {
  const [first] = Source.all
  first?.onopen?.()
  expect(connected).toEqual([true])
  vi.advanceTimersByTime(60_000)
  expect(connected).toEqual([true, false])
  expect(first?.readyState).toBe(Source.CLOSED)
  const second = Source.all[1]
  second?.onopen?.()
  second?.says('view', { second: 1 })
  expect(connected.at(-1)).toBe(true)
  expect(views).toEqual([{ second: 1 }])
})

it('leaves a stream alone that brings its view in time', () => {
  for (let minute = 0; minute < 15; minute++) {
    vi.advanceTimersByTime(20_000)
    Source.all[0]?.says('view', { second: minute })
  }
  expect(Source.all).toHaveLength(1)
  expect(connected).not.toContain(false)
})

it('goes on trying for as long as nothing answers', () => {
  vi.advanceTimersByTime(300_000)
  expect(Source.all.length).toBeGreaterThan(4)
  expect(Source.all.filter((one) => one.readyState === 1)).toHaveLength(1)
})
