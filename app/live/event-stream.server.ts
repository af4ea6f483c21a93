import type { LiveEvent } from '#app/db/events.server.ts'
import { subscribe } from './events.server.ts'

/** The part of the load context that a stream needs. */
type StreamContext = { readonly closed: AbortSignal; readonly address?: string }

export type StreamOptions = {
  readonly filter: (event: LiveEvent) => boolean
  /** How long the browser waits before it connects again. */
  readonly retryMs: number
  /** Session, kiosk or agent id: bounds how many streams one of them holds. */
  readonly holder?: string
}

const heartbeatMs = 15_000
/** One person with many tabs; a whole centre behind one address. */
const perHolder = 16
const perAddress = 400
const open = new Map<string, number>()

function enter(name: string, limit: number): boolean {
  const count = open.get(name) ?? 0
  if (count >= limit) return false
  open.set(name, count + 1)
  return true
}

function leave(name: string): void {
  const count = (open.get(name) ?? 1) - 1
  if (count > 0) open.set(name, count)
  else open.delete(name)
}

/** Takes a place for the stream, or says that there are too many. */
function takePlaces(context: StreamContext, options: StreamOptions): (() => void) | null {
  const address = `address ${context.address ?? ''}`
  const holder = options.holder === undefined ? null : `holder ${options.holder}`
  if (!enter(address, perAddress)) return null
  if (holder !== null && !enter(holder, perHolder)) {
    leave(address)
    return null
  }
  return () => {
    leave(address)
    if (holder !== null) leave(holder)
  }
}

const headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
}

type Controller = ReadableStreamDefaultController<Uint8Array>

function run(controller: Controller, context: StreamContext, options: StreamOptions, free: () => void): () => void {
  const encoder = new TextEncoder()
  let running = true
  const send = (text: string) => {
    if (running) controller.enqueue(encoder.encode(text))
  }
  const unsubscribe = subscribe(options.filter, (event) => send(`data: ${JSON.stringify(event)}\n\n`))
  const heartbeat = setInterval(() => send(':\n\n'), heartbeatMs)
  const stop = () => {
    if (!running) return
    running = false
    unsubscribe()
    clearInterval(heartbeat)
    free()
    try {
      controller.close()
    } catch {
      // The reader has gone first.
    }
  }
  send(`retry: ${options.retryMs}\n\n`)
  context.closed.addEventListener('abort', stop, { once: true })
  if (context.closed.aborted) stop()
  return stop
}

/** Server-sent events: one unnamed message for each event the filter takes. It ends with the response's connection. */
export function eventStream(context: StreamContext, options: StreamOptions): Response {
  const free = takePlaces(context, options)
  if (free === null) return new Response('too many streams', { status: 429, headers: { 'Retry-After': '60' } })
  let stop = () => {}
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      stop = run(controller, context, options, free)
    },
    cancel: () => stop(),
  })
  return new Response(body, { headers })
}
