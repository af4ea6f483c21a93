import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '../lib/messages.ts'

/** An unpacked stock Debian kernel: its image and the folder with its modules. */
export type Kernel = { readonly image: string; readonly modules: string; readonly version: string }

/** Debian's name for "the kernel of this release". */
const newest = 'linux-image-amd64'

function output(file: string, args: readonly string[], cwd?: string): string {
  return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...(cwd ? { cwd } : {}) })
}

/** The package that the release's kernel is in at present; null when the package lists are empty. */
function packageName(): string | null {
  return /Depends: (linux-image-\d\S*)/.exec(output('apt-cache', ['depends', newest]))?.[1] ?? null
}

function refreshedName(): string {
  const known = packageName()
  if (known !== null) return known
  if (process.getuid?.() === 0) execFileSync('apt-get', ['update', '-q'], { stdio: 'ignore' })
  const name = packageName()
  if (name === null) throw new Problem('kernel_missing', { package: newest })
  return name
}

/** Downloads and unpacks the kernel once; later calls find it. Nothing is installed. */
export async function stockKernel(cache: string): Promise<Kernel> {
  const folder = join(cache, 'kernel')
  if (!existsSync(folder)) await download(cache, folder)
  const image = (await readdir(folder)).find((name) => name.startsWith('vmlinuz-'))
  if (image === undefined) throw new Problem('kernel_missing', { package: newest })
  return { image: join(folder, image), modules: join(folder, 'modules'), version: image.slice('vmlinuz-'.length) }
}

async function download(cache: string, folder: string): Promise<void> {
  await mkdir(cache, { recursive: true })
  const fresh = await mkdtemp(join(cache, 'kernel-'))
  try {
    output('apt-get', ['download', '-q', refreshedName()], fresh)
    const [archive] = await readdir(fresh)
    output('dpkg-deb', ['-x', archive ?? '', 'unpacked'], fresh)
    await rename(join(fresh, 'unpacked/boot'), join(fresh, 'kept'))
    await rename(await modulesBelow(join(fresh, 'unpacked')), join(fresh, 'kept/modules'))
    await rename(join(fresh, 'kept'), folder)
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem('kernel_missing', { package: newest })
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

/** The drivers of HID devices, and where this release keeps them; the other four hundred megabytes are let go. */
async function modulesBelow(root: string): Promise<string> {
  const parent = existsSync(join(root, 'lib/modules')) ? join(root, 'lib/modules') : join(root, 'usr/lib/modules')
  const [version = ''] = await readdir(parent)
  return join(parent, version, 'kernel/drivers/hid')
}
