import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installFloor } from '#test/browser/floor.ts'
import { generateClient } from './lib/generate.ts'
import { runScript } from './lib/messages.ts'
import { requireSystemPackages } from './lib/system-packages.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

function run(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> {
  const child = spawn(file, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  const pass = () => child.kill('SIGTERM')
  process.on('SIGTERM', pass)
  child.once('exit', () => process.off('SIGTERM', pass))
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', (code) => done(code ?? 1))
  })
}

function projectsOf(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    if (arg.startsWith('--project=')) return [arg.slice('--project='.length)]
    return args[index - 1] === '--project' ? [arg] : []
  })
}

/** Without arguments everything runs; a project or a path may leave the browser out. */
function includesBrowser(args: readonly string[]): boolean {
  const projects = projectsOf(args)
  if (projects.length > 0) return projects.includes('browser')
  const paths = args.filter((arg) => !arg.startsWith('-'))
  return paths.length === 0 || paths.some((path) => path.includes('browser'))
}

const vitest = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  run(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args], env)

/** Whether only the readers in the virtual machine are to be tested; they need neither browser nor database. */
function isReadersOnly(args: readonly string[]): boolean {
  const projects = projectsOf(args)
  return projects.length === 1 && projects[0] === 'hid'
}

/**
 * What a full run adds: the readers in a virtual machine, which leaves no processor for anything beside it; the rules under
 * other time zones; and the browser tests on the oldest browser of the halls.
 */
async function again(): Promise<number> {
  const readers = process.platform === 'linux' ? await vitest(['--project', 'hid']) : 0
  const domain = ['--project', 'unit', 'test/domain']
  const elsewhere = await vitest(domain, { TZ: 'America/New_York' })
  const greenwich = await vitest(domain, { TZ: 'UTC' })
  await installFloor()
  const floor = await vitest(['--project', 'browser'], { BROWSER: 'floor' })
  return readers || elsewhere || greenwich || floor
}

// Ctrl-C reaches the child by itself; this process waits for it to clean up.
process.on('SIGINT', () => {})

await runScript(async () => {
  const args = process.argv.slice(2)
  if (isReadersOnly(args)) {
    requireSystemPackages('readers')
    return vitest(args)
  }
  requireSystemPackages('everything')
  await generateClient()
  if (includesBrowser(args)) {
    const status = await run('npm', ['run', '--silent', 'build'])
    if (status !== 0) return status
  }
  const first = await vitest(args.length === 0 ? ['--project', '!hid'] : args)
  const rest = args.length === 0 ? await again() : 0
  return first || rest
})
