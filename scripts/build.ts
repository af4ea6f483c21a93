import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { generateClient } from './lib/generate.ts'

// Pages by Remix, server and agent by esbuild, so that production needs no development tool. Skipped when no source changed.
const root = fileURLToPath(new URL('..', import.meta.url))
const sources = ['app', 'devices', 'package.json', 'tsconfig.json', 'vite.config.ts', 'scripts/build.ts']
const made = ['build/server/index.js', 'build/server.js', 'build/agent.js']
const stamp = join(root, 'build/source-hash')

async function files(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null)
  if (entries === null) return existsSync(path) ? [path] : []
  const nested = await Promise.all(entries.map((entry) => files(join(path, entry.name))))
  return nested.flat()
}

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256').update(process.version)
  const all = (await Promise.all(sources.map((name) => files(join(root, name))))).flat().sort()
  for (const file of all)
    hash
      .update(file.slice(root.length))
      .update('\0')
      .update(await readFile(file))
      .update('\0')
  return hash.digest('hex')
}

async function pages(): Promise<void> {
  const cli = join(createRequire(import.meta.url).resolve('@remix-run/dev/package.json'), '../dist/cli.js')
  const child = spawn(process.execPath, [cli, 'vite:build'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error('the pages were not built; the reason stands above')
}

/** `#app/…` stays inside the bundle; everything from node_modules stays outside. */
async function bundle(entry: string, output: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: output,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [
      {
        name: 'packages-outside',
        setup(setup) {
          setup.onResolve({ filter: /^[^.#/]/ }, ({ path, kind }) =>
            kind === 'entry-point' ? null : { path, external: true },
          )
        },
      },
    ],
  })
}

async function main(): Promise<void> {
  // A fresh copy has no database client yet, and pages cannot be built without one.
  await generateClient()
  const hash = await sourceHash()
  const known = await readFile(stamp, 'utf8').catch(() => '')
  if (known === hash && made.every((file) => existsSync(join(root, file)))) {
    // Newer than its sources again, for those who compare times.
    const time = new Date()
    await Promise.all(made.map((file) => utimes(join(root, file), time, time)))
    process.stdout.write('build: nothing changed\n')
    return
  }
  await mkdir(join(root, 'build'), { recursive: true })
  await pages()
  await bundle('app/server/index.ts', 'build/server.js')
  await bundle('devices/agent/main.ts', 'build/agent.js')
  await writeFile(stamp, hash)
  process.stdout.write('build: done\n')
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
