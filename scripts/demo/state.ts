import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What the demo remembers between two starts. */
export type DemoState = {
  readonly seed: string
  /** The civil day the centre was made on. */
  readonly madeOn: string
  /** The last instant the demo has shown, epoch milliseconds. */
  readonly lastMs: number
}

const fileIn = (dataDir: string) => join(dataDir, 'demo.json')

/** Null before the first start. */
export async function readState(dataDir: string): Promise<DemoState | null> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null
    throw cause
  })
  return text === null ? null : (JSON.parse(text) as DemoState)
}

/** Written beside and renamed, so that a power cut leaves the old or the new one. */
export async function writeState(dataDir: string, state: DemoState): Promise<void> {
  const fresh = `${fileIn(dataDir)}.new`
  await writeFile(fresh, `${JSON.stringify(state, null, 2)}\n`)
  await rename(fresh, fileIn(dataDir))
}
