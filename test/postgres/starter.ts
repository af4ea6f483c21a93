import { startPostgres } from '../../scripts/lib/postgres.ts'

// Stands for a start script in a process of its own: prints where the database is, stops it when told to.
try {
  const server = await startPostgres({ dir: process.argv[2] ?? '' })
  process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)))
  setInterval(() => {}, 60_000)
  console.log(JSON.stringify({ pid: server.pid, url: server.ownerUrl }))
} catch (problem) {
  console.error((problem as Error).message)
  process.exitCode = 1
}
