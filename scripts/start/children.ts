import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, existsSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

export type ChildPlan = {
  readonly name: string
  readonly script: string
  readonly args?: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly log: string
  /** Where its process id is noted, in case this script is killed and cannot stop it. */
  readonly pidFile: string
  /** How long it may take to end by itself before it is ended. */
  readonly patienceMs: number
}

export type Supervised = {
  readonly pid: () => number | null
  readonly stop: () => Promise<void>
}

export type Say = (line: string) => void

const firstPause = 400
const longestPause = 15_000
const settledAfter = 60_000
const largestLog = 20_000_000

function openLog(file: string) {
  if (existsSync(file) && statSync(file).size > largestLog) renameSync(file, `${file}.1`)
  return createWriteStream(file, { flags: 'a', mode: 0o600 })
}

function start(plan: ChildPlan): ChildProcess {
  // A group of its own: Ctrl-C reaches this script only, which then stops everything in order.
  const child = spawn(process.execPath, ['--enable-source-maps', plan.script, ...(plan.args ?? [])], {
    env: plan.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  writeFileSync(plan.pidFile, `${child.pid ?? 0}\n`)
  const log = openLog(plan.log)
  child.stdout?.pipe(log, { end: false })
  child.stderr?.pipe(log, { end: false })
  child.once('close', () => log.end())
  return child
}

function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? String(code)))
    child.once('error', (cause) => resolve(cause.message))
  })
}

/**
 * Keeps one process running: when it ends by itself it is started again, after a pause that doubles while it keeps
 * failing. Nothing is lost in between, because punches wait in the agent's spool and rows in the database.
 */
export function supervise(plan: ChildPlan, say: Say): Supervised {
  let stopping = false
  let child: ChildProcess | null = null
  const wake = new AbortController()

  async function keepRunning(): Promise<void> {
    let pause = firstPause
    while (!stopping) {
      const began = performance.now()
      child = start(plan)
      const how = await ended(child)
      child = null
      if (stopping) return
      if (performance.now() - began > settledAfter) pause = firstPause
      say(
        `${plan.name} 意外停止（${how}），${pause / 1000} 秒后重新启动。${plan.name} ended (${how}); starting again. ${plan.log}`,
      )
      await sleep(pause, undefined, { signal: wake.signal }).catch(() => {})
      pause = Math.min(pause * 2, longestPause)
    }
  }

  const life = keepRunning()
  return {
    pid: () => child?.pid ?? null,
    stop: async () => {
      stopping = true
      wake.abort()
      const running = child
      running?.kill('SIGTERM')
      const timer = setTimeout(() => running?.kill('SIGKILL'), plan.patienceMs)
      await life
      clearTimeout(timer)
    },
  }
}
