import { nowDate } from '#app/clock.server.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

export type AuditNote = {
  readonly centreId: string
  /** Account id, or "agent:<id>", "kiosk:<id>", "system". */
  readonly actor: string
  readonly role?: string | null | undefined
  readonly action: string
  /** An id, never a name: the log stays readable to people who may not know who it was. */
  readonly subject?: string | null | undefined
  readonly detail?: Prisma.InputJsonObject | undefined
  readonly address?: string | null | undefined
}

/** Notes what is done in the transaction that does it 审计记录. Nothing waits for the chain of seals. */
export async function audit(tx: Tx | PrismaClient, note: AuditNote): Promise<void> {
  await tx.auditEntry.create({
    data: {
      centreId: note.centreId,
      id: newId(),
      at: nowDate(),
      actor: note.actor,
      role: note.role ?? null,
      action: note.action,
      subject: note.subject ?? null,
      detail: note.detail ?? {},
      address: note.address ?? null,
    },
  })
}
