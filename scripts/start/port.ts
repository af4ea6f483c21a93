import { readdir, readFile, readlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { Problem } from '../lib/messages.ts'

async function isFree(port: number, host: string): Promise<boolean> {
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE') return false
    throw new Problem('port_refused', { port, host, reason: (cause as Error).message })
  } finally {
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
}

/** The socket inodes that listen on a port, from /proc; nothing on systems without it. */
async function listeners(port: number): Promise<Set<string>> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')),
  )
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = tables.flatMap((table) => table.split('\n').slice(1)).map((line) => line.trim().split(/\s+/))
  const listening = rows.filter((row) => row[1]?.endsWith(wanted) && row[3] === '0A')
  return new Set(listening.map((row) => `socket:[${row[9]}]`))
}

async function holds(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`
  const names = await readdir(folder).catch(() => [])
  const targets = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')))
  return targets.some((target) => sockets.has(target))
}

/** Which program listens there, as far as this user may know. */
async function whoListens(port: number): Promise<string> {
  const sockets = await listeners(port)
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  for (const pid of sockets.size > 0 ? pids : []) {
    if (!(await holds(pid, sockets))) continue
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    return `${command.replaceAll('\0', ' ').trim().slice(0, 120)}, ${pid}`
  }
  return '?'
}

/** Refuses to start on a taken port, and says who holds it; it never moves to another one by itself. */
export async function requirePort(port: number, host: string): Promise<void> {
  if (port === 0 || (await isFree(port, host))) return
  throw new Problem('web_port_taken', { port, other: port + 1, who: await whoListens(port) })
}
