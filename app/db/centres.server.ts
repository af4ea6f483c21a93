import { type AccessSettings, readAccessSettings } from '#app/domain/access/settings.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import type { CalendarLayer } from '#app/domain/calendar/layer.ts'
import { toDate } from './dates.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { newId } from './id.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

let seen = false

/** Whether the server has been set up. Once true it stays true, so it is asked of the database only until then. */
export async function anyCentre(db: Db): Promise<boolean> {
  if (!seen) seen = (await db.centre.findFirst({ select: { id: true } })) !== null
  return seen
}

/** The names on the sign-in page: those of the only centre; a server of several shows none. */
export async function onlyCentre(db: Db): Promise<{ id: string; name: string; nameEn: string; zone: string } | null> {
  const rows = await db.centre.findMany({ select: { id: true, name: true, nameEn: true, zone: true }, take: 2 })
  return rows.length === 1 ? (rows[0] ?? null) : null
}

/** Lets one set-up at a time go on; the second waits here and then finds the centre. */
export async function waitForSetUp(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('window-staff set-up'))`
}

export type NewCentre = {
  readonly name: string
  readonly nameEn: string
  readonly zone: string
  readonly publicUrl: string | null
  readonly createdAt: number
}

export async function createCentre(tx: Tx, centre: NewCentre): Promise<string> {
  const id = newId()
  await tx.centre.create({ data: { ...centre, id, createdAt: new Date(centre.createdAt) } })
  return id
}

export type NewRuleSet = {
  readonly kind: 'attendance' | 'leave'
  readonly version: string
  readonly name: string
  readonly source: Prisma.InputJsonObject
  readonly validFrom: CivilDay
  readonly document: unknown
  readonly createdAt: number
}

/** Puts a first rule set of its kind in force. */
export async function createActiveRuleSet(tx: Tx, centreId: string, rules: NewRuleSet): Promise<void> {
  await tx.ruleSet.create({
    data: {
      centreId,
      id: newId(),
      kind: rules.kind,
      version: rules.version,
      name: rules.name,
      source: rules.source,
      validFrom: toDate(rules.validFrom),
      document: rules.document as Prisma.InputJsonValue,
      state: 'active',
      createdAt: new Date(rules.createdAt),
    },
  })
}

/** Stores a calendar layer as it is; what the columns repeat is for finding it. */
export async function createCalendarLayer(
  tx: Tx,
  centreId: string,
  document: CalendarLayer,
  createdAt: number,
): Promise<void> {
  const { year, layer, title, number, issued_on: issuedOn } = document
  await tx.calendarLayer.create({
    data: {
      centreId,
      id: newId(),
      year,
      layer,
      title,
      number,
      issuedOn: issuedOn ? toDate(issuedOn) : null,
      document,
      createdAt: new Date(createdAt),
    },
  })
}

export type DatabaseRole = {
  /** The role that signed in to the database, and the one it acts as. */
  readonly session: string
  readonly current: string
  readonly superuser: boolean
  readonly owner: boolean
  /** Whether the ledgers could be changed through this connection: the one thing that must not be. */
  readonly changesLedgers: boolean
}

/** What the web process may do in the database, asked of the database itself. */
export async function databaseRole(db: Db): Promise<DatabaseRole> {
  const rows = await db.$queryRaw<DatabaseRole[]>`
    select session_user::text as session, current_user::text as current,
      (select rolsuper from pg_roles where rolname = session_user) as superuser,
      exists (
        select 1 from pg_class c where c.oid = 'punch'::regclass
          and pg_get_userbyid(c.relowner) in (session_user::text, current_user::text)
      ) as owner,
      has_table_privilege(current_user, 'punch', 'UPDATE') or has_table_privilege(current_user, 'punch', 'DELETE')
        or has_table_privilege(current_user, 'audit_entry', 'UPDATE')
        or has_table_privilege(current_user, 'audit_entry', 'DELETE') as "changesLedgers"`
  const row = rows[0]
  if (!row) throw new Error('the database did not say who we are')
  return row
}

/** What this centre has set about signing in, completed by the defaults. */
export async function accessSettingsOf(db: Db, centreId: string): Promise<AccessSettings> {
  const centre = await db.centre.findUniqueOrThrow({ where: { id: centreId }, select: { settings: true } })
  return readAccessSettings(centre.settings)
}
