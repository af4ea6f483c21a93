import { z } from 'zod'

const key32 = z.base64().refine((text) => Buffer.from(text, 'base64').length === 32, '32 bytes in base64 are needed')
const flag = z.enum(['', '0', '1', 'false', 'true']).transform((text) => text === '1' || text === 'true')
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ })

const schema = z.object({
  DATABASE_URL: postgresUrl,
  /** The owner's connection, for migrations only; the web process never uses it. */
  DATABASE_OWNER_URL: postgresUrl.optional(),
  /** Past a transaction pooler such as PgBouncer: LISTEN, session locks and the job queue need a session of their own. */
  DATABASE_DIRECT_URL: postgresUrl.optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
  /** Encrypts personal data. What it seals carries its id, so that keys can be replaced one after another. */
  DATA_KEY: key32,
  DATA_KEY_ID: z.coerce.number().int().min(1).max(255).default(1),
  /** Earlier keys, still needed to read what they sealed: `id:key` separated by commas. */
  DATA_KEYS_OLD: z.string().default(''),
  SESSION_KEY: z.string().min(32),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.url().optional(),
  DEMO: flag.default(false),
  CLOCK_OFFSET_MS: z.coerce.number().int().default(0),
  SET_UP_CODE: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

export type Env = Readonly<z.infer<typeof schema>>

/** Empty means absent, as in `DATABASE_DIRECT_URL= npm start`. */
function withoutEmpty(source: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
}

function read(): Env {
  const parsed = schema.safeParse(withoutEmpty(process.env))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The environment is not complete; \`npm start\` sets all of it.\n${problems.join('\n')}`)
}

let parsed: Env | null = null

/** The environment, checked once at first use, so that a start script can fill it in before. */
export const env: Env = new Proxy({} as Env, {
  get: (_target, name) => {
    parsed ??= read()
    return parsed[name as keyof Env]
  },
})
