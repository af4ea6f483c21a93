import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Problem } from '../lib/messages.ts'

export const root = fileURLToPath(new URL('../../', import.meta.url))

const made = ['build/server.js', 'build/agent.js', 'build/server/index.js']
const sources = [
  'app',
  'devices',
  'prisma/schema.prisma',
  'public',
  'package.json',
  'vite.config.ts',
  'scripts/build.ts',
]

async function newest(path: string): Promise<number> {
  const info = await stat(path).catch(() => null)
  if (!info) return 0
  if (!info.isDirectory()) return info.mtimeMs
  const names = (await readdir(path)).filter((name) => name !== 'generated')
  return Math.max(0, ...(await Promise.all(names.map((name) => newest(join(path, name))))))
}

/** Whether a source is newer than what was built from it. */
export async function isStale(): Promise<boolean> {
  const built = await Promise.all(
    made.map((file) =>
      stat(join(root, file)).then(
        (info) => info.mtimeMs,
        () => 0,
      ),
    ),
  )
  const source = await Promise.all(sources.map((name) => newest(join(root, name))))
  return Math.max(...source) > Math.min(...built)
}

/** The lines of a long output that say what went wrong, and how it ended. */
function telling(output: string): string {
  const lines = output.trimEnd().split('\n')
  const said = lines.slice(0, -6).filter((line) => /error|could not|cannot|failed/i.test(line))
  return [...said.slice(0, 6), ...lines.slice(-6)].map((line) => line.slice(0, 240)).join('\n')
}

/** Builds server, agent and pages with the project's own build script; its output is shown only when it fails. */
export async function build(): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Problem('build_failed', { tail: telling(output) })
}
