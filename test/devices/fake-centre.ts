import { createHash, createPublicKey, randomUUID, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type CommandBody,
  type CommandStep,
  commandStep,
  type PunchRecord,
  pairRequest,
  punchBatch,
  type SpoolRange,
  type StatusReport,
  signedText,
  statusReport,
} from '#devices/contract.ts'

/** How the server treats the next request for punches. */
export type Mood = 'well' | 'broken' | 'refusing' | 'stores but answers nothing' | 'hangs up' | 'never answers'

type Seen = {
  /** Every punch of every request, in the order of arrival, repeats included. */
  received: PunchRecord[]
  /** Stored once each, by epoch and number. */
  stored: Map<string, PunchRecord>
  reports: StatusReport[]
  steps: CommandStep[]
  waiting: { id: string; body: CommandBody }[]
  badSignatures: number
  mood: Mood
  publicKey: string
  agentId: string
  centreId: string
  /** Every request of the agent is refused like this. */
  refuses: { status: number; code: string } | null
  /** A reader that is another agent's. */
  foreign: string | null
  /** A batch that holds this subject is not understood. */
  poison: string | null
  /** What the next status receipts ask for, as long as it is not there or said lost. */
  wanted: SpoolRange[]
  /** Codes that are taken; null: any. */
  codes: string[] | null
}

/** A centre's server over real HTTP that keeps what it gets and can be in a bad mood. */
export async function startCentre() {
  const seen: Seen = {
    received: [],
    stored: new Map(),
    reports: [],
    steps: [],
    waiting: [],
    badSignatures: 0,
    mood: 'well',
    publicKey: '',
    agentId: randomUUID(),
    centreId: randomUUID(),
    refuses: null,
    foreign: null,
    poison: null,
    wanted: [],
    codes: null,
  }
  let server = await listen(seen, 0)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    /** Gives a command to the agent; the answer tells its steps so far. */
    command(body: CommandBody): () => CommandStep[] {
      const id = randomUUID()
      seen.waiting.push({ id, body })
      return () => seen.steps.filter((step) => step.command === id)
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
    async restart() {
      server = await listen(seen, port)
    },
  }
}

async function listen(seen: Seen, port: number): Promise<Server> {
  const server = createServer((request, response) => void answer(seen, request, response))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return server
}

async function answer(seen: Seen, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await read(request)
  const path = (request.url ?? '').split('?')[0] ?? ''
  if (path === '/api/agent/pair') {
    const { publicKey, code } = pairRequest.parse(JSON.parse(body))
    if (seen.codes && !seen.codes.includes(code)) return end(response, 404, { code: 'pairing_unknown' })
    seen.publicKey = publicKey
    end(response, 200, { agentId: seen.agentId, centreId: seen.centreId, now: now() })
  } else if (seen.refuses) {
    end(response, seen.refuses.status, { code: seen.refuses.code })
  } else if (isSigned(seen, request, body)) {
    await pages[path]?.(seen, body, response)
  } else {
    seen.badSignatures++
    end(response, 401, { code: 'agent_signature' })
  }
}

const pages: Record<string, (seen: Seen, body: string, response: ServerResponse) => void | Promise<void>> = {
  '/api/agent/punches': storePunches,
  '/api/agent/commands': giveCommands,
  '/api/agent/status': (seen, body, response) => {
    seen.reports.push(statusReport.parse(JSON.parse(body)))
    const lost = seen.reports.at(-1)?.lost ?? []
    const isLost = (epoch: string, seq: number) =>
      lost.some((range) => range.epoch === epoch && range.first <= seq && seq <= range.last)
    seen.wanted = seen.wanted.filter(({ epoch, first, last }) => {
      const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at)
      return numbers.some((seq) => !seen.stored.has(`${epoch}/${seq}`) && !isLost(epoch, seq))
    })
    end(response, 200, { now: now(), wanted: seen.wanted })
  },
  '/api/agent/steps': (seen, body, response) => {
    seen.steps.push(commandStep.parse(JSON.parse(body)))
    end(response, 200, { now: now() })
  },
}

function isSigned(seen: Seen, request: IncomingMessage, body: string): boolean {
  const hash = createHash('sha256').update(body).digest('hex')
  const text = signedText(request.method ?? '', request.url ?? '', seen.agentId, hash)
  const x = Buffer.from(seen.publicKey, 'base64').toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  const signature = Buffer.from(String(request.headers['x-agent-signature']), 'base64')
  return request.headers['x-agent'] === seen.agentId && verify(null, Buffer.from(text), key, signature)
}

function storePunches(seen: Seen, body: string, response: ServerResponse): void {
  const { epoch, punches } = punchBatch.parse(JSON.parse(body))
  seen.received.push(...punches)
  const refusal = refusalOf(seen, punches)
  if (refusal) {
    end(response, refusal.status, refusal.body)
    return
  }
  const stores = seen.mood === 'well' || seen.mood === 'stores but answers nothing'
  if (stores) for (const punch of punches) seen.stored.set(`${epoch}/${punch.seq}`, punch)
  switch (seen.mood) {
    case 'broken':
      end(response, 500, { error: 'broken' })
      break
    case 'refusing':
      end(response, 401, { error: 'unknown agent' })
      break
    case 'well':
      end(response, 200, {
        storedThrough: punches.at(-1)?.seq ?? 0,
        stored: punches.length,
        known: 0,
        quarantined: 0,
        now: now(),
      })
      break
    case 'never answers':
      break
    default:
      response.destroy()
  }
}

function refusalOf({ foreign, poison }: Seen, punches: PunchRecord[]): { status: number; body: object } | null {
  if (punches.some(({ serial }) => serial === foreign)) {
    return { status: 409, body: { code: 'serial_of_another_agent', facts: { serial: foreign } } }
  }
  return punches.some(({ subject }) => subject === poison) ? { status: 400, body: { code: 'malformed' } } : null
}

async function giveCommands(seen: Seen, _body: string, response: ServerResponse): Promise<void> {
  for (let waited = 0; waited < 200 && seen.waiting.length === 0; waited += 5) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  end(response, 200, { commands: seen.waiting.splice(0) })
}

const now = () => new Date().toISOString()

export type Centre = Awaited<ReturnType<typeof startCentre>>

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

function end(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
