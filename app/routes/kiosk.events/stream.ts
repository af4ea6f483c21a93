import type { LiveEvent } from '#app/db/events.server.ts'
import { isUnread, type KioskGreeting, plainGreeting } from '#app/domain/devices/greeting.ts'
import type { KioskView } from '#app/domain/devices/kiosk-view.ts'
import { civilOf } from '#app/domain/time/zone.ts'

type Kiosk = {
  readonly centreId: string
  readonly kioskId: string
  readonly sourceId: string | null
  readonly zone: string
}

type Sources = {
  readonly closed: AbortSignal
  readonly view: () => Promise<KioskView>
  /** Of a punch that was stored this moment: perhaps only that it is received. */
  readonly first: (key: string) => Promise<KioskGreeting | null>
  /** Tells of punches that this process has stored, before their events come. */
  readonly storedHere: (listener: (centreId: string, sourceId: string, greeting: KioskGreeting) => void) => () => void
  /** Of a punch whose day is judged. */
  readonly greeting: (key: string) => Promise<KioskGreeting | null>
  readonly subscribe: (filter: (event: LiveEvent) => boolean, onEvent: (event: LiveEvent) => void) => () => void
}

/** What a reader or a rule changes shows after a moment; the view behind a punch may follow its greeting. */
const gatherMs = 300
const behindPunchMs = 1_000
const everyMs = 20_000
const heartbeatMs = 15_000

/** Whether an event changes what this screen shows: its centre, and its reader when it shows only one. */
export function concerns(kiosk: Kiosk, event: LiveEvent): boolean {
  if (event.topic === 'resync') return true
  if (event.centreId !== kiosk.centreId || event.topic === 'command') return false
  const sourceId = event.sourceId
  return kiosk.sourceId === null || sourceId === undefined || sourceId === null || sourceId === kiosk.sourceId
}

/** Events carry keys and no names; what the screen says is asked for here, under the screen's own right. */
async function greetingOf(kiosk: Kiosk, event: LiveEvent, sources: Sources): Promise<KioskGreeting | null> {
  if (event.topic === 'punch' && event.greet === 1 && event.id !== undefined) return sources.first(event.id)
  if (event.topic === 'result' && typeof event.punch === 'string') {
    const own = kiosk.sourceId === null || event.punch.startsWith(`${kiosk.sourceId}:`)
    return own ? sources.greeting(event.punch) : null
  }
  if (event.topic !== 'source' || !isUnread(event.kind)) return null
  const atMs = Number(event.atMs)
  const { second } = civilOf(atMs, kiosk.zone)
  const key = `${event.sourceId}:${atMs}`
  return plainGreeting(event.kind, { key, subject: '', second, person: null, attempt: Number(event.attempt) })
}

/** Server-sent events for one screen: `greeting`, `view`, `gone`. Ends with the connection. */
export function kioskStream(kiosk: Kiosk, sources: Sources): Response {
  const encoder = new TextEncoder()
  let stop = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text))
      stop = run(kiosk, sources, send, () => controller.close())
      sources.closed.addEventListener('abort', stop, { once: true })
      if (sources.closed.aborted) stop()
    },
    cancel: () => stop(),
  })
  return new Response(body, {
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' },
  })
}

function run(kiosk: Kiosk, sources: Sources, send: (text: string) => void, close: () => void): () => void {
  let running = true
  let gathering: ReturnType<typeof setTimeout> | undefined
  const say = (event: string, value: unknown) => {
    if (running) send(`event: ${event}\ndata: ${JSON.stringify(value)}\n\n`)
  }
  const refresh = async () => {
    gathering = undefined
    try {
      say('view', await sources.view())
    } catch {
      // The database is away for a moment: the next change or the next round brings the view.
    }
  }
  /** Told already; their events are on the way. */
  const said = new Set<string>()
  const forget = sources.storedHere((centreId, sourceId, greeting) => {
    if (centreId !== kiosk.centreId || (kiosk.sourceId !== null && sourceId !== kiosk.sourceId)) return
    said.add(greeting.key)
    say('greeting', greeting)
  })
  const greet = async (event: LiveEvent) => {
    if (event.topic === 'resync') said.clear()
    try {
      const greeting = await greetingOf(kiosk, event, sources)
      if (event.topic === 'punch' && said.delete(event.id ?? '')) return
      if (greeting !== null) say('greeting', greeting)
    } catch {
      // As above: the punch is stored, and the view will show it.
    }
  }
  const hear = (event: LiveEvent) => {
    if (event.kind === 'kiosk_revoked' && event.id === kiosk.kioskId) say('gone', null)
    void greet(event)
    const behind = event.topic === 'punch' || event.topic === 'result'
    gathering ??= setTimeout(refresh, behind ? behindPunchMs : gatherMs)
  }
  const unsubscribe = sources.subscribe((event) => concerns(kiosk, event), hear)
  const rounds = setInterval(refresh, everyMs)
  const heartbeat = setInterval(() => send(':\n\n'), heartbeatMs)
  send('retry: 2000\n\n')
  return () => {
    if (!running) return
    running = false
    unsubscribe()
    forget()
    clearTimeout(gathering)
    clearInterval(rounds)
    clearInterval(heartbeat)
    close()
  }
}
