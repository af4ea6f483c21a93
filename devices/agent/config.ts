import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { problemsIn } from './config-problems.ts'

const serial = z.string().min(1).max(64)
const profile = z.enum(['raw64', 'cp2110'])
const dialect = z.enum(['zfm', 'grow', 'syno'])

const emulatedReader = z.strictObject({
  emulated: z.literal(true),
  serial,
  /** The module's memory, see emulator/library.ts. */
  file: z.string(),
  dialect,
  profile: profile.default('raw64'),
  /** Multiplies the latencies of real modules. */
  latency: z.number().min(0).default(1),
})

const realReader = z.strictObject({
  emulated: z.literal(false),
  serial,
  profile,
  /** Found out by asking when it is not given. */
  dialect: dialect.optional(),
  password: z.int().min(0).max(0xffffffff).default(0),
})

/** One of the two by its "emulated", so that a problem is told of the kind that was meant. */
const readerConfig = z.discriminatedUnion('emulated', [emulatedReader, realReader])

const web = z.url({ protocol: /^https?$/ })

/** The agent's configuration file. Relative paths are relative to the file. */
export const agentConfig = z.strictObject({
  server: web,
  dataDir: z.string().min(1),
  name: z.string().min(1).max(80),
  /** Shown by the server when an agent is added; only needed until the agent is paired. */
  pairingCode: z.string().min(4).max(32).optional(),
  /** Demo only: this agent's clock stands so far from the machine's. */
  clockOffsetMs: z.int().default(0),
  readers: z.array(z.preprocess(saidRealWhenSilent, readerConfig)).max(64).superRefine(eachOnce).default([]),
  /** Use every CP2110 bridge that is attached. */
  discover: z.boolean().default(false),
  /** The bound of the spool, see spool.ts; 256 when not given. */
  spoolMegabytes: z.int().min(1).max(1_000_000).optional(),
  /** Delivered punches are kept so many days, in case the server has to be restored; 30 when not given. */
  keepDays: z.int().min(1).max(3650).optional(),
  /** Demo only: when simulated staff press their fingers. */
  schedule: z.string().optional(),
})
export type AgentConfig = z.infer<typeof agentConfig>

function saidRealWhenSilent(reader: unknown): unknown {
  const silent = typeof reader === 'object' && reader !== null && !('emulated' in reader)
  return silent ? { ...reader, emulated: false } : reader
}

const twice = '每台读卡器不能写两次，请删去一处 / each reader stands here once, not twice: remove one'

/** Two owners of one device would take its answers from each other. */
function eachOnce(readers: readonly { serial: string }[], problems: z.RefinementCtx): void {
  for (const [at, { serial: input }] of readers.entries()) {
    const first = readers.findIndex((reader) => reader.serial === input)
    if (first < at) problems.addIssue({ code: 'custom', path: [at, 'serial'], input, message: twice })
  }
}

/** What the environment may say instead of the file, or against it: the environment wins. */
const fromEnvironment = {
  WINDOW_STAFF_AGENT_SERVER: { field: 'server', as: 'text' },
  WINDOW_STAFF_AGENT_DATA_DIR: { field: 'dataDir', as: 'text' },
  WINDOW_STAFF_AGENT_NAME: { field: 'name', as: 'text' },
  WINDOW_STAFF_AGENT_PAIRING_CODE: { field: 'pairingCode', as: 'text' },
  WINDOW_STAFF_AGENT_CLOCK_OFFSET_MS: { field: 'clockOffsetMs', as: 'json' },
  WINDOW_STAFF_AGENT_READERS: { field: 'readers', as: 'json' },
  WINDOW_STAFF_AGENT_DISCOVER: { field: 'discover', as: 'json' },
  WINDOW_STAFF_AGENT_SPOOL_MEGABYTES: { field: 'spoolMegabytes', as: 'json' },
  WINDOW_STAFF_AGENT_KEEP_DAYS: { field: 'keepDays', as: 'json' },
  WINDOW_STAFF_AGENT_SCHEDULE: { field: 'schedule', as: 'text' },
} as const satisfies Record<string, { field: keyof AgentConfig; as: 'text' | 'json' }>

const prefix = 'WINDOW_STAFF_AGENT_'
/** Where the file is; not a setting of its own. */
export const fileVariable = 'WINDOW_STAFF_AGENT_CONFIG'
/** A service wrapper's wish, see main.ts. */
const wrapperVariable = 'WINDOW_STAFF_AGENT_END_WITH_INPUT'

export type Environment = Readonly<Record<string, string | undefined>>

/** Everything that is wrong, each with its field, its value and what to do, in both languages. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** The file's settings and the environment's, checked. Without a path the environment says everything. */
export function loadConfig(path: string | null, environment: Environment = {}): AgentConfig {
  const file = path === null ? {} : readJson(path)
  const said = { ...(isObject(file) ? file : {}), ...saidBy(environment) }
  const result = agentConfig.safeParse(path === null || isObject(file) ? said : file, { reportInput: true })
  const unknown = Object.keys(environment).filter((name) => name.startsWith(prefix) && !isKnown(name))
  const problems = [...problemsIn(result.error), ...unknown.map(unknownVariable)]
  if (!result.success || problems.length > 0) {
    const where = path ?? prefix
    const head = `${where} 不是有效的采集程序配置 / is not a valid agent configuration:`
    throw new ConfigError([head, ...problems.map((line) => `  ${line}`)].join('\n'))
  }
  const { data } = result
  const here = (relative: string) => resolve(path === null ? '.' : dirname(path), relative)
  return {
    ...data,
    dataDir: here(data.dataDir),
    readers: data.readers.map((reader) => (reader.emulated ? { ...reader, file: here(reader.file) } : reader)),
    ...(data.schedule === undefined ? {} : { schedule: here(data.schedule) }),
  }
}

function saidBy(environment: Environment): Record<string, unknown> {
  const said = Object.entries(fromEnvironment).flatMap(([name, { field, as }]) => {
    const text = environment[name]
    return text === undefined ? [] : [[field, as === 'json' ? parsedOrText(text) : text] as const]
  })
  return Object.fromEntries(said)
}

const isKnown = (name: string) => name in fromEnvironment || name === fileVariable || name === wrapperVariable
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function unknownVariable(name: string): string {
  const known = Object.keys(fromEnvironment).join(', ')
  return `${name}：没有这个环境变量，请删去或改正；可用的有 ${known} / no such variable: remove or correct it; known: ${known}`
}

/** What is no JSON is left as it is: the check then names the field and shows the text. */
function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const what = `采集程序配置 ${path} 读不出来，请检查路径和 JSON 格式 / The agent configuration ${path} cannot be read: check the path and the JSON`
    // The parser quotes the text around the place, and a secret may stand there.
    const why = String(error).replace(/,? (\.\.\.)?"[\s\S]* is not valid JSON$/, '')
    throw new ConfigError(`${what}: ${why}`, { cause: error })
  }
}
