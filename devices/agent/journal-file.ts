import type * as nodeFiles from 'node:fs/promises'
import { encodeEntry, type JournalEntry } from './journal.ts'

/** What the spool needs of the file system; tests watch or break it. */
export type SpoolFiles = Pick<
  typeof nodeFiles,
  'mkdir' | 'open' | 'readFile' | 'writeFile' | 'rename' | 'readdir' | 'stat' | 'unlink'
>

export type FileHandle = Awaited<ReturnType<SpoolFiles['open']>>

/** Who pressed a finger when is nobody else's business on this machine. */
export const ownerOnly = 0o600

/** A file that lines are appended to, and nothing else ever happens to it, except that a torn tail is cut off. */
export class JournalFile {
  readonly #file: FileHandle
  /** Everything up to here is known to be good; what lies behind is the rest of a failed write. */
  #size: number
  #dirty: boolean

  private constructor(file: FileHandle, goodBytes: number, tornBytes: number) {
    this.#file = file
    this.#size = goodBytes
    this.#dirty = tornBytes > 0
  }

  /** Goes on with a file, or begins it; what an older agent left readable to others is closed to them. */
  static async open(
    files: SpoolFiles,
    path: string,
    { goodBytes, tornBytes }: { goodBytes: number; tornBytes: number },
  ): Promise<JournalFile> {
    await files.open(path, 'a+', ownerOnly).then((created) => created.close())
    const file = await files.open(path, 'r+')
    await file.chmod(ownerOnly)
    return new JournalFile(file, goodBytes, tornBytes)
  }

  /** Begins anew, whatever a failed attempt may have left under this name. */
  static async create(files: SpoolFiles, path: string): Promise<JournalFile> {
    return new JournalFile(await files.open(path, 'w+', ownerOnly), 0, 0)
  }

  get bytes(): number {
    return this.#size
  }

  /** After a failed write the file may end in a torn line; it is cut off before anything is written behind it. */
  async append(entries: readonly JournalEntry[], durably = true): Promise<void> {
    if (this.#dirty) await this.#file.truncate(this.#size)
    const bytes = Buffer.from(entries.map(encodeEntry).join(''))
    this.#dirty = true
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, this.#size + done)
      done += bytesWritten
    }
    if (durably) await this.#file.datasync()
    this.#size += bytes.length
    this.#dirty = false
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}

/** Makes the names in a folder as durable as the files. Not every system can do this; those that cannot need it less. */
export async function syncFolder(files: SpoolFiles, path: string): Promise<void> {
  const folder = await files.open(path, 'r').catch(() => null)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}
