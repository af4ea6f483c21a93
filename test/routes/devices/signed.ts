import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { signedText } from '#devices/contract.ts'
import { site } from '#test/routes/requests.ts'

export type TestAgent = { readonly centreId: string; readonly agentId: string; readonly key: KeyObject }

function rawPublicKey(key: KeyObject): Uint8Array<ArrayBuffer> {
  return new Uint8Array(key.export({ format: 'der', type: 'spki' }).subarray(-32))
}

/** A key pair as an agent makes one: the raw public key travels in base64. */
export function newKeys(): { publicKey: string; key: KeyObject } {
  const pair = generateKeyPairSync('ed25519')
  const key = createPrivateKey(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }))
  return { publicKey: Buffer.from(rawPublicKey(pair.publicKey)).toString('base64'), key }
}

/** A paired agent that holds the centre's readers. */
export async function pairedAgent(centreId: string, sourceIds: readonly string[]): Promise<TestAgent> {
  const { publicKey, key } = newKeys()
  const agentId = newId()
  const raw = new Uint8Array(Buffer.from(publicKey, 'base64'))
  await prisma.agent.create({ data: { centreId, id: agentId, name: 'test', publicKey: raw, pairedAt: new Date(0) } })
  await prisma.source.updateMany({ where: { id: { in: [...sourceIds] } }, data: { agentId } })
  return { centreId, agentId, key }
}

/** A request signed as an agent signs it; `spoil` changes the body after signing. */
export function signedRequest(
  agent: Pick<TestAgent, 'agentId' | 'key'>,
  method: 'GET' | 'POST',
  path: string,
  body: unknown = null,
  spoil: (text: string) => string = (text) => text,
): Request {
  const text = body === null ? '' : JSON.stringify(body)
  const digest = createHash('sha256').update(text).digest('hex')
  const signature = sign(null, Buffer.from(signedText(method, path, agent.agentId, digest)), agent.key)
  const headers = { 'x-agent': agent.agentId, 'x-agent-signature': signature.toString('base64') }
  return new Request(site + path, { method, headers, ...(method === 'POST' ? { body: spoil(text) } : {}) })
}
