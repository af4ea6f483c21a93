import { z } from 'zod'

/**
 * What an agent and the centre's server say to each other. The only file that app/ and devices/ share.
 *
 * Every request of a paired agent carries the headers
 *   x-agent: agent id                x-agent-signature: base64 Ed25519 over `signedText(...)`
 * Time is recorded and never a ground for refusal; a replay is harmless because of the punch key.
 */

const uuid = z.uuid()
/** The last instant that can be written with four digits of a year; and no clock of a computer goes back behind 1970. */
export const lastInstantMs = 253_402_300_799_999
const instant = z.iso.datetime({ offset: true, precision: 3 }).refine((text) => {
  const at = Date.parse(text)
  return at >= 0 && at <= lastInstantMs
})
/** Between two such instants. */
const offset = z.int().min(-lastInstantMs).max(lastInstantMs)
/** As many as a column of the database counts. */
const count = z.int().min(0).max(2_147_483_647)
/** What names something: a character that cannot be kept makes it another name. */
const name = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u)
/** What is only read by people: such characters are left out. */
const words = (longest: number) =>
  z
    .string()
    .max(longest)
    .overwrite((text) => text.replace(/[\p{Cc}\p{Cs}]/gu, ' '))
const serial = name(64)

/** One accepted finger. seq counts from 1 within a spool epoch; offsetMs = agent clock minus server clock, null when unmeasured. */
export const punchRecord = z.strictObject({
  seq: z.int().min(1),
  serial,
  subject: name(32),
  at: instant,
  score: z.int().min(0).max(65535).nullable(),
  offsetMs: offset.nullable(),
  /** The agent process's own milliseconds, which no setting of a clock moves: tells how punches of one run lie to each other. */
  monotonicMs: z.int().min(0).optional(),
})

/** POST /api/agent/punches. Sequence numbers ascend without gaps inside a batch. */
export const punchBatch = z.strictObject({
  epoch: uuid,
  punches: z.array(punchRecord).min(1).max(1000),
})

/** Part of a spool's sequence, both ends included. */
export const spoolRange = z.strictObject({ epoch: uuid, first: z.int().min(1), last: z.int().min(1) })

/** The server's answer: everything up to `storedThrough` of that epoch is safe and may leave the spool. */
export const punchReceipt = z.object({
  storedThrough: z.int().min(0),
  stored: z.int().min(0),
  known: z.int().min(0),
  quarantined: z.int().min(0),
  now: instant,
})

export const readerState = z.enum(['online', 'offline', 'fault'])

/** POST /api/agent/status, every few seconds and at once when something changes. */
export const statusReport = z.strictObject({
  version: words(40),
  at: instant,
  /** When this agent process began: before it, and after its last report, its readers took no punches. */
  startedAt: instant,
  /** Why the agent has no reader at all, a code: "no_reader", "library_missing", "no_permission"; null when it has one. */
  detail: words(200).nullable(),
  readers: z
    .array(
      z.strictObject({
        serial,
        state: readerState,
        /** Why it is not online, for people: a code such as "unplugged", "wrong_password", "no_answer". */
        detail: words(200).nullable(),
        dialect: z.enum(['zfm', 'grow', 'syno']).nullable(),
        capacity: count.nullable(),
        templates: count.nullable(),
        emulated: z.boolean(),
        /** What the module says it is; null where its dialect cannot say, absent from agents older than this field. */
        identity: z
          .strictObject({
            moduleSerial: words(80).nullable(),
            firmware: words(80).nullable(),
            model: words(80).nullable(),
          })
          .optional(),
        /** The last trouble since the agent began, a code, also when it has passed; null when there was none. */
        lastError: z
          .strictObject({ code: words(60), at: instant })
          .nullable()
          .optional(),
      }),
    )
    .max(64),
  queue: count,
  offsetMs: offset.nullable(),
  /** The spool: `through` is what the server confirmed, `keptFrom` the oldest number that can still be sent again. */
  spool: z
    .strictObject({
      epoch: uuid,
      next: z.int().min(1),
      through: z.int().min(0),
      keptFrom: z.int().min(1),
      bytes: z.int().min(0),
      limitBytes: z.int().min(1),
      oldestWaitingAt: instant.nullable(),
    })
    .optional(),
  /** Of what the server asked for again: what this agent has no more. */
  lost: z.array(spoolRange).max(100).optional(),
  /** Passing events for the kiosk: nothing here is a punch, nothing here is kept in the spool. */
  events: z
    .array(
      z.strictObject({
        serial,
        at: instant,
        kind: z.enum(['not_recognised', 'poor_image', 'finger_held']),
        detail: words(200),
      }),
    )
    .max(100),
})

