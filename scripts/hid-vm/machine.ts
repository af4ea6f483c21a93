import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, writeFileSync } from 'node:fs'
import {
  appendFile,
  chmod,
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Kernel } from './kernel.ts'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../..')
const require = createRequire(import.meta.url)

/** The kernel modules the tests need: virtual HID devices, and the driver that gives them a /dev/hidraw. */
const wantedModules = ['uhid', 'hid_generic']

function output(file: string, args: readonly string[]): string {
  return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** A module's name as its file carries it, whichever dash, and however it is compressed. */
function moduleName(file: string): string | null {
  return /^(.+)\.ko(\.xz|\.zst|\.gz)?$/.exec(basename(file))?.[1]?.replaceAll('-', '_') ?? null
}

function unpackModule(file: string, target: string): void {
  const unpack = { xz: ['xz', '-dc'], zst: ['zstd', '-dcq'], gz: ['gzip', '-dc'] }[file.split('.').at(-1) ?? '']
  if (!unpack) {
    copyFileSync(file, target)
    return
  }
  const [program = '', ...options] = unpack
  const bytes = execFileSync(program, [...options, file], { maxBuffer: 64 << 20 })
  writeFileSync(target, bytes)
}

/** Copies the wanted modules and what they depend on, and writes down in which order they are loaded. */
async function addModules(kernel: Kernel, target: string): Promise<void> {
  await mkdir(target, { recursive: true })
  const files = new Map((await filesBelow(kernel.modules)).flatMap((file) => [[moduleName(file), file] as const]))
  const order: string[] = []
  const add = (name: string): void => {
    const file = files.get(name.replaceAll('-', '_'))
    // What has no file is built into the kernel.
    if (file === undefined || order.includes(`${name}.ko`)) return
    const unpacked = join(target, `${name}.ko`)
    unpackModule(file, unpacked)
    const depends = output('/usr/bin/env', ['PATH=/usr/sbin:/sbin:/usr/bin:/bin', 'modinfo', '-F', 'depends', unpacked])
    for (const other of depends.trim().split(',').filter(Boolean)) add(other.replaceAll('-', '_'))
    order.push(`${name}.ko`)
  }
  for (const name of wantedModules) add(name)
  await writeFile(join(target, 'order'), `${order.join('\n')}\n`)
}

/** The shared libraries of programs, loader included, at the paths where they are looked for. */
async function addLibraries(programs: readonly string[], target: string): Promise<void> {
  const listed = programs.flatMap((program) => output('ldd', [program]).match(/\/\S+\.so\S*/g) ?? [])
  for (const library of new Set(listed)) {
    await mkdir(join(target, dirname(library)), { recursive: true })
    await copyFile(library, join(target, library))
  }
}

/** node-hid with its one prebuilt binding for this system, and the little package that finds it. */
async function addNodeHid(target: string): Promise<string> {
  const home = dirname(require.resolve('node-hid/package.json'))
  const binding = `HID_hidraw-linux-${process.arch}`
  const unwanted = (path: string) => /\/(hidapi|src|node_modules)(\/|$)/.test(path) || isOtherBinding(path, binding)
  const filter = (path: string) => !unwanted(path.slice(home.length))
  await cp(home, join(target, 'node-hid'), { recursive: true, filter })
  const helper = dirname(createRequire(join(home, 'package.json')).resolve('pkg-prebuilds/package.json'))
  await cp(helper, join(target, 'pkg-prebuilds'), { recursive: true })
  const [file] = (await filesBelow(join(target, 'node-hid/prebuilds', binding))).filter((one) => one.endsWith('.node'))
  return file ?? ''
}

function isOtherBinding(path: string, binding: string): boolean {
  const [, name] = /\/prebuilds\/([^/]+)/.exec(path) ?? []
  return name !== undefined && name !== binding
}

function packed(folder: string): Buffer {
  const script = 'find . -print0 | LC_ALL=C sort -z | cpio --null --create --format=newc --quiet --owner=+0:+0'
  return execFileSync('sh', ['-c', script], { cwd: folder, maxBuffer: 1 << 30 })
}

/** What changes rarely: busybox, Node, node-hid, modules. Made once for a kernel and a Node. */
async function system(kernel: Kernel, cache: string): Promise<string> {
  const parts = [kernel.version, process.version, process.arch, await readFile(join(here, 'init'), 'utf8')]
  parts.push(await readFile(fileURLToPath(import.meta.url), 'utf8'), require('node-hid/package.json').version)
  const key = createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16)
  const archive = join(cache, `system-${key}.cpio`)
  if (existsSync(archive)) return archive
  for (const name of await readdir(cache))
    if (name.startsWith('system-')) await rm(join(cache, name), { recursive: true })
  const stage = await mkdtemp(join(cache, 'system-'))
  try {
    for (const folder of ['bin', 'proc', 'sys', 'dev', 'tmp', 'program']) await mkdir(join(stage, folder))
    await copyFile('/bin/busybox', join(stage, 'bin/busybox'))
    await copyFile(join(here, 'init'), join(stage, 'init'))
    await chmod(join(stage, 'init'), 0o755)
    await copyFile(process.execPath, join(stage, 'bin/node'))
    const binding = await addNodeHid(join(stage, 'program/node_modules'))
    await addLibraries([process.execPath, binding], stage)
    await addModules(kernel, join(stage, 'modules'))
    await writeFile(`${archive}.new`, packed(stage))
    await rename(`${archive}.new`, archive)
  } finally {
    await rm(stage, { recursive: true, force: true })
  }
  return archive
}

/** The machine's initial file system: the kept system, followed by today's program. */
export async function fileSystem(kernel: Kernel, cache: string, entry: string): Promise<string> {
  const base = await system(kernel, cache)
  const stage = await mkdtemp(join(cache, 'program-'))
  try {
    await build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile: join(stage, 'program/main.mjs'),
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      external: ['node-hid'],
      // Libraries made for CommonJS ask for Node's own modules by require.
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      logLevel: 'warning',
    })
    const image = join(cache, `machine-${process.pid}.cpio`)
    await copyFile(base, image)
    await appendFile(image, packed(stage))
    return image
  } finally {
    await rm(stage, { recursive: true, force: true })
  }
}
