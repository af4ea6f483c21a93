import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

type Cost = { readonly n: number; readonly r: number; readonly p: number }

const cost: Cost = { n: 2 ** 15, r: 8, p: 3 }
// Sixty random bits cannot be guessed at any cost; a slip for each of a whole hall must not take a minute.
const codeCost: Cost = { n: 2 ** 12, r: 8, p: 1 }
const keyLength = 32

function derive(password: string, salt: Buffer, n: number, r: number, p: number): Promise<Buffer> {
  const options: ScryptOptions = { N: n, r, p, maxmem: 256 * n * r }
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyLength, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

/** A password as it is stored: `scrypt$1$n$r$p$salt$key`, so that a later cost or algorithm can stand beside this one. */
export function hashPassword(password: string): Promise<string> {
  return stored(password, cost)
}

/** An activation code as it is stored: the same form at a lower cost, for codes made here by chance and by nobody's taste. */
export function hashCode(code: string): Promise<string> {
  return stored(code, codeCost)
}

async function stored(password: string, { n, r, p }: Cost): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, n, r, p)
  return ['scrypt', '1', n, r, p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

// Nobody's password: an unknown account costs as long as a known one.
const nobody = ['scrypt', '1', cost.n, cost.r, cost.p, 'AAAAAAAAAAAAAAAAAAAAAA', 'A'.repeat(43)].join('$')

/** Whether this is the password. Without a stored one it works as long and says no, so that time betrays no account. */
export async function verifyPassword(password: string, kept: string | null): Promise<boolean> {
  const [kind, version, n, r, p, salt, key] = (kept ?? nobody).split('$')
  if (kind !== 'scrypt' || version !== '1' || !salt || !key) throw new Error('a stored password has an unknown form')
  const expected = Buffer.from(key, 'base64url')
  const actual = await derive(password, Buffer.from(salt, 'base64url'), Number(n), Number(r), Number(p))
  // A code is cheap to compare; it must not be told from a password by the time of the answer.
  if (Number(n) < cost.n) await derive(password, Buffer.alloc(16), cost.n, cost.r, cost.p)
  return expected.length === actual.length && timingSafeEqual(expected, actual) && kept !== null
}
