import { existsSync } from 'node:fs'
import { access, constants, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '../lib/messages.ts'
import { readEnv } from './environment.ts'

const oldest = [20, 19] as const

/** Refuses a Node that lacks what the program uses, before anything of it is loaded. */
export function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return
  throw new Problem('node_too_old', { version })
}

/** PostgreSQL keeps what its processes share in /dev/shm on Linux; some containers come without it. */
export function requireSharedMemory(): void {
  if (process.platform === 'linux' && !existsSync('/dev/shm')) throw new Problem('no_shared_memory')
}

/** Makes the data folder, or says why nothing can be written there. */
export async function requireFolder(folder: string): Promise<void> {
  const probe = join(folder, `.probe-${process.pid}`)
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK | constants.X_OK)
    await writeFile(probe, '')
    await rm(probe)
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause)
    throw new Problem('folder_not_writable', {
      folder,
      reason,
      user: readEnv().USER ?? String(process.getuid?.() ?? ''),
    })
  }
}
