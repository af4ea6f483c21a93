import { existsSync } from 'node:fs'
import { Problem } from '../lib/messages.ts'

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
