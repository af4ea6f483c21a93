import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { signedText } from '#devices/contract.ts'

const identityFile = z.object({
  version: z.literal(1),
  /** PKCS #8, DER, base64. Never leaves this file. */
  privateKey: z.base64(),
  agentId: z.uuid().nullable(),
  centreId: z.uuid().nullable(),
  /** Hash of the code it was paired with: another code in the configuration means "pair anew". */
  pairedWith: z.string().nullable(),
})
type IdentityFile = z.infer<typeof identityFile>

/** Who this agent is to the server: a key made on this machine, and the id that pairing gave it. */
export type Identity = {
  readonly agentId: string | null
  readonly centreId: string | null
  /** Raw Ed25519 public key, base64. */
  readonly publicKey: string
  wasPairedWith(code: string): boolean
  paired(receipt: { agentId: string; centreId: string }, code: string): void
  /** The headers that make a request this agent's. */
  headers(method: string, pathAndQuery: string, body: string): Record<string, string>
}

export function loadIdentity(folder: string): Identity {
  const path = join(folder, 'agent.json')
  mkdirSync(folder, { recursive: true })
  let file = readIdentity(path) ?? newIdentity(path)
  const key = createPrivateKey({ key: Buffer.from(file.privateKey, 'base64'), format: 'der', type: 'pkcs8' })
  return {
    get agentId() {
      return file.agentId
    },
    get centreId() {
      return file.centreId
    },
    publicKey: rawPublicKey(key),
    wasPairedWith: (code) => file.pairedWith === sha256(code),
    paired({ agentId, centreId }, code) {
      file = { ...file, agentId, centreId, pairedWith: sha256(code) }
      writePrivately(path, file)
    },
    headers(method, pathAndQuery, body) {
      const agent = file.agentId ?? ''
      const text = signedText(method, pathAndQuery, agent, sha256(body))
      return { 'x-agent': agent, 'x-agent-signature': sign(null, Buffer.from(text), key).toString('base64') }
    },
  }
}

function readIdentity(path: string): IdentityFile | null {
  try {
    const text = readFileSync(path, 'utf8')
    chmodSync(path, 0o600)
    return identityFile.parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new Error(`${path} cannot be read. Restore it, or delete it and pair this agent anew.`, { cause: error })
  }
}

function newIdentity(path: string): IdentityFile {
  const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' })
  const empty = { agentId: null, centreId: null, pairedWith: null }
  const file: IdentityFile = { version: 1, privateKey: key.toString('base64'), ...empty }
  writePrivately(path, file)
  return file
}

/** Only the owner may read it, and never half of it is on disk. */
function writePrivately(path: string, file: IdentityFile): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

function rawPublicKey(privateKey: KeyObject): string {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  return Buffer.from(x ?? '', 'base64url').toString('base64')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
