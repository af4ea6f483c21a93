import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { createServer, type Server } from 'node:net'

/**
 * Two agents with one data folder would mix up one spool. The lock is a name that the system frees by itself when the
 * process ends, however it ends, so no stale lock is ever left behind. Systems other than Linux and Windows have no such
 * name; there the folder is not guarded.
 */
export async function lockFolder(folder: string): Promise<{ release(): void }> {
  const name = `window-staff-agent-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32)}`
  const path = { linux: `\0${name}`, win32: `\\\\.\\pipe\\${name}` }[process.platform as string]
  if (!path) return { release: () => undefined }
  const server = await new Promise<Server>((resolve, reject) => {
    const lock = createServer()
    lock.once('error', (error) =>
      reject(new Error(`Another agent already uses ${folder}. Stop it first.`, { cause: error })),
    )
    lock.listen(path, () => resolve(lock))
  })
  server.unref()
  return { release: () => void server.close() }
}
