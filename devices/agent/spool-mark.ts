import { z } from 'zod'
import { ownerOnly, type SpoolFiles } from './journal-file.ts'

const markFile = z.object({ epoch: z.uuid(), next: z.int().min(1) })

export type Mark = { isReachedBy(found: { epoch: string; next: number }, known: readonly string[]): boolean }

/** What was noted outside the spool's folder of how far its numbers went; null when nothing readable was. */
export async function readMark(files: SpoolFiles, path: string | undefined): Promise<Mark | null> {
  if (path === undefined) return null
  const text = await files.readFile(path, 'utf8').catch(() => null)
  const mark = text === null ? undefined : markFile.safeParse(parsed(text)).data
  if (!mark) return null
  return {
    isReachedBy: (found, known) =>
      known.includes(mark.epoch) && (found.epoch !== mark.epoch || found.next >= mark.next),
  }
}

/** Never half of it, and no reason to fail: without a mark only an old copy goes unnoticed. */
export async function writeMark(
  files: SpoolFiles,
  path: string | undefined,
  mark: z.infer<typeof markFile>,
): Promise<void> {
  if (path === undefined) return
  const written = files.writeFile(`${path}.new`, JSON.stringify(mark), { mode: ownerOnly })
  await written.then(() => files.rename(`${path}.new`, path)).catch(() => undefined)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
