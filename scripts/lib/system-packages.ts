import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { Problem } from './messages.ts'

type SystemPackage = { readonly name: string; readonly isThere: () => boolean }

function onPath(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}

function hasLibrary(file: string): boolean {
  const listed = spawnSync('sh', ['-c', 'PATH="$PATH:/sbin:/usr/sbin" ldconfig -p'])
  return String(listed.stdout).includes(file)
}

/** The virtual machine has no libraries for it. */
function isStatic(program: string): boolean {
  return existsSync(program) && spawnSync('ldd', [program]).status !== 0
}

/** What the tests with readers in a virtual machine use, by its Debian name. */
const forReaders: readonly SystemPackage[] = [
  { name: 'qemu-system-x86', isThere: () => onPath('qemu-system-x86_64') },
  { name: 'busybox-static', isThere: () => isStatic('/bin/busybox') },
  { name: 'cpio', isThere: () => onPath('cpio') },
  { name: 'kmod', isThere: () => existsSync('/sbin/modinfo') || onPath('modinfo') },
  { name: 'xz-utils', isThere: () => onPath('xz') },
  { name: 'libudev1', isThere: () => hasLibrary('libudev.so.1') },
  { name: 'libusb-1.0-0', isThere: () => hasLibrary('libusb-1.0.so.0') },
]

/** What the other tests use. */
const forTheRest: readonly SystemPackage[] = [
  { name: 'chromium', isThere: () => existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium') },
  { name: 'poppler-utils', isThere: () => onPath('pdftotext') },
  { name: 'qpdf', isThere: () => onPath('qpdf') },
]

function missing(wanted: readonly SystemPackage[]): readonly string[] {
  return wanted.filter(({ isThere }) => !isThere()).map(({ name }) => name)
}

function install(names: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { env, stdio: 'inherit' } as const
  execFileSync('apt-get', ['update', '-q'], options)
  execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], options)
}

/** Uses what is installed, installs the rest where it may, else says how; a missing package is never a skipped test. */
export function requireSystemPackages(what: 'readers' | 'everything'): void {
  if (process.platform !== 'linux') return
  const wanted = what === 'readers' ? forReaders : [...forReaders, ...forTheRest]
  const names = missing(wanted)
  if (names.length === 0) return
  const facts = {
    packages: names.join(' '),
    line: `sudo apt-get install -y --no-install-recommends ${names.join(' ')}`,
  }
  if (process.getuid?.() !== 0 || !onPath('apt-get')) throw new Problem('package_missing', facts)
  console.log(`正在安装系统软件包 installing system packages: ${names.join(' ')}`)
  try {
    install(names)
  } catch {
    throw new Problem('package_missing', facts)
  }
  if (missing(wanted).length > 0) throw new Problem('package_missing', facts)
}
