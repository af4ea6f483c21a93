import { z } from 'zod'
import {
  type CommandStep,
  commandList,
  type PairRequest,
  type PunchBatch,
  pairReceipt,
  punchReceipt,
  type StatusReport,
  statusReceipt,
} from '#devices/contract.ts'
import type { Clock, OffsetMeter } from './clock.ts'
import type { Identity } from './identity.ts'
import type { Standing } from './standing.ts'

export type ServerErrorKind =
  /** No answer: not running, no network, too slow. */
  | 'unreachable'
  /** It answered, and not with yes: the status tells. */
  | 'refused'
  /** It answered something that is not in the contract. */
  | 'not_understood'

export class ServerError extends Error {
  override readonly name = 'ServerError'
  readonly kind: ServerErrorKind
  readonly status: number | null
  /** The server's own name for its refusal, for example "agent_revoked"; null when it gave none. */
  readonly code: string | null
  readonly facts: Readonly<Record<string, unknown>>

  constructor(
    kind: ServerErrorKind,
    message: string,
    details: { status?: number; cause?: unknown; code?: string; facts?: Record<string, unknown> } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.kind = kind
    this.status = details.status ?? null
    this.code = details.code ?? null
    this.facts = details.facts ?? {}
  }
}

/** The centre's server as the agent sees it. Every answer that carries the server's time measures the clock. */
export type Server = ReturnType<typeof connectServer>

export type ServerOptions = {
  url: string
  identity: Identity
  clock: Clock
  offset: OffsetMeter
  /** Ends every request when the agent stops. */
  signal: AbortSignal
  timeoutMs?: number
  standing?: Standing
}

/** Rejects when the signal does: a request that is not told of its end must not hold the agent for ever. */
function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** How long the server may hold a request for commands before it answers "none". */
const longPollSeconds = 25

export function connectServer(options: ServerOptions) {
  const { identity, clock, offset, signal } = options
  const timeoutMs = options.timeoutMs ?? 10_000

  async function exchange(method: 'GET' | 'POST', path: string, body: string, withinMs: number): Promise<unknown> {
    const headers = { ...identity.headers(method, path, body), 'content-type': 'application/json' }
    const limit = timeLimit(signal, withinMs)
    const request = {
      method,
      headers,
      signal: limit.signal,
      redirect: 'error' as const,
      ...(body === '' ? {} : { body }),
    }
    try {
      const answer = fetch(new URL(path, options.url), request).then((got) => answerOf(got, `${method} ${path}`))
      const answered = await Promise.race([answer, endOf(limit.signal)])
      options.standing?.answered()
      return answered
    } catch (error) {
      options.standing?.failed(error)
      if (error instanceof ServerError) throw error
      const kind = error instanceof SyntaxError ? 'not_understood' : 'unreachable'
      throw new ServerError(kind, `${method} ${path}: ${reasonOf(error)}`, { cause: error })
    } finally {
      limit.clear()
    }
  }

  function understood<Schema extends z.ZodType>(schema: Schema, answer: unknown, path: string): z.infer<Schema> {
    const result = schema.safeParse(answer)
    if (result.success) return result.data
    throw new ServerError('not_understood', `${path}: ${result.error.message}`)
  }

  async function post<Schema extends z.ZodType<{ now: string }>>(path: string, body: object, schema: Schema) {
    const sentAt = clock.now()
    const answer = await exchange('POST', path, JSON.stringify(body), timeoutMs)
    const receivedAt = clock.now()
    const receipt = understood(schema, answer, path)
    offset.measure({ sentAt, receivedAt, serverNow: Date.parse(receipt.now) })
    return receipt
  }

  return {
    pair: (request: PairRequest) => post('/api/agent/pair', request, pairReceipt),
    sendPunches: (batch: PunchBatch) => post('/api/agent/punches', batch, punchReceipt),
    sendStatus: (report: StatusReport) => post('/api/agent/status', report, statusReceipt),
    async sendStep(step: CommandStep): Promise<void> {
      await exchange('POST', '/api/agent/steps', JSON.stringify(step), timeoutMs)
    },
    async commands() {
      const path = `/api/agent/commands?wait=${longPollSeconds}`
      const answer = await exchange('GET', path, '', longPollSeconds * 1000 + timeoutMs)
      return understood(commandList, answer, path).commands
    },
  }
}

async function answerOf(response: Response, what: string): Promise<unknown> {
  const text = await response.text()
  if (response.ok) return JSON.parse(text)
  const { status } = response
  throw new ServerError('refused', `${what}: ${status} ${text.slice(0, 200)}`, { status, ...namedIn(text) })
}

const refusal = z.object({ code: z.string().max(60), facts: z.record(z.string(), z.unknown()).optional() })

/** What the server calls its refusal; something that stands between, a proxy for example, has no such name. */
function namedIn(text: string): { code?: string; facts?: Record<string, unknown> } {
  try {
    const { code, facts = {} } = refusal.parse(JSON.parse(text))
    return { code, facts }
  } catch {
    return {}
  }
}

/** Ends with the agent or after a time. Leaves nothing behind on the agent's own signal, which lives for months. */
function timeLimit(agent: AbortSignal, ms: number): { signal: AbortSignal; clear(): void } {
  const controller = new AbortController()
  const stop = () => controller.abort(agent.reason)
  const timer = setTimeout(() => controller.abort(new Error(`no answer within ${ms} ms`)), ms)
  agent.addEventListener('abort', stop)
  if (agent.aborted) stop()
  return {
    signal: controller.signal,
    clear() {
      clearTimeout(timer)
      agent.removeEventListener('abort', stop)
    },
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
