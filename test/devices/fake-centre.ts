import { createHash, createPublicKey, randomUUID, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type CommandBody,
  type CommandStep,
  commandStep,
  type PunchRecord,
  pairRequest,
  punchBatch,
  type StatusReport,
  signedText,
  statusReport,
} from '#devices/contract.ts'

/** How the server treats the next request for punches. */
export type Mood = 'well' | 'broken' | 'refusing' | 'stores but answers nothing' | 'hangs up'

/** A centre's server over real HTTP that keeps what it gets and can be in a bad mood. */
export async function startCentre() {
  const seen = {
    /** Every punch of every request, in the order of arrival, repeats included. */
    received: [] as PunchRecord[],
    /** Stored once each, by epoch and number. */
    stored: new Map<string, PunchRecord>(),
    reports: [] as StatusReport[],
    steps: [] as CommandStep[],
    badSignatures: 0,
    epochs: new Set<string>(),
  }
  let mood: Mood = 'well'
  let publicKey: string | null = null
  const agentId = randomUUID()
  const waiting: { id: string; body: CommandBody }[] = []
  const now = () => new Date().toISOString()

  function signed(request: IncomingMessage, body: string): boolean {
    const hash = createHash('sha256').update(body).digest('hex')
    const text = signedText(request.method ?? '', request.url ?? '', agentId, hash)
    const x = Buffer.from(publicKey ?? '', 'base64').toString('base64url')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    const signature = Buffer.from(String(request.headers['x-agent-signature']), 'base64')
    return request.headers['x-agent'] === agentId && verify(null, Buffer.from(text), key, signature)
  }

  function storePunches(body: string, response: ServerResponse): void {
    const batch = punchBatch.parse(JSON.parse(body))
    seen.received.push(...batch.punches)
    if (mood === 'broken') return end(response, 500, { error: 'broken' })
    if (mood === 'refusing') return end(response, 401, { error: 'unknown agent' })
    if (mood === 'hangs up') return void response.destroy()
    seen.epochs.add(batch.epoch)
    for (const punch of batch.punches) seen.stored.set(`${batch.epoch}/${punch.seq}`, punch)
    if (mood === 'stores but answers nothing') return void response.destroy()
    const storedThrough = batch.punches.at(-1)?.seq ?? 0
    end(response, 200, { storedThrough, stored: batch.punches.length, known: 0, quarantined: 0, now: now() })
  }

  async function giveCommands(response: ServerResponse): Promise<void> {
    for (let waited = 0; waited < 200 && waiting.length === 0; waited += 5) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    end(response, 200, { commands: waiting.splice(0) })
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request)
    const path = (request.url ?? '').split('?')[0]
    if (path === '/api/agent/pair') {
      publicKey = pairRequest.parse(JSON.parse(body)).publicKey
      return end(response, 200, { agentId, centreId: randomUUID(), now: now() })
    }
    if (!signed(request, body)) {
      seen.badSignatures++
      return end(response, 401, { error: 'signature' })
    }
    if (path === '/api/agent/punches') return storePunches(body, response)
    if (path === '/api/agent/commands') return giveCommands(response)
    if (path === '/api/agent/status') seen.reports.push(statusReport.parse(JSON.parse(body)))
    if (path === '/api/agent/steps') seen.steps.push(commandStep.parse(JSON.parse(body)))
    end(response, 200, { now: now() })
  }

  const listen = async (port: number) => {
    const server = createServer((request, response) => void answer(request, response))
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    return server
  }
  let server = await listen(0)
  const { port } = server.address() as AddressInfo
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })

  return {
    url: `http://127.0.0.1:${port}`,
    ...seen,
    get badSignatures() {
      return seen.badSignatures
    },
    set mood(next: Mood) {
      mood = next
    },
    /** Gives a command to the agent; the answer tells its steps so far. */
    command(body: CommandBody): () => CommandStep[] {
      const id = randomUUID()
      waiting.push({ id, body })
      return () => seen.steps.filter((step) => step.command === id)
    },
    stop,
    async restart() {
      server = await listen(port)
    },
  }
}
export type Centre = Awaited<ReturnType<typeof startCentre>>

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

function end(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
