import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export type Keys = { readonly DATA_KEY: string; readonly SESSION_KEY: string }

/**
 * The keys of this installation, made at the first start and readable by its owner only. Whoever backs the database up
 * keeps this file apart from it: without it sealed personal data cannot be read, with it they can.
 */
export async function loadKeys(dataDir: string, env: NodeJS.ProcessEnv): Promise<Keys> {
  const file = join(dataDir, 'keys.json')
  const stored = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null
    throw cause
  })
  const keys: Keys = stored === null ? await makeKeys(file) : (JSON.parse(stored) as Keys)
  return { DATA_KEY: env.DATA_KEY || keys.DATA_KEY, SESSION_KEY: env.SESSION_KEY || keys.SESSION_KEY }
}

async function makeKeys(file: string): Promise<Keys> {
  const keys: Keys = {
    DATA_KEY: randomBytes(32).toString('base64'),
    SESSION_KEY: randomBytes(48).toString('base64url'),
  }
  const fresh = `${file}.new`
  await writeFile(fresh, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
  await rename(fresh, file)
  return keys
}
