import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '../lib/messages.ts'

export const pidFile = (dataDir: string, name: 'server' | 'agent') => join(dataDir, 'logs', `${name}.pid`)

async function commandOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
}

/** Takes the data folder for this process; refuses while another start script lives on it. */
export async function claimFolder(dataDir: string): Promise<void> {
  const file = join(dataDir, 'logs', 'start.pid')
  const pid = Number(await readFile(file, 'utf8').catch(() => '0'))
  if (pid > 0 && pid !== process.pid && /scripts\/start\.ts/.test(await commandOf(pid))) {
    throw new Problem('already_running', { folder: dataDir, pid })
  }
  await mkdir(join(dataDir, 'logs'), { recursive: true })
  await writeFile(file, `${process.pid}\n`)
}

/** A number may belong to another program by now; only ours is ended. */
async function isOurs(pid: number): Promise<boolean> {
  return /build\/(server|agent)\.js/.test(await commandOf(pid))
}

/** Ends server and agent that a killed start script left behind; otherwise they would hold port and readers. */
export async function endLeftOvers(dataDir: string): Promise<number> {
  const files = [pidFile(dataDir, 'agent'), pidFile(dataDir, 'server')]
  const noted = await Promise.all(files.map((file) => readFile(file, 'utf8').then(Number, () => 0)))
  const alive: number[] = []
  for (const pid of noted) if (pid > 0 && (await isOurs(pid))) alive.push(pid)
  for (const pid of alive) process.kill(pid, 'SIGTERM')
  for (let round = 0; round < 60; round += 1) {
    const still = await Promise.all(alive.map(isOurs))
    if (!still.includes(true)) break
    await sleep(100)
  }
  return alive.length
}
