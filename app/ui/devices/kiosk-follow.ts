import type { KioskGreeting } from '#app/domain/devices/greeting.ts'
import type { KioskView } from '#app/domain/devices/kiosk-view.ts'

type Handlers = {
  onGreeting: (greeting: KioskGreeting) => void
  onView: (view: KioskView) => void
  onConnected: (connected: boolean) => void
}

const retryMs = 4_000
/** The server sends a view every 20 seconds. A pulled network cable says nothing; two views left out tell of it. */
const quietMs = 45_000

/** After the stream is refused for good (revoked, or the server changed) the page starts afresh, once a server answers. */
async function startAfresh(): Promise<void> {
  try {
    const answer = await fetch('/healthz', { cache: 'no-store' })
    if (answer.ok) location.reload()
  } catch {
    // Still unreachable: the next attempt comes by itself.
  }
}

/** Follows the server's events for as long as the page stands, over every loss of the connection. */
export function follow(href: string, { onGreeting, onView, onConnected }: Handlers): () => void {
  let heardMs = performance.now()
  let source = open()
  function open(): EventSource {
    const next = new EventSource(href)
    const heard = () => {
      heardMs = performance.now()
      onConnected(true)
    }
    next.onopen = heard
    next.onerror = () => onConnected(false)
    next.addEventListener('greeting', (event) => {
      heard()
      onGreeting(JSON.parse(event.data))
    })
    next.addEventListener('view', (event) => {
      heard()
      onView(JSON.parse(event.data))
    })
    next.addEventListener('gone', () => location.reload())
    return next
  }
  const timer = setInterval(() => {
    if (source.readyState === EventSource.CLOSED) void startAfresh()
    else if (performance.now() - heardMs > quietMs) {
      onConnected(false)
      source.close()
      heardMs = performance.now()
      source = open()
    }
  }, retryMs)
  return () => {
    clearInterval(timer)
    source.close()
  }
}
