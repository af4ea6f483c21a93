import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'
import { now } from '#app/clock.server.ts'
import { type AgentKey, agentKey } from '#app/db/agent-keys.server.ts'
import { type AgentRefusal, noteRefusedAgent } from '#app/db/agent-refusals.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { signedText } from '#devices/contract.ts'

type Asked = { readonly request: Request; readonly context?: unknown }

export type AgentVisitor = { readonly centreId: string; readonly agentId: string; readonly body: unknown }

const bodyLimit = 1024 * 1024

// What stands before a raw Ed25519 key in its standard wrapping (SubjectPublicKeyInfo).
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

function no(code: string, status: number): Response {
  return Response.json({ code }, { status })
}

/** Keys made from their bytes, by these; a centre has few agents. Making one costs more than checking a signature. */
const keys = new Map<string, KeyObject>()
const keptKeys = 500

function keyOf(publicKey: Uint8Array): KeyObject {
  const name = Buffer.from(publicKey).toString('base64')
  const known = keys.get(name)
  if (known !== undefined) return known
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: 'der', type: 'spki' })
  if (keys.size >= keptKeys) keys.clear()
  keys.set(name, key)
  return key
}

/** Whether this signature over this text was made with the key behind these 32 bytes. */
export function signedBy(publicKey: Uint8Array, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64')
  if (bytes.length !== 64 || publicKey.length !== 32) return false
  return verify(null, Buffer.from(text), keyOf(publicKey), bytes)
}

async function knownAgent(agentId: string): Promise<AgentKey> {
  const agent = await agentKey(agentId)
  if (agent === null) throw no('agent_unknown', 401)
  return agent
}

const statuses = { revoked: 403, signature: 401 } as const satisfies Partial<Record<AgentRefusal, number>>

/** Turns an agent of ours away, and leaves a note of it. */
async function turnAway(agentId: string, { centreId }: AgentKey, why: keyof typeof statuses, context: unknown) {
  const { address } = (context ?? {}) as { address?: unknown }
  const from = typeof address === 'string' && address !== '' ? address : null
  await noteRefusedAgent(prisma, { centreId, agentId, why, address: from }, now())
  return no(`agent_${why}`, statuses[why])
}

function parseBody(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    throw no('not_json', 400)
  }
}

async function readBody(request: Request): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > bodyLimit) throw no('body_too_large', 413)
  const bytes = Buffer.from(await request.arrayBuffer())
  if (bytes.length > bodyLimit) throw no('body_too_large', 413)
  return bytes
}

/**
 * The first line of what only a paired agent may ask for: its Ed25519 signature covers method, address, agent and body.
 * Time is no ground for refusal, and a replay is harmless because of the punch key.
 */
export async function guardAgent({ request, context }: Asked): Promise<AgentVisitor> {
  const agentId = z.uuid().safeParse(request.headers.get('x-agent'))
  const signature = request.headers.get('x-agent-signature')
  if (!agentId.success || !signature) throw no('agent_unsigned', 401)
  const [agent, body] = await Promise.all([knownAgent(agentId.data), readBody(request)])
  if (agent.revoked) throw await turnAway(agentId.data, agent, 'revoked', context)
  const { pathname, search } = new URL(request.url)
  const digest = createHash('sha256').update(body).digest('hex')
  const text = signedText(request.method, pathname + search, agentId.data, digest)
  if (!signedBy(agent.publicKey, text, signature)) {
    throw await turnAway(agentId.data, agent, 'signature', context)
  }
  return { centreId: agent.centreId, agentId: agentId.data, body: parseBody(body.toString('utf8')) }
}
