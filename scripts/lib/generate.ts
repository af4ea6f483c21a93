import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../', import.meta.url))
const schemaFile = join(root, 'prisma/schema.prisma')
const folder = join(root, 'app/db/generated')
const stamp = join(folder, '.schema-sha256')

/** The client depends on the schema and on Prisma's own version, on nothing else. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(schemaFile))
  return hash.update(await readFile(join(root, 'node_modules/prisma/package.json'))).digest('hex')
}

async function stamped(): Promise<string | null> {
  return existsSync(stamp) ? (await readFile(stamp, 'utf8')).trim() : null
}

/** Writes the Prisma client into app/db/generated when the schema has changed; returns whether it did. */
export async function generateClient(): Promise<boolean> {
  const wanted = await fingerprint()
  if ((await stamped()) === wanted) return false
  await promisify(execFile)(process.execPath, [join(root, 'node_modules/prisma/build/index.js'), 'generate'], {
    cwd: root,
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'scripts/no-engine.sh'),
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  })
  await writeFile(stamp, `${wanted}\n`)
  return true
}
