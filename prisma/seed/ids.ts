import { createHash } from 'node:crypto'

/** A UUIDv7 whose time is fixed and whose random part comes from the keys: the same demo centre has the same ids. */
export function seedId(...keys: readonly (string | number)[]): string {
  const digest = createHash('sha256').update(keys.join('/')).digest('hex')
  const variant = '89ab'[Number.parseInt(digest.slice(15, 16), 16) % 4]
  return `01980000-0000-7${digest.slice(0, 3)}-${variant}${digest.slice(3, 6)}-${digest.slice(6, 18)}`
}
