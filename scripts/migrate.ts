import { join } from 'node:path'
import { runScript } from './lib/messages.ts'
import { migrate } from './lib/migrate.ts'
import { startPostgres } from './lib/postgres.ts'

/** The server that the environment names, or the embedded one of the data folder, which may be running already. */
async function ownerConnection(): Promise<{ url: string; stop: () => Promise<void> }> {
  const named = process.env.DATABASE_OWNER_URL || process.env.DATABASE_URL
  if (named) return { url: named, stop: async () => {} }
  const dir = join(process.env.DATA_DIR || 'data', 'postgres')
  const { ownerUrl, stop } = await startPostgres({ dir, share: true })
  return { url: ownerUrl, stop }
}

await runScript(async () => {
  const { url, stop } = await ownerConnection()
  try {
    const names = await migrate(url)
    for (const name of names) console.log(`applied ${name}`)
    console.log(
      names.length === 0 ? '数据库已是最新。The database is up to date.' : '迁移完成。Migrations are complete.',
    )
    return 0
  } finally {
    await stop()
  }
})
