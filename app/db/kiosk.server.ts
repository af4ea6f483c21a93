import { createHash, randomInt } from 'node:crypto'
import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import { hashSecret, newSecret } from './secrets.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** Without letters and digits that people mistake for each other when they read a code aloud. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** A pairing code for people: two groups of four, such as K7QM-29XD. */
export function newPairingCode(): string {
  const letters = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)])
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`
}

/** What is stored of a code, however people space or dash it. */
export function pairingCodeHash(code: string): Uint8Array<ArrayBuffer> {
  const plain = code.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return new Uint8Array(createHash('sha256').update(`window-staff pairing ${plain}`).digest())
}

export type PairingKind = 'kiosk' | 'agent'

/** Notes a one-time code; the code itself is stored nowhere. */
export async function addPairing(
  tx: Tx,
  pairing: { centreId: string; kind: PairingKind; code: string; label: string; atMs: number; endsAtMs: number },
): Promise<string> {
  const id = newId()
  await tx.pairing.create({
    data: {
      centreId: pairing.centreId,
      id,
      kind: pairing.kind,
      codeHash: pairingCodeHash(pairing.code),
      label: pairing.label,
      createdAt: new Date(pairing.atMs),
      endsAt: new Date(pairing.endsAtMs),
    },
  })
  return id
}

export type PairingRow = {
  readonly centreId: string
  readonly id: string
  readonly label: string
  readonly usedAt: Date | null
  readonly endsAt: Date
}

/** The pairing of a code, locked until the transaction ends, so that one code lets in one device only. */
export async function pairingOf(tx: Tx, kind: PairingKind, code: string): Promise<PairingRow | null> {
  const rows = await tx.$queryRaw<PairingRow[]>`
    SELECT centre_id AS "centreId", id, label, used_at AS "usedAt", ends_at AS "endsAt"
      FROM pairing WHERE code_hash = ${pairingCodeHash(code)} AND kind = ${kind} FOR UPDATE`
  return rows[0] ?? null
}

/** Spends a code. */
export async function spendPairing(tx: Tx, pairing: { centreId: string; id: string }, atMs: number): Promise<void> {
  const { centreId, id } = pairing
  await tx.pairing.update({ where: { centreId_id: { centreId, id } }, data: { usedAt: new Date(atMs) } })
}

/** Lets an agent in with the key that it will sign with. */
export async function addAgent(
  tx: Tx,
  agent: { centreId: string; name: string; publicKey: Uint8Array<ArrayBuffer>; atMs: number },
): Promise<string> {
  const id = newId()
  const { centreId, name, publicKey, atMs } = agent
  await tx.agent.create({ data: { centreId, id, name, publicKey, pairedAt: new Date(atMs), seenAt: new Date(atMs) } })
  return id
}

/** Lets a screen in; the token is answered once and kept by the screen's cookie. */
export async function addKiosk(
  tx: Tx,
  kiosk: { centreId: string; name: string; sourceId: string | null; atMs: number },
): Promise<{ id: string; token: string }> {
  const id = newId()
  const token = newSecret()
  await tx.kiosk.create({
    data: {
      centreId: kiosk.centreId,
      id,
      name: kiosk.name,
      tokenHash: hashSecret(token),
      sourceId: kiosk.sourceId,
      pairedAt: new Date(kiosk.atMs),
      seenAt: new Date(kiosk.atMs),
    },
  })
  return { id, token }
}

/** The screens of a centre that are still let in. */
export async function listKiosks(db: Db, centreId: string) {
  return db.kiosk.findMany({
    where: { centreId, revokedAt: null },
    orderBy: { pairedAt: 'asc' },
    select: { id: true, name: true, pairedAt: true, seenAt: true, source: { select: { name: true, nameEn: true } } },
  })
}

/** Shuts a screen out; false when there is none of that id. */
export async function revokeKiosk(tx: Tx, centreId: string, id: string, atMs: number): Promise<boolean> {
  const done = await tx.kiosk.updateMany({
    where: { centreId, id, revokedAt: null },
    data: { revokedAt: new Date(atMs) },
  })
  return done.count === 1
}

/** Shuts an agent out; what its readers recorded stays, and the readers can be taken over by another agent. */
export async function revokeAgent(tx: Tx, centreId: string, id: string, atMs: number): Promise<boolean> {
  const done = await tx.agent.updateMany({
    where: { centreId, id, revokedAt: null },
    data: { revokedAt: new Date(atMs) },
  })
  return done.count === 1
}
