import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { EnduranceAgent } from './agent.ts'
import type { FarSide } from './far-side.ts'

const program = fileURLToPath(new URL('../endurance.ts', import.meta.url))

/** A part of the endurance test in a process of its own; its error output goes to a file. */
export type Part = {
  /** Its first line of output: it has started. */
  readonly started: Promise<void>
  readonly ended: Promise<number | null>
  say(line: string): void
  kill(): Promise<void>
}

export function startPart(role: 'agent' | 'far-side', settings: EnduranceAgent | FarSide, log: string): Part {
  const words = ['--import', 'tsx', program, role, JSON.stringify(settings)]
  const child: ChildProcess = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'pipe'] })
  child.stderr?.pipe(createWriteStream(log, { flags: 'a' }))
  child.stdin?.on('error', () => undefined)
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const started = new Promise<void>((resolve, reject) => {
    if (child.stdout) createInterface({ input: child.stdout }).once('line', () => resolve())
    void ended.then((code) => reject(new Error(`${role} ended with ${code} before it had started; see ${log}`)))
  })
  started.catch(() => undefined)
  return {
    started,
    ended,
    say: (line) => void child.stdin?.write(`${line}\n`),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
