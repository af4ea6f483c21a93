import { join } from 'node:path'
import { addPairing, newPairingCode } from '#app/db/kiosk.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { type Agent, startAgent } from '#devices/agent/agent.ts'
import type { Log } from '#devices/agent/log.ts'
import { readers } from '../../prisma/seed/hall.ts'
import { until, type World } from './world.ts'

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} }
const hour = 3_600_000

/** A pairing code, as an administrator would make it on the readers page. */
export async function codeFor(world: World, kind: 'agent' | 'kiosk', atMs: number): Promise<string> {
  const code = newPairingCode()
  const pairing = { centreId: world.centreId, kind, code, label: 'tour', atMs, endsAtMs: atMs + hour }
  await inTransaction((tx) => addPairing(tx, pairing))
  return code
}

/** The agent with the emulated reader, its clock standing at the given instant; ready when the server has heard of the reader. */
export async function runAgent(world: World, nowMs: number, pairingCode: string): Promise<Agent> {
  const shift = nowMs - Date.now()
  const reader = readers[0]
  const agent = await startAgent({
    config: {
      server: world.address,
      dataDir: join(world.folder, 'agent'),
      name: 'tour',
      pairingCode,
      clockOffsetMs: 0,
      readers: [
        {
          emulated: true,
          serial: reader.serial,
          file: world.emulatorFile,
          dialect: reader.dialect,
          profile: reader.link,
          latency: 0.05,
        },
      ],
      discover: false,
    },
    clock: { now: () => Date.now() + shift, monotonic: () => performance.now() },
    log: silent,
    version: 'tour',
  })
  await until('the server knows that the reader is online', async () => {
    const { rows } = await world.db.query<{ state: string; seen: Date | null }>(
      'SELECT state, seen_at AS seen FROM source WHERE serial = $1',
      [reader.serial],
    )
    const [source] = rows
    return (
      source?.state === 'online' &&
      source.seen !== null &&
      Math.abs(source.seen.getTime() - Date.now() - shift) < 20_000
    )
  })
  return agent
}
