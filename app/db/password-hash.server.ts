import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

const cost = { n: 2 ** 15, r: 8, p: 3 }
const keyLength = 32

function derive(password: string, salt: Buffer, n: number, r: number, p: number): Promise<Buffer> {
  const options: ScryptOptions = { N: n, r, p, maxmem: 256 * n * r }
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyLength, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

/** A password as it is stored: `scrypt$1$n$r$p$salt$key`, so that a later cost or algorithm can stand beside this one. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost.n, cost.r, cost.p)
  return ['scrypt', '1', cost.n, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

// Nobody's password: an unknown account costs as long as a known one.
const nobody = ['scrypt', '1', cost.n, cost.r, cost.p, 'AAAAAAAAAAAAAAAAAAAAAA', 'A'.repeat(43)].join('$')

/** Whether this is the password. Without a stored one it works as long and says no, so that time betrays no account. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [kind, version, n, r, p, salt, key] = (stored ?? nobody).split('$')
  if (kind !== 'scrypt' || version !== '1' || !salt || !key) throw new Error('a stored password has an unknown form')
  const expected = Buffer.from(key, 'base64url')
  const actual = await derive(password, Buffer.from(salt, 'base64url'), Number(n), Number(r), Number(p))
  return expected.length === actual.length && timingSafeEqual(expected, actual) && stored !== null
}
