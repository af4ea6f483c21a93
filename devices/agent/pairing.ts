import { pause } from '#devices/driver/pause.ts'
import type { AgentConfig } from './config.ts'
import type { Identity } from './identity.ts'
import type { Log } from './log.ts'
import { type Server, ServerError } from './server.ts'

const againAfterMs = 3000
/** A code that was refused will hardly be taken a moment later; somebody has to write another one. */
const refusedAgainAfterMs = 30_000

export type PairingOptions = {
  config: Pick<AgentConfig, 'pairingCode' | 'name'>
  identity: Identity
  server: Pick<Server, 'pair'>
  log: Log
  signal: AbortSignal
  /** Called before an agent that belonged to one centre belongs to another. */
  moves(): Promise<void>
}

/**
 * Makes this agent known to the server, once for each code. Until it succeeds, fingers are read and kept all the same.
 * Resolves to false when there is no way: not paired and no code.
 */
export async function pairUnlessPaired(options: PairingOptions): Promise<boolean> {
  const { identity, log, signal } = options
  const { pairingCode: code } = options.config
  const known = identity.agentId !== null
  if (code === undefined && !known) {
    log.error({}, 'not paired: add an agent on the readers page and put its code into the configuration')
  }
  if (code === undefined || identity.wasPairedWith(code)) return known
  while (!signal.aborted) {
    const result = await attempt(options, code)
    if (result === 'paired') return true
    // A wrong code in the configuration must not keep a known agent from its work.
    if (result === 'refused' && known) return true
    await pause(result === 'refused' ? refusedAgainAfterMs : againAfterMs, signal)
  }
  return false
}

async function attempt(options: PairingOptions, code: string): Promise<'paired' | 'refused' | 'failed'> {
  const { identity, server, log, signal } = options
  try {
    const receipt = await server.pair({ code, name: options.config.name, publicKey: identity.publicKey })
    if (identity.centreId !== null && identity.centreId !== receipt.centreId) await options.moves()
    identity.paired(receipt, code)
    log.info({ agent: receipt.agentId }, 'paired')
    return 'paired'
  } catch (error) {
    if (!signal.aborted) log.warn({ error: String(error) }, 'not paired yet')
    const refused = error instanceof ServerError && error.kind === 'refused' && (error.status ?? 0) < 500
    return refused ? 'refused' : 'failed'
  }
}