/** `wanted`: what the server does not have, a restored backup for example; the agent sends it again from what it keeps. */
export const statusReceipt = z.object({ now: instant, wanted: z.array(spoolRange).max(100).optional() })

/** POST /api/agent/pair: code typed on both sides, public key raw Ed25519 in base64 (32 bytes). Not signed. */
export const pairRequest = z.strictObject({
  code: name(32).min(4),
  name: name(80),
  publicKey: z.base64().length(44),
})
export const pairReceipt = z.object({ agentId: uuid, centreId: uuid, now: instant })

/**
 * What a command may ask of an agent. `index` reads the module's index table, `copy` carries one template to other readers
 * of the same agent, in its memory only. `identify` looks at one finger and makes no punch; `cancel` ends a running enrolment
 * or identification; `press` is understood by emulated readers only.
 */
export const commandBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('enrol'), serial, slot: z.int().min(0), presses: z.int().min(1).max(6) }),
  z.strictObject({ kind: z.literal('delete'), serial, slot: z.int().min(0) }),
  z.strictObject({ kind: z.literal('self_test'), serial }),
  z.strictObject({ kind: z.literal('index'), serial }),
  z.strictObject({
    kind: z.literal('copy'),
    serial,
    slot: z.int().min(0),
    to: z
      .array(z.strictObject({ serial, slot: z.int().min(0) }))
      .min(1)
      .max(16),
  }),
  z.strictObject({ kind: z.literal('light'), serial }),
  z.strictObject({ kind: z.literal('identify'), serial }),
  z.strictObject({ kind: z.literal('cancel'), serial, command: uuid }),
  z.strictObject({
    kind: z.literal('press'),
    serial,
    /** Slot whose finger is laid on, or null for a finger nobody enrolled. */
    slot: z.int().min(0).nullable(),
    /** Or the finger itself, as the emulator knows it: one that no slot has yet can be enrolled. */
    finger: z.string().min(1).max(80).nullable().optional(),
    how: z.enum(['good', 'wet', 'dry', 'held', 'unplug', 'replug']),
  }),
])

/** GET /api/agent/commands answers after at most `wait` seconds (query), with what was waiting. */
export const commandList = z.object({ commands: z.array(z.object({ id: uuid, body: commandBody })) })

/** POST /api/agent/steps: progress and end of one command. `step` and `facts` become the page's sentence. */
export const commandStep = z.strictObject({
  command: uuid,
  state: z.enum(['running', 'done', 'failed']),
  step: words(60),
  facts: z.record(words(60), z.union([words(20_000), z.number()])),
  at: instant,
})

export type SpoolRange = z.infer<typeof spoolRange>
export type PunchRecord = z.infer<typeof punchRecord>
export type PunchBatch = z.infer<typeof punchBatch>
export type PunchReceipt = z.infer<typeof punchReceipt>
export type StatusReport = z.infer<typeof statusReport>
export type StatusReceipt = z.infer<typeof statusReceipt>
export type PairRequest = z.infer<typeof pairRequest>
export type PairReceipt = z.infer<typeof pairReceipt>
export type CommandBody = z.infer<typeof commandBody>
export type CommandList = z.infer<typeof commandList>
export type CommandStep = z.infer<typeof commandStep>

/** The exact text an agent signs: method, path with query, its id, and the SHA-256 of the body in hex ("" body for GET). */
export function signedText(method: string, pathAndQuery: string, agentId: string, bodySha256Hex: string): string {
  return ['window-staff agent request', method.toUpperCase(), pathAndQuery, agentId, bodySha256Hex].join('\n')
}
