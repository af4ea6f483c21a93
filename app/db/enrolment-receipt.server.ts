import type { Step } from '#app/domain/devices/command.ts'
import type { Proof, Receipt } from '#app/domain/devices/enrol-receipt.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** One enrolment with its proofs; null when it is not this person's. */
export async function enrolmentReceipt(
  db: Db,
  centreId: string,
  { personId, enrolmentId }: { readonly personId: string; readonly enrolmentId: string },
): Promise<Receipt | null> {
  const row = await db.enrolment.findUnique({
    where: { centreId_id: { centreId, id: enrolmentId } },
    include: {
      person: { select: { id: true, name: true, nameEn: true, staffNumber: true } },
      source: { select: { name: true, nameEn: true, serial: true } },
      storing: { select: { id: true, steps: true } },
      deleting: { select: { id: true, steps: true } },
    },
  })
  if (row === null || row.personId !== personId) return null
  const consent = await db.enrolmentConsent.findFirst({
    where: { centreId, personId, givenAt: { lte: row.startsAt } },
    orderBy: { givenAt: 'desc' },
  })
  return {
    person: row.person,
    reader: row.source,
    finger: row.finger,
    slot: row.subject,
    startsMs: row.startsAt.getTime(),
    endsMs: row.endsAt?.getTime() ?? null,
    stored: proofOf(row.storing, 'stored'),
    deleted: proofOf(row.deleting, 'deleted'),
    consent: consent && {
      how: consent.how,
      givenMs: consent.givenAt.getTime(),
      withdrawnMs: consent.withdrawnAt?.getTime() ?? null,
    },
  }
}

function proofOf(command: { readonly id: string; readonly steps: unknown } | null, name: string): Proof | null {
  const step = (command?.steps as Step[] | undefined)?.find((one) => one.step === name)
  if (!command || step === undefined) return null
  return { command: command.id, atMs: Date.parse(step.at), facts: step.facts }
}
