export type SpoolErrorCode =
  /** The folder, the file or the disk refuses: nothing can be written. */
  | 'spool_not_writable'
  /** The bound of the configuration is reached, and nothing that was delivered is left to give up. */
  | 'spool_full'

/** The spool cannot be used; the message says what to do about it. */
export class SpoolError extends Error {
  override readonly name = 'SpoolError'
  readonly code: SpoolErrorCode

  constructor(message: string, details: { code?: SpoolErrorCode; cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = details.code ?? 'spool_not_writable'
  }
}

const anotherFolder = 'Give the agent the right to write there, or set another dataDir.'
const inTheWay = 'A part of this path is a file: set another dataDir.'
const nowhere = 'The folder cannot be made: is the file system read-only, or a part of the path missing?'
const full = 'The disk is full: free some space.'
const remedies: Readonly<Record<string, string>> = {
  EACCES: anotherFolder,
  EPERM: anotherFolder,
  EROFS: 'The file system is read-only: set a dataDir on one that can be written.',
  ENOSPC: full,
  EDQUOT: full,
  ENOTDIR: inTheWay,
  EEXIST: inTheWay,
  ENOENT: nowhere,
  EISDIR: 'A folder lies where a file of the spool belongs: move it away.',
  EIO: 'The disk reports an error: replace it, and copy the folder before anything else.',
}

/** What went wrong with the files, with what to do about it. */
export function explained(error: unknown, folder: string): SpoolError {
  if (error instanceof SpoolError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  const remedy = remedies[code] ?? 'Check the folder and the disk.'
  return new SpoolError(`Punches cannot be kept in ${folder} (${code}). ${remedy}`, { cause: error })
}

/** The configured bound is reached with punches that the server does not have yet. */
export function spoolFull(folder: string, limitBytes: number, waiting: number): SpoolError {
  const megabytes = Math.round(limitBytes / 2 ** 20)
  const message =
    `The spool ${folder} is full: ${waiting} punches wait for the server and fill its ${megabytes} MB. ` +
    'Bring the server back, or set a larger spoolMegabytes. Until then no finger is taken; nothing that was taken is lost.'
  return new SpoolError(message, { code: 'spool_full' })
}
