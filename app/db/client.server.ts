import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { env } from '#app/env.server.ts'
import { PrismaClient } from './generated/client.ts'

/**
 * The web process acts as a role that cannot change a ledger, whoever owns the address it was given.
 * UTC is not a taste: the Prisma adapter reads the text of a timestamptz as UTC whatever its offset says.
 */
export const sessionOptions = '-c role=window_staff_web -c timezone=UTC'

function createPool(): pg.Pool {
  const made = new pg.Pool({
    connectionString: env.DATABASE_URL,
    options: sessionOptions,
    max: env.DATABASE_POOL,
    // The first finger after a quiet minute does not wait for a connection to be made.
    min: 2,
    application_name: 'window-staff',
  })
  // An idle connection that the server closes (a restart) is dropped by the pool; without a listener it would end the process.
  made.on('error', () => {})
  return made
}

/** A few connections past a transaction pooler, for what needs sessions of its own (the job queue). */
export function createDirectPool(max: number, name: string, settings = '', min = 0): pg.Pool {
  const made = new pg.Pool({
    connectionString: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    options: `${sessionOptions} ${settings}`.trim(),
    max,
    min,
    application_name: name,
  })
  made.on('error', () => {})
  return made
}

/** Makes the object at its first use, so that importing a module asks nothing of the environment. */
function lazy<T extends object>(make: () => T): T {
  let made: T | null = null
  return new Proxy({} as T, {
    get: (_target, name) => {
      made ??= make()
      const value: unknown = Reflect.get(made, name, made)
      return typeof value === 'function' ? value.bind(made) : value
    },
  })
}

let realPool: pg.Pool | null = null
let realDeliveryPool: pg.Pool | null = null

/**
 * Sessions of their own for the one statement that stores punches: prepared once and planned once, not each time for the
 * numbers it happens to hold. That needs a session past a transaction pooler.
 */
function createDeliveryPool(): pg.Pool {
  const made = createDirectPool(3, 'window-staff deliveries', '-c plan_cache_mode=force_generic_plan -c jit=off', 1)
  realDeliveryPool = made
  return made
}

function sharedPool(): pg.Pool {
  realPool ??= createPool()
  return realPool
}

/** The pool that hot SQL and Prisma share. */
export const pool: pg.Pool = lazy(sharedPool)

export const prisma: PrismaClient = lazy(() => new PrismaClient({ adapter: new PrismaPg(sharedPool()) }))

/** The pool of the statement that stores punches, and of nothing else. */
export const deliveryPool: pg.Pool = lazy(createDeliveryPool)

/** Ends every connection; for the end of a process and of a test file. */
export async function disconnect(): Promise<void> {
  if (realDeliveryPool !== null && !realDeliveryPool.ended) await realDeliveryPool.end()
  if (realPool === null) return
  await prisma.$disconnect()
  if (!realPool.ended) await realPool.end()
}
