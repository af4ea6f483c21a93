import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'

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
  emulated: z.literal(false).default(false),
  serial,
  profile,
  /** Found out by asking when it is not given. */
  dialect: dialect.optional(),
  password: z.int().min(0).max(0xffffffff).default(0),
})

/** The agent's configuration file. Relative paths are relative to the file. */
export const agentConfig = z.strictObject({
  server: z.url(),
  dataDir: z.string().min(1),
  name: z.string().min(1).max(80),
  /** Shown by the server when an agent is added; only needed until the agent is paired. */
  pairingCode: z.string().min(4).max(32).optional(),
  /** Demo only: this agent's clock stands so far from the machine's. */
  clockOffsetMs: z.int().default(0),
  readers: z.array(z.union([emulatedReader, realReader])).default([]),
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

export function loadConfig(path: string): AgentConfig {
  const result = agentConfig.safeParse(readJson(path))
  if (!result.success) throw new Error(`${path} is not a valid agent configuration:\n${z.prettifyError(result.error)}`)
  const here = (relative: string) => resolve(dirname(path), relative)
  const { data } = result
  return {
    ...data,
    dataDir: here(data.dataDir),
    readers: data.readers.map((reader) => (reader.emulated ? { ...reader, file: here(reader.file) } : reader)),
    ...(data.schedule === undefined ? {} : { schedule: here(data.schedule) }),
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Error(`The agent configuration ${path} cannot be read: ${String(error)}`, { cause: error })
  }
}
