import { type Zippable, zipSync } from 'fflate'
import type { PrintKind } from '#app/db/print-jobs.server.ts'
import { fileNameOf, type PrintProblem } from '#app/domain/assessment/print-job.ts'
import { type RegisterDocument, type RenderOptions, renderRegister, renderRegisters } from '#app/pdf/registers.ts'

/** One person's register, ready to be drawn. */
export type Paper = { readonly personId: string; readonly document: RegisterDocument }
type Job = { readonly kind: PrintKind; readonly createdAt: Date }
type Options = Required<RenderOptions>
type File = Uint8Array<ArrayBuffer>

/** The file of a job; `bytes` is null when not one register could be printed, the whole is null when it was cancelled. */
export type PrintFile = { readonly bytes: File | null; readonly problems: readonly PrintProblem[] } | null

/** One merged file for a duplex printer, or one file a person in a zip. A register that cannot be drawn is left out and named. */
export async function printFileOf(job: Job, papers: readonly Paper[], options: Options): Promise<PrintFile> {
  try {
    return job.kind === 'zip' ? await zipped(job, papers, options) : await merged(papers, options)
  } catch (fault) {
    if (options.signal.aborted) return null
    throw fault
  }
}

const notRendered = (personId: string): PrintProblem => ({ personId, code: 'not_rendered', facts: {} })

async function merged(papers: readonly Paper[], options: Options): Promise<PrintFile> {
  if (papers.length === 0) return { bytes: null, problems: [] }
  try {
    const bytes = await renderRegisters(
      papers.map((paper) => paper.document),
      options,
    )
    return options.signal.aborted ? null : { bytes: owned(bytes), problems: [] }
  } catch (fault) {
    if (options.signal.aborted) return null
    const bad = await undrawable(papers, options.signal)
    // Each draws alone: the fault is not one person's.
    if (bad.size === 0) throw fault
    const rest = await merged(
      papers.filter((paper) => !bad.has(paper.personId)),
      options,
    )
    return rest && { bytes: rest.bytes, problems: [...bad].map(notRendered) }
  }
}

/** Whose register cannot be drawn, found by drawing each alone. */
async function undrawable(papers: readonly Paper[], signal: AbortSignal): Promise<Set<string>> {
  const bad = new Set<string>()
  for (const { personId, document } of papers) {
    if (signal.aborted) break
    if ((await drawn(document)) === null) bad.add(personId)
  }
  return bad
}

async function drawn(document: RegisterDocument): Promise<Uint8Array | null> {
  try {
    return await renderRegister(document)
  } catch {
    return null
  }
}

async function zipped({ createdAt }: Job, papers: readonly Paper[], { onDone, signal }: Options): Promise<PrintFile> {
  const files: Zippable = {}
  const problems: PrintProblem[] = []
  let done = 0
  for (const { personId, document } of papers) {
    if (signal.aborted) return null
    const bytes = await drawn(document)
    if (bytes === null) problems.push(notRendered(personId))
    // Its streams are deflated already: packing again would cost time and save nothing.
    else files[fileNameOf(document.number, document.person, 'pdf')] = [bytes, { level: 0, mtime: createdAt }]
    done += 1
    onDone(done)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { bytes: Object.keys(files).length === 0 ? null : owned(zipSync(files)), problems }
}

/** A copy that owns its memory, as the database wants it. */
function owned(bytes: Uint8Array): File {
  return new Uint8Array(bytes)
}
