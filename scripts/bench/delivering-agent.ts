import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { newPairingCode, type PairingKind, pairingCodeHash } from '#app/db/kiosk.server.ts'
import { loadIdentity } from '#devices/agent/identity.ts'
import { readers } from '../../prisma/seed/hall.ts'
import type { World } from '../tour/world.ts'

/** The serial of the reader whose punches the benches deliver. */
export const benchSerial: string = readers[0].serial

export type Deliver = (epoch: string, punches: readonly BenchPunch[]) => Promise<{ stored: number }>

export type BenchPunch = {
  readonly seq: number
  readonly serial: string
  readonly subject: string
  readonly at: string
  readonly score: number | null
  readonly offsetMs: number | null
}

/** A pairing code over the bench's own connection: the program's pool would outlive the bench's database. */
export async function codeFor(world: World, kind: PairingKind, atMs: number): Promise<string> {
  const code = newPairingCode()
  await world.db.query(
    `INSERT INTO pairing (centre_id, id, kind, code_hash, label, created_at, ends_at) VALUES ($1, $2, $3, $4, 'bench', $5, $6)`,
    [
      world.centreId,
      randomUUID(),
      kind,
      Buffer.from(pairingCodeHash(code)),
      new Date(atMs),
      new Date(atMs + 3_600_000),
    ],
  )
  return code
}

async function send(world: World, path: string, body: string, headers: Record<string, string>): Promise<unknown> {
  const request = { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }
  const answer = await fetch(new URL(path, world.address), request)
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 300)}`)
  return JSON.parse(text)
}

/** Pairs like an agent and answers how to deliver: one signed HTTP request a batch. */
export async function pairForBench(world: World, nowMs: number): Promise<Deliver> {
  const identity = loadIdentity(join(world.folder, 'bench-agent'))
  const code = await codeFor(world, 'agent', nowMs)
  const asked = JSON.stringify({ code, name: 'bench', publicKey: identity.publicKey })
  identity.paired((await send(world, '/api/agent/pair', asked, {})) as { agentId: string; centreId: string }, code)
  return async (epoch, punches) => {
    const path = '/api/agent/punches'
    const body = JSON.stringify({ epoch, punches })
    return (await send(world, path, body, identity.headers('POST', path, body))) as { stored: number }
  }
}
