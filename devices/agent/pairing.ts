import { pause } from '#devices/driver/pause.ts'
import type { AgentConfig } from './config.ts'
import type { Identity } from './identity.ts'
import type { Log } from './log.ts'
import type { Server } from './server.ts'

const againAfterMs = 3000

/**
 * Makes this agent known to the server, once. Until it succeeds, fingers are read and kept all the same. Resolves to
 * false when there is no way: not paired and no code.
 */
export async function pairUnlessPaired(options: {
  config: Pick<AgentConfig, 'pairingCode' | 'name'>
  identity: Identity
  server: Pick<Server, 'pair'>
  log: Log
  signal: AbortSignal
}): Promise<boolean> {
  const { identity, log, signal } = options
  const { pairingCode: code, name } = options.config
  const known = identity.agentId !== null
  if (code === undefined || (known && identity.wasPairedWith(code))) {
    if (!known) log.error({}, 'not paired: add an agent on the readers page and put its code into the configuration')
    return known
  }
  while (!signal.aborted) {
    try {
      const receipt = await options.server.pair({ code, name, publicKey: identity.publicKey })
      identity.paired(receipt, code)
      log.info({ agent: receipt.agentId }, 'paired')
      return true
    } catch (error) {
      log.warn({ error: String(error), againInMs: againAfterMs }, 'not paired yet')
      await pause(againAfterMs, signal)
    }
  }
  return false
}
