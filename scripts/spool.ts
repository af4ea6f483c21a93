import { obey } from '#devices/agent/program.ts'

/** `npm run spool -- DATADIR [--from SEQ] [--json]`: what an agent keeps, also while it runs. Reads only. */
async function main(): Promise<void> {
  const asked = await obey(['spool', ...process.argv.slice(2)], {}, (line) => process.stdout.write(`${line}\n`))
  process.exitCode = 'ended' in asked ? asked.ended : 1
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
