import { spawnSync } from 'node:child_process'
import { chown, readFile, stat } from 'node:fs/promises'
import { Problem } from './messages.ts'
import { type Binaries, readableCopy } from './postgres-binaries.ts'

/** How a PostgreSQL program is started so that it does not run as root: plainly, as somebody else, or in a user namespace. */
export type RunAs =
  | { readonly how: 'self' }
  | { readonly how: 'user'; readonly uid: number; readonly gid: number }
  | { readonly how: 'namespace' }

export type Runner = { readonly binaries: Binaries; readonly as: RunAs }

type User = { readonly name: string; readonly uid: number; readonly gid: number }

const namespaceArguments = ['--user', '--map-user=1000', '--map-group=1000']

async function usersOfSystem(): Promise<readonly User[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
  })
}

/** Whoever owns the cluster already; else postgres, else nobody. */
async function userFor(cluster: string): Promise<User> {
  const users = await usersOfSystem()
  const owner = await stat(cluster).catch(() => null)
  if (owner !== null && owner.uid !== 0) {
    const known = users.find((user) => user.uid === owner.uid)
    return known ?? { name: String(owner.uid), uid: owner.uid, gid: owner.gid }
  }
  const found = users.find(({ name }) => name === 'postgres') ?? users.find(({ name }) => name === 'nobody')
  return found ?? { name: 'nobody', uid: 65534, gid: 65534 }
}

function canRun(binaries: Binaries, user: User): boolean {
  return spawnSync(binaries.postgres, ['--version'], { uid: user.uid, gid: user.gid, cwd: '/' }).status === 0
}

function canEnter(folder: string, user: User): boolean {
  const { uid, gid } = user
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { uid, gid, cwd: '/' }).status === 0
}

function namespaceWorks(): boolean {
  return spawnSync('unshare', [...namespaceArguments, 'true'], { cwd: '/' }).status === 0
}

/**
 * PostgreSQL refuses to run as root. `folder` holds the cluster; its parents must let the other user through,
 * otherwise a user namespace serves, in which root itself is an ordinary user.
 */
export async function chooseRunner(binaries: Binaries, folder: string, cluster: string): Promise<Runner> {
  if (process.getuid?.() !== 0) return { binaries, as: { how: 'self' } }
  const owned = await stat(cluster).catch(() => null)
  if (owned?.uid === 0 && namespaceWorks()) return { binaries, as: { how: 'namespace' } }
  const user = await userFor(cluster)
  const enters = canEnter(folder, user)
  if (enters && canRun(binaries, user)) return { binaries, as: { how: 'user', uid: user.uid, gid: user.gid } }
  if (owned === null && namespaceWorks()) return { binaries, as: { how: 'namespace' } }
  if (!enters) throw new Problem('folder_not_reachable', { user: user.name, folder })
  return { binaries: await readableCopy(binaries), as: { how: 'user', uid: user.uid, gid: user.gid } }
}

export type Command = {
  readonly file: string
  readonly args: readonly string[]
  readonly options: { readonly cwd: string; readonly uid?: number; readonly gid?: number }
}

/** The command line of one PostgreSQL program for this runner. */
export function commandFor(runner: Runner, file: string, args: readonly string[], cwd: string): Command {
  if (runner.as.how === 'namespace')
    return { file: 'unshare', args: [...namespaceArguments, file, ...args], options: { cwd } }
  if (runner.as.how === 'self') return { file, args, options: { cwd } }
  return { file, args, options: { cwd, uid: runner.as.uid, gid: runner.as.gid } }
}

/** Gives a file or folder to whoever runs the database. */
export async function giveTo(runner: Runner, path: string): Promise<void> {
  if (runner.as.how === 'user') await chown(path, runner.as.uid, runner.as.gid)
}
