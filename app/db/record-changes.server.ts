import type { Role } from '#app/domain/access/roles.ts'
import type { HistoryLine } from '#app/domain/people/record.ts'
import { audit } from './audit.server.ts'
import { publish } from './events.server.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** Who does something, as every act on a record notes it. */
export type By = {
  readonly centreId: string
  readonly accountId: string
  readonly role: Role
  readonly address: string | null
}

export type RecordName =
  | 'person'
  | 'posting'
  | 'window_post'
  | 'chief_appointment'
  | 'person_group'
  | 'window'
  | 'zone'
  | 'unit'
  | 'window_group'

export type Value = string | number | null
export type Changes = Readonly<Record<string, { readonly from: Value; readonly to: Value }>>

export type RecordChange = {
  readonly record: RecordName
  readonly recordId: string
  readonly personId?: string
  readonly kind: HistoryLine['kind']
  readonly fields: Changes
}

/** What stands in a history for a value that is kept sealed. */
export const sealedMark = '***'

/** Writes a change into the record's history, the audit (names of fields, never values) and the pages' events. */
export async function noteChange(tx: Tx, by: By, change: RecordChange, atMs: number): Promise<void> {
  const { record, recordId, personId, kind, fields } = change
  await tx.recordChange.create({
    data: {
      centreId: by.centreId,
      id: newId(),
      at: new Date(atMs),
      actorId: by.accountId,
      record,
      recordId,
      personId: personId ?? null,
      kind,
      fields: fields as Prisma.InputJsonObject,
    },
  })
  await audit(tx, {
    centreId: by.centreId,
    actor: by.accountId,
    role: by.role,
    action: `${record}.${kind}`,
    subject: recordId,
    detail: { fields: Object.keys(fields), ...(personId && personId !== recordId ? { person: personId } : {}) },
    address: by.address,
  })
  await publish(tx, { topic: 'person', centreId: by.centreId, id: personId ?? recordId, record, kind })
}

/** The fields whose values differ, from one version of a record to the next. */
export function changesBetween(
  before: Readonly<Record<string, Value>>,
  after: Readonly<Record<string, Value>>,
): Changes {
  const names = Object.keys(after).filter((name) => (before[name] ?? null) !== (after[name] ?? null))
  return Object.fromEntries(names.map((name) => [name, { from: before[name] ?? null, to: after[name] ?? null }]))
}

type Row = { id: string; at: Date; actorId: string; record: string; recordId: string; kind: string; fields: unknown }

/** Everything that was done to a person's record, postings and posts, newest first. */
export async function historyOf(db: Db, centreId: string, personId: string): Promise<HistoryLine[]> {
  return withActors(
    db,
    centreId,
    await db.recordChange.findMany({
      where: { centreId, personId },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: 500,
    }),
  )
}

/** Everything that was done to a window, zone, unit or group, newest first. */
export async function historyOfRecord(
  db: Db,
  centreId: string,
  record: RecordName,
  id: string,
): Promise<HistoryLine[]> {
  return withActors(
    db,
    centreId,
    await db.recordChange.findMany({
      where: { centreId, record, recordId: id },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: 500,
    }),
  )
}

/** Which version of a record a form was drawn from: the last change of it, or '' before any. */
export async function versionOf(db: Db, centreId: string, record: RecordName, id: string): Promise<string> {
  const last = await db.recordChange.findFirst({
    where: { centreId, record, recordId: id },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select: { id: true },
  })
  return last?.id ?? ''
}

async function withActors(db: Db, centreId: string, rows: readonly Row[]): Promise<HistoryLine[]> {
  const ids = [...new Set(rows.map((row) => row.actorId))]
  const accounts = await db.account.findMany({
    where: { centreId, id: { in: ids } },
    select: { id: true, displayName: true },
  })
  const names = new Map(accounts.map((account) => [account.id, account.displayName]))
  return rows.map((row) => ({
    id: row.id,
    atMs: row.at.getTime(),
    actor: names.get(row.actorId) ?? '',
    record: row.record,
    recordId: row.recordId,
    kind: row.kind as HistoryLine['kind'],
    fields: row.fields as HistoryLine['fields'],
  }))
}
