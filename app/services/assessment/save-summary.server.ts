import { openRegisters, ownRegister, type RegisterKey, saveOwnWords } from '#app/db/annual-registers.server.ts'
import { audit } from '#app/db/audit.server.ts'
import { publish } from '#app/db/events.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { cleanText, type OwnText, roomOf } from '#app/domain/assessment/summary.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export type SaveRequest = RegisterKey & {
  readonly summary: string
  readonly training: string
  /** What the writer's page showed; 0 when nothing was saved yet. */
  readonly revision: number
  readonly accountId: string
  readonly role: string
  readonly address: string | null
}

export type Saved = {
  readonly number: string
  readonly revision: number
  readonly savedAtMs: number
  /** False when the same words were there already. */
  readonly changed: boolean
}

export type SaveRefusal = 'too_long' | 'changed_meanwhile'

type Words = Readonly<Record<OwnText, string>>

/**
 * Keeps a person's own words for a year's form. Saves over exactly what the writer saw: when another tab was faster the words
 * are refused, and nothing that is stored or typed is lost.
 */
export async function saveSummary(request: SaveRequest, nowMs: number): Promise<Result<Saved, SaveRefusal>> {
  const words = { summary: cleanText(request.summary), training: cleanText(request.training) }
  for (const field of ['summary', 'training'] as const) {
    const { over, count, limit } = roomOf(field, words[field])
    if (over > 0) return refuse('too_long', { field, over, count, limit })
  }
  return inTransaction((tx) => save(tx, request, words, nowMs))
}

async function save(
  tx: Tx,
  request: SaveRequest,
  words: Words,
  nowMs: number,
): Promise<Result<Saved, 'changed_meanwhile'>> {
  const { centreId, personId, year, accountId } = request
  const by = { accountId, atMs: nowMs }
  const before = await ownRegister(tx, request)
  if (before && same(before, words)) return ok(savedFrom(before, false))
  if (!before) await openRegisters(tx, centreId, year, [personId], by)
  if (!(await saveOwnWords(tx, request, { ...words, revision: request.revision }, by))) {
    const now = await ownRegister(tx, request)
    return now && same(now, words)
      ? ok(savedFrom(now, false))
      : refuse('changed_meanwhile', { revision: now?.revision ?? 0, savedAt: now?.savedAt.getTime() ?? nowMs })
  }
  const after = await ownRegister(tx, request)
  if (!after) throw new Error('a register that was just saved is gone')
  await audit(tx, {
    centreId,
    actor: accountId,
    role: request.role,
    action: 'register.saved',
    subject: personId,
    detail: { year, revision: after.revision },
    address: request.address,
  })
  await publish(tx, { topic: 'person', centreId, id: personId })
  return ok(savedFrom(after, true))
}

function same(stored: Words, words: Words): boolean {
  return stored.summary === words.summary && stored.training === words.training
}

function savedFrom(row: { number: string; revision: number; savedAt: Date }, changed: boolean): Saved {
  return { number: row.number, revision: row.revision, savedAtMs: row.savedAt.getTime(), changed }
}
