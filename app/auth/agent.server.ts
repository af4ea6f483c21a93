import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'
import { type AgentKey, agentKey } from '#app/db/agent-keys.server.ts'
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

async function pairedAgent(agentId: string): Promise<AgentKey> {
  const agent = await agentKey(agentId)
  if (agent === null) throw no('agent_unknown', 401)
  if (agent.revoked) throw no('agent_revoked', 403)
  return agent
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
export async function guardAgent({ request }: Asked): Promise<AgentVisitor> {
  const agentId = z.uuid().safeParse(request.headers.get('x-agent'))
  const signature = request.headers.get('x-agent-signature')
  if (!agentId.success || !signature) throw no('agent_unsigned', 401)
  const [agent, body] = await Promise.all([pairedAgent(agentId.data), readBody(request)])
  const { pathname, search } = new URL(request.url)
  const digest = createHash('sha256').update(body).digest('hex')
  const text = signedText(request.method, pathname + search, agentId.data, digest)
  if (!signedBy(agent.publicKey, text, signature)) throw no('agent_signature', 401)
  return { centreId: agent.centreId, agentId: agentId.data, body: parseBody(body.toString('utf8')) }
}
