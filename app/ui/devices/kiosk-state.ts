import { useEffect, useRef, useState } from 'react'
import type { KioskGreeting } from '#app/domain/devices/greeting.ts'
import { greetingLastsMs, type KioskView, withGreeting } from '#app/domain/devices/kiosk-view.ts'

/** Counts on from what the server last said, so that a wrong clock of the screen does no harm. */
function useSecond(said: { readonly second: number }): number {
  const [second, setSecond] = useState(said.second)
  useEffect(() => {
    const started = performance.now()
    setSecond(said.second)
    const timer = setInterval(() => setSecond(said.second + Math.floor((performance.now() - started) / 1000)), 250)
    return () => clearInterval(timer)
  }, [said])
  return second
}

export type Live = {
  readonly view: KioskView
  /** Second of the day, going on by itself; past midnight it counts on until the next view. */
  readonly second: number
  readonly greeting: KioskGreeting | null
  readonly connected: boolean
}

/** A fresh page greets whoever has just punched, as the page without script does. */
function justNow(view: KioskView): KioskGreeting | null {
  const latest = view.recent[0]
  return latest !== undefined && view.second - latest.second <= greetingLastsMs / 1000 ? latest : null
}

type Handlers = {
  onGreeting: (greeting: KioskGreeting) => void
  onView: (view: KioskView) => void
  onConnected: (connected: boolean) => void
}

const retryMs = 4_000

/** After the stream is refused for good (revoked, or the server changed) the page starts afresh, once a server answers. */
async function startAfresh(): Promise<void> {
  try {
    const answer = await fetch('/healthz', { cache: 'no-store' })
    if (answer.ok) location.reload()
  } catch {
    // Still unreachable: the next attempt comes by itself.
  }
}

function follow(href: string, { onGreeting, onView, onConnected }: Handlers): () => void {
  const source = new EventSource(href)
  source.onopen = () => onConnected(true)
  source.onerror = () => onConnected(false)
  source.addEventListener('greeting', (event) => onGreeting(JSON.parse(event.data)))
  source.addEventListener('view', (event) => onView(JSON.parse(event.data)))
  source.addEventListener('gone', () => location.reload())
  const timer = setInterval(() => {
    if (source.readyState === EventSource.CLOSED) void startAfresh()
  }, retryMs)
  return () => {
    clearInterval(timer)
    source.close()
  }
}

/** The screen's state: what the server last said, and for eight seconds the greeting of the last finger. */
export function useKiosk(first: KioskView, href: string): Live {
  const [said, setSaid] = useState(first)
  const [heard, setHeard] = useState<readonly KioskGreeting[]>([])
  const [greeting, setGreeting] = useState<KioskGreeting | null>(() => justNow(first))
  const [connected, setConnected] = useState(true)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => {
    const idle = () => setGreeting(null)
    const later = () => {
      clearTimeout(timer.current)
      timer.current = setTimeout(idle, greetingLastsMs)
    }
    later()
    const stop = follow(href, {
      onGreeting: (one) => {
        setGreeting(one)
        setHeard((before) => withGreeting(before, one))
        later()
      },
      onView: (view) => {
        setSaid(view)
        setHeard([])
      },
      onConnected: setConnected,
    })
    return () => {
      clearTimeout(timer.current)
      stop()
    }
  }, [href])
  const view = { ...said, recent: heard.reduceRight(withGreeting, said.recent) }
  return { view, second: useSecond(said), greeting, connected }
}
