import { createHash } from 'node:crypto'
import { createServer } from 'node:net'

export type Lock = { release(): Promise<void> }

/**
 * A name that only one process of this machine (on Linux: of this network namespace) can hold, and that the system frees
 * by itself when the process ends, however it ends: no stale lock is ever left behind. Null when somebody holds it, this
 * process included. Systems other than Linux and Windows have no such name; macOS opens HID devices for one process
 * only, others are not guarded.
 */
export async function lockName(name: string): Promise<Lock | null> {
  const path = systemPath(name)
  const unguarded: Lock = { release: async () => undefined }
  if (!path) return unguarded
  // Whoever knocks is sent away: a connection that stays would keep the name after its release.
  const server = createServer((knocking) => knocking.destroy())
  const refused = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    server.once('error', resolve)
    server.listen(path, () => resolve(null))
  })
  if (refused) return heldByOther.has(refused.code ?? '') ? null : unguarded
  server.unref()
  return { release: () => new Promise((resolve) => void server.close(() => resolve())) }
}

/** Windows says EACCES when the holder runs as another user. */
const heldByOther: ReadonlySet<string> = new Set(['EADDRINUSE', 'EACCES', 'EPERM'])

/** What a serial number may contain is the maker's; the system's names are short and plain. */
export function systemPath(name: string, platform: string = process.platform): string | undefined {
  const plain = `window-staff-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`
  return { linux: `\0${plain}`, win32: `\\\\.\\pipe\\${plain}` }[platform]
}
