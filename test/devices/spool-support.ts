import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { type NewPunch, Spool, type SpoolOptions } from '#devices/agent/spool.ts'

/** A folder and the spools opened in it, new for each test of a file. */
export function useSpool() {
  const opened: Spool[] = []
  const here = { folder: '', open, reopen, path, files, closed, shut }
  beforeEach(() => {
    here.folder = mkdtempSync(join(tmpdir(), 'files-'))
  })
  afterEach(async () => {
    for (const spool of opened.splice(0)) await spool.close().catch(() => undefined)
    rmSync(here.folder, { recursive: true, force: true })
  })

  async function open(options: SpoolOptions = {}): Promise<Spool> {
    const spool = await Spool.open(path(), { segmentBytes: 1000, ...options })
    opened.push(spool)
    return spool
  }
  /** Closes what is open and opens it again. */
  async function reopen(options: SpoolOptions = {}): Promise<Spool> {
    await shut()
    return open(options)
  }
  function path(name = ''): string {
    return join(here.folder, 'spool', name)
  }
  function files(): string[] {
    return readdirSync(path()).sort()
  }
  function closed(): string[] {
    return files().filter((name) => /^spool-\d{8}\.journal$/.test(name))
  }
  async function shut(): Promise<void> {
    for (const spool of opened.splice(0)) await spool.close()
  }
  return here
}

export const punch = (subject: number): NewPunch => ({
  serial: 'S1',
  subject: String(subject),
  at: '2026-03-02T01:00:00.000Z',
  score: 150,
  offsetMs: -12,
  monotonicMs: subject,
})

export async function fill(spool: Spool, first: number, last: number): Promise<void> {
  for (let subject = first; subject <= last; subject++) await spool.append(punch(subject))
}

export const waiting = (spool: Spool): number[] => (spool.batch(100_000)?.punches ?? []).map(({ seq }) => seq)

/** Everything that can be sent again, as number:subject. */
export async function kept(spool: Spool, epoch = spool.epoch): Promise<string[]> {
  const all = await spool.history({ epoch, first: 1, last: 1_000_000 }, 1_000_000)
  return all.map(({ seq, subject }) => `${seq}:${subject}`)
}

export const from = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at)
export const both = (first: number, last: number): string[] => from(first, last).map((n) => `${n}:${n}`)
