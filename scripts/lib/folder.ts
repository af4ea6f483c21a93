import { existsSync } from 'node:fs'
import { access, constants, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Problem } from './messages.ts'

/** Parents one by one: Node's own recursive mkdir never returns where a file system answers ENOENT to every try (/proc). */
async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return
  if (dirname(folder) !== folder) await makeFolder(dirname(folder))
  await mkdir(folder)
}

/** Makes a folder, or says why nothing can be written there. */
export async function requireFolder(folder: string): Promise<void> {
  const probe = join(folder, `.probe-${process.pid}`)
  try {
    await makeFolder(folder)
    await access(folder, constants.W_OK | constants.X_OK)
    await writeFile(probe, '')
    await rm(probe)
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause)
    const user = process.env.USER ?? String(process.getuid?.() ?? '')
    throw new Problem('folder_not_writable', { folder, reason, user })
  }
}
