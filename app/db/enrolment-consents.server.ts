import { noticeVersion } from '#app/domain/devices/enrol-attempt.ts'
import type { PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

export type Consent = {
  readonly id: string
  readonly statement: string
  readonly how: string
  readonly givenAt: Date
  readonly recordedBy: string
  readonly withdrawnAt: Date | null
}

/** What a person said last about storing a fingerprint: given, or withdrawn since; null when never asked. */
export async function newestConsent(db: Db, centreId: string, personId: string): Promise<Consent | null> {
  return db.enrolmentConsent.findFirst({
    where: { centreId, personId },
    orderBy: [{ givenAt: 'desc' }, { id: 'desc' }],
  })
}

/** Whether a consent lets a template be stored now: not withdrawn, and to the notice that is shown today. */
export function consentHolds(consent: Consent | null): boolean {
  return consent !== null && consent.withdrawnAt === null && consent.statement === noticeVersion
}

export type NewConsent = {
  readonly centreId: string
  readonly personId: string
  readonly how: 'paper' | 'screen'
  readonly recordedBy: string
  readonly atMs: number
}

export async function addConsent(tx: Tx, consent: NewConsent): Promise<string> {
  const id = newId()
  const { atMs, ...row } = consent
  await tx.enrolmentConsent.create({ data: { ...row, id, statement: noticeVersion, givenAt: new Date(atMs) } })
  return id
}

/** Takes back what was not taken back before; answers how many consents that ended. */
export async function withdrawConsents(tx: Tx, centreId: string, personId: string, atMs: number): Promise<number> {
  const { count } = await tx.enrolmentConsent.updateMany({
    where: { centreId, personId, withdrawnAt: null },
    data: { withdrawnAt: new Date(atMs) },
  })
  return count
}
