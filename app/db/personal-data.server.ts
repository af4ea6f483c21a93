import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { env } from '#app/env.server.ts'

// Layout: format (1 byte), key id (1 byte), nonce (12), tag (16), ciphertext.
const format = 1
const headerLength = 2
const nonceLength = 12
const tagLength = 16

const derived = new Map<string, Buffer>()

/** Separate keys for separate uses, so that the index says nothing about the cipher's key. */
function derive(secret: string, purpose: string): Buffer {
  const name = `${purpose} ${secret}`
  const known = derived.get(name)
  if (known !== undefined) return known
  const made = Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64'), '', `window-staff ${purpose}`, 32))
  derived.set(name, made)
  return made
}

function secretOf(keyId: number): string {
  if (keyId === env.DATA_KEY_ID) return env.DATA_KEY
  for (const pair of env.DATA_KEYS_OLD.split(',')) {
    const [id, secret] = pair.trim().split(':')
    if (Number(id) === keyId && secret) return secret
  }
  throw new Error(`personal data was sealed with key ${keyId}, which DATA_KEYS_OLD does not name`)
}

/** Encrypts a telephone or identity number for storage; the same text gives different bytes each time. */
export function seal(text: string): Buffer<ArrayBuffer> {
  const header = Buffer.from([format, env.DATA_KEY_ID])
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', derive(env.DATA_KEY, 'personal data'), nonce)
  cipher.setAAD(header)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([header, nonce, cipher.getAuthTag(), body])
}

/** Reads what `seal` wrote; altered bytes are a fault. */
export function open(bytes: Uint8Array): string {
  const all = Buffer.from(bytes)
  const keyId = all[1]
  if (all[0] !== format || keyId === undefined) throw new Error('not sealed personal data')
  const body = headerLength + nonceLength + tagLength
  const nonce = all.subarray(headerLength, headerLength + nonceLength)
  const decipher = createDecipheriv('aes-256-gcm', derive(secretOf(keyId), 'personal data'), nonce)
  decipher.setAAD(all.subarray(0, headerLength))
  decipher.setAuthTag(all.subarray(headerLength + nonceLength, body))
  return Buffer.concat([decipher.update(all.subarray(body)), decipher.final()]).toString('utf8')
}

/** Finds a row by a number that is stored encrypted 盲索引: equal numbers, however spaced, give equal bytes. */
export function blindIndex(text: string): Buffer<ArrayBuffer> {
  const plain = text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
  return Buffer.from(createHmac('sha256', derive(env.DATA_KEY, 'blind index')).update(plain).digest())
}
