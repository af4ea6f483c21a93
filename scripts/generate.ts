import { generateClient } from './lib/generate.ts'

const written = await generateClient()
console.log(written ? 'Prisma client written to app/db/generated' : 'Prisma client is up to date')
