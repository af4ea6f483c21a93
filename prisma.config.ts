import { defineConfig } from 'prisma/config'

// The command line is used for `generate` and `format` only; migrations are applied by scripts/migrate.ts.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
})
