import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process, told apart from a later one with the same number by its start time where the system shows it. */
type ProcessId = { readonly pid: number; readonly started: string | null }

async function procField(pid: number): Promise<{ state: string; started: string } | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (text === null) return null
  // The second field is the program's name in brackets and may hold anything; what follows it is plain.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0] ?? '', started: fields[19] ?? '' }
}

/** True while the process runs; one that has ended and waits for its parent does not count. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return (await procField(pid))?.state !== 'Z'
}

async function identify(pid: number): Promise<ProcessId> {
  return { pid, started: (await procField(pid))?.started ?? null }
}

const starterFile = (folder: string) => join(folder, 'starter.json')

/** Notes that this process answers for the database in the folder. */
export async function claim(folder: string): Promise<void> {
  await writeFile(starterFile(folder), JSON.stringify(await identify(process.pid)), { mode: 0o600 })
}

export async function release(folder: string): Promise<void> {
  await rm(starterFile(folder), { force: true })
}

/** The other process that answers for the database in the folder, or null when it is gone (ended, or killed). */
export async function livingStarter(folder: string): Promise<number | null> {
  const text = await readFile(starterFile(folder), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const noted = JSON.parse(text) as ProcessId
    const same = (await isAlive(noted.pid)) && (await identify(noted.pid)).started === noted.started
    return same && noted.pid !== process.pid ? noted.pid : null
  } catch {
    return null
  }
}

export type Postmaster = { readonly pid: number; readonly port: number }

/** What the server wrote about itself into its folder; null when it does not run, also after waiting for it. */
export async function postmasterOf(cluster: string, patienceMs = 0): Promise<Postmaster | null> {
  for (let waited = 0; ; waited += 50) {
    const found = await readPostmaster(cluster)
    if (found !== null || waited >= patienceMs) return found
    await sleep(50)
  }
}

async function readPostmaster(cluster: string): Promise<Postmaster | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => null)
  if (text === null) return null
  const lines = text.split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!Number.isInteger(pid) || pid <= 0 || !(port > 0) || !(await isPostgres(pid))) return null
  return { pid, port }
}

/** After a container has been restarted the number may belong to something else altogether. */
async function isPostgres(pid: number): Promise<boolean> {
  if (!(await isAlive(pid))) return false
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)
  return command === null || command.includes('postgres')
}

/** Removes what a server that is certainly gone left behind, where PostgreSQL itself would hesitate. */
export async function removeStalePid(cluster: string): Promise<void> {
  if (existsSync(join(cluster, 'postmaster.pid')) && (await postmasterOf(cluster)) === null) {
    await rm(join(cluster, 'postmaster.pid'), { force: true })
  }
}

async function gone(cluster: string, pid: number, within: number): Promise<boolean> {
  for (let waited = 0; waited < within; waited += 20) {
    if (!existsSync(join(cluster, 'postmaster.pid')) && !(await isAlive(pid))) return true
    if (!(await isAlive(pid))) return true
    await sleep(20)
  }
  return false
}

/** Fast shutdown: connections are ended, everything committed is on disk. An unwilling server is stopped at once; it recovers at its next start. */
export async function stopPostmaster(cluster: string, pid: number): Promise<void> {
  for (const [signal, within] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await gone(cluster, pid, within)) return
  }
}
