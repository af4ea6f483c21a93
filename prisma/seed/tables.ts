import type { CivilDay } from '#app/domain/attendance/day.ts'
import { addDays } from '#app/domain/time/day.ts'
import { instantOf } from '#app/domain/time/zone.ts'
import { oneOfEach, outsiders, staffRoles } from './accounts.ts'
import type { DemoAbsence, DemoOutage, DemoPress } from './days.ts'
import type { DemoData } from './demo.ts'
import { centreNames, readers, units, windowGroups, windows, zones } from './hall.ts'
import { seedId } from './ids.ts'
import { leaveIdOf } from './leaves.ts'
import { type DemoPerson, hasAccount, hasTemplate, wasEnrolled } from './people.ts'
import { randomFor } from './random.ts'
import { registerFacts, termOf } from './records.ts'
import { chiefs, extraPosts, otherHolders } from './staff.ts'

/** One row as PostgreSQL's jsonb_populate_recordset reads it: column names, instants as ISO text. */
export type Row = Readonly<Record<string, unknown>>
export type Table = { readonly name: string; readonly rows: readonly Row[] }

/** What only the loading process knows: the secret keys and the time. */
export type Secrets = {
  readonly passwordHash: string
  /** Encrypted bytes and blind index of a text, as "\x…". */
  readonly seal: (text: string) => string
  readonly index: (text: string) => string
}

export const demoCentreId = (seed: string): string => seedId(seed, 'centre')

const midnights = new Map<CivilDay, number>()

/** An instant of the demo centre as ISO text. Its zone has one offset all year, so a day's midnight is looked up once. */
export function instant(day: CivilDay, second: number): string {
  const midnight = midnights.get(day) ?? instantOf(day, 0, centreNames.zone)
  midnights.set(day, midnight)
  return new Date(midnight + second * 1000).toISOString()
}

/** Ids of the demo centre's things, from what people call them. */
export function idsOf(seed: string) {
  return {
    centre: demoCentreId(seed),
    zone: (code: string) => seedId(seed, 'zone', code),
    unit: (key: string) => seedId(seed, 'unit', key),
    window: (number: string) => seedId(seed, 'window', number),
    account: (signIn: string) => seedId(seed, 'account', signIn),
    source: (serial: string) => seedId(seed, 'source', serial),
  }
}

/** The hall: centre, zones, units, windows and their groups. */
export function hallTables(demo: DemoData): Table[] {
  const ids = idsOf(demo.seed)
  const opens = addDays(demo.from, -900)
  const created = instant(opens, 9 * 3600)
  const own = { centre_id: ids.centre }
  return [
    {
      name: 'centre',
      rows: [
        {
          id: ids.centre,
          name: centreNames.name,
          name_en: centreNames.nameEn,
          zone: centreNames.zone,
          settings: {},
          created_at: created,
        },
      ],
    },
    {
      name: 'zone',
      rows: zones.map((zone, position) => ({
        ...own,
        id: ids.zone(zone.code),
        code: zone.code,
        name: zone.name,
        name_en: zone.nameEn,
        position,
      })),
    },
    {
      name: 'dispatching_unit',
      rows: Object.entries(units).map(([key, unit], position) => ({
        ...own,
        id: ids.unit(key),
        name: unit.name,
        name_en: unit.nameEn,
        short_name: unit.shortName,
        position,
        assessment_mode: key === 'services' ? 'a' : key === 'seals' || key === 'utilities' ? 'c' : 'b',
      })),
    },
    {
      name: 'window',
      rows: windows.map(([number, name, nameEn], index) => ({
        ...own,
        id: ids.window(number),
        zone_id: ids.zone(number.slice(0, 1)),
        number,
        name,
        name_en: nameEn,
        position: index % 6,
        phone: String(8101 + index),
        opens_on: opens,
      })),
    },
    {
      name: 'window_group',
      rows: windowGroups.map((group) => ({
        ...own,
        id: seedId(demo.seed, 'group', group.name),
        name: group.name,
        name_en: group.nameEn,
        min_staff: group.minStaff,
      })),
    },
    {
      name: 'window_group_member',
      rows: windowGroups.flatMap((group) =>
        group.windows.map((number) => ({
          ...own,
          group_id: seedId(demo.seed, 'group', group.name),
          window_id: ids.window(number),
        })),
      ),
    },
  ]
}

/** The people: who they are, who sent them, where they stand, over which windows they answer. */
export function peopleTables(demo: DemoData, secrets: Secrets): Table[] {
  const ids = idsOf(demo.seed)
  const own = { centre_id: ids.centre }
  const byName = new Map(demo.people.map((person) => [person.name, person]))
  const post = (person: DemoPerson, kind: string, window: string | null) => ({
    ...own,
    id: seedId(demo.seed, 'post', person.staffNumber, kind, window ?? ''),
    person_id: person.id,
    window_id: window ? ids.window(window) : null,
    post: kind,
    starts_on: person.startsOn,
    ends_on: person.endsOn,
  })
  return [
    { name: 'person', rows: demo.people.map((person) => personRow(person, own, secrets)) },
    {
      name: 'posting',
      rows: demo.people.map((person) => ({
        ...own,
        id: seedId(demo.seed, 'posting', person.staffNumber),
        person_id: person.id,
        unit_id: ids.unit(person.unit),
        starts_on: person.startsOn,
        ends_on: person.endsOn,
        ...termOf(person),
      })),
    },
    {
      name: 'window_post',
      rows: [
        ...demo.people.flatMap((person) =>
          person.window ? [post(person, otherHolders[person.window] ?? 'a', person.window)] : [],
        ),
        ...extraPosts.flatMap(([name, kind, window]) => {
          const person = byName.get(name)
          return person ? [post(person, kind, window)] : []
        }),
      ],
    },
    { name: 'chief_appointment', rows: chiefRows(demo, byName) },
    {
      name: 'person_group',
      rows: demo.people
        .filter((person) => person.window)
        .map((person) => ({
          ...own,
          id: seedId(demo.seed, 'person-group', person.staffNumber),
          person_id: person.id,
          group: 'front_desk',
          starts_on: person.startsOn,
          ends_on: person.endsOn,
        })),
    },
  ]
}

function personRow(person: DemoPerson, own: Row, secrets: Secrets): Row {
  // A number that no network ever gave out: the demo must not hold anybody's phone.
  const phone = `100000${person.staffNumber}`
  return {
    ...own,
    id: person.id,
    staff_number: person.staffNumber,
    name: person.name,
    reading: person.reading,
    initials: person.initials,
    name_en: person.nameEn,
    identity_kind: person.identity,
    ...registerFacts(person),
    phone_cipher: secrets.seal(phone),
    phone_index: secrets.index(phone),
  }
}

function chiefRows(demo: DemoData, byName: ReadonlyMap<string, DemoPerson>): Row[] {
  const ids = idsOf(demo.seed)
  return chiefs.flatMap(([name, over]) => {
    const person = byName.get(name)
    if (!person) return []
    return over.map((window) => ({
      centre_id: ids.centre,
      id: seedId(demo.seed, 'chief', window),
      person_id: person.id,
      window_id: ids.window(window),
      starts_on: person.startsOn,
    }))
  })
}

/** Accounts and roles: one for each of the staff, and those of the unit's side and from outside. */
export function accountTables(demo: DemoData, secrets: Secrets): Table[] {
  const ids = idsOf(demo.seed)
  const own = { centre_id: ids.centre }
  const account = (signIn: string, name: string, personId: string | null) => ({
    ...own,
    id: ids.account(signIn),
    sign_in: signIn,
    person_id: personId,
    display_name: name,
    password_hash: secrets.passwordHash,
    must_change_password: false,
    failed_sign_ins: 0,
    created_at: instant(demo.from, 9 * 3600),
  })
  const grant = (signIn: string, role: string, unit: string | null, endsOn: CivilDay | null) => ({
    ...own,
    id: seedId(demo.seed, 'grant', signIn, role),
    account_id: ids.account(signIn),
    role,
    unit_id: unit ? ids.unit(unit) : null,
    starts_on: endsOn !== null && endsOn < demo.from ? endsOn : demo.from,
    ends_on: endsOn,
  })
  return [
    {
      name: 'account',
      rows: [
        ...demo.people.filter(hasAccount).map((person) => account(person.staffNumber, person.name, person.id)),
        ...outsiders.map((outsider) => account(outsider.signIn, outsider.name, null)),
      ],
    },
    {
      name: 'role_grant',
      rows: [
        ...demo.people
          .filter(hasAccount)
          .flatMap((person) =>
            (staffRoles[person.name] ?? ['staff']).map((role) => grant(person.staffNumber, role, null, person.endsOn)),
          ),
        ...outsiders.map((one) =>
          grant(one.signIn, one.role, one.unit, one.endsIn === null ? null : addDays(demo.today, one.endsIn)),
        ),
      ],
    },
  ]
}

/** HR has asked for a newcomer's account, so that the system administrator finds something to do. */
export function requestTables(demo: DemoData): Table[] {
  const ids = idsOf(demo.seed)
  const person = demo.people.find((one) => !hasAccount(one))
  if (!person) return []
  const row = {
    centre_id: ids.centre,
    id: seedId(demo.seed, 'access-request', person.staffNumber),
    kind: 'account',
    person_id: person.id,
    payload: { roles: [{ role: 'staff', unitId: null, startsOn: demo.today, endsOn: null }] },
    reason: '新到岗',
    state: 'waiting',
    requested_by: ids.account('30549'),
    requested_at: instant(demo.today, 8 * 3600 + 600),
  }
  return [{ name: 'access_request', rows: [row] }]
}

function templateUntil(person: DemoPerson): string | null {
  return person.endsOn === null || hasTemplate(person) ? null : instant(addDays(person.endsOn, 1), 0)
}

/** Readers and whose template lies in which slot of each. */
export function readerTables(demo: DemoData): Table[] {
  const ids = idsOf(demo.seed)
  const own = { centre_id: ids.centre }
  return [
    {
      name: 'source',
      rows: readers.map((reader) => ({
        ...own,
        id: ids.source(reader.serial),
        kind: 'reader',
        name: reader.name,
        name_en: reader.nameEn,
        place: reader.place,
        place_en: reader.placeEn,
        serial: reader.serial,
        dialect: reader.dialect,
        capacity: reader.capacity,
        emulated: true,
        state: 'unknown',
      })),
    },
    {
      name: 'enrolment',
      rows: readers.flatMap((reader) =>
        demo.people.filter(wasEnrolled).map((person) => ({
          ...own,
          id: seedId(demo.seed, 'enrolment', reader.serial, person.slot),
          source_id: ids.source(reader.serial),
          subject: String(person.slot),
          person_id: person.id,
          finger: 1,
          starts_at: instant(person.startsOn, 0),
          ends_at: templateUntil(person),
        })),
      ),
    },
  ]
}

/** Absences, with the request that made each, as far as there is one. */
export function awayTables(seed: string, absences: readonly DemoAbsence[], leaves: ReadonlySet<string>): Table[] {
  const leaveOf = (absence: DemoAbsence) =>
    [leaveIdOf(seed, absence)].find((id) => id !== null && leaves.has(id)) ?? null
  const rows = absences.map((absence) => ({
    centre_id: demoCentreId(seed),
    id: seedId(seed, 'coverage', absence.person.staffNumber, absence.kind, absence.first, absence.from),
    person_id: absence.person.id,
    kind: absence.kind,
    starts_at: instant(absence.first, absence.from),
    ends_at: instant(absence.last, absence.to),
    note: absence.note,
    stand_in_id: absence.standIn?.id ?? null,
    leave_id: leaveOf(absence),
  }))
  return [{ name: 'coverage', rows }]
}

export function outageTables(seed: string, outages: readonly DemoOutage[], confirmedBy: string): Table[] {
  const ids = idsOf(seed)
  const sourceOf = (outage: DemoOutage) => ({
    centre_id: ids.centre,
    source_id: ids.source(readers[outage.reader]?.serial ?? ''),
  })
  const event = (outage: DemoOutage, kind: string, second: number) => ({
    ...sourceOf(outage),
    id: seedId(seed, 'event', outage.day, outage.reader, kind),
    at: instant(outage.day, second),
    kind,
    detail: {},
  })
  const rows = outages.map((outage) => ({
    ...sourceOf(outage),
    id: seedId(seed, 'outage', outage.day, outage.reader),
    starts_at: instant(outage.day, outage.from),
    ends_at: instant(outage.day, outage.to),
    reason: outage.reason,
    confirmed_by: ids.account(confirmedBy),
    confirmed_at: instant(outage.day, outage.to + 1500),
  }))
  const events = outages.flatMap((outage) => [
    event(outage, 'offline', outage.from),
    event(outage, 'online', outage.to),
  ])
  return [
    { name: 'outage', rows },
    { name: 'reader_event', rows: events },
  ]
}

/** Presses as ledger rows. Each reader's day is a spool of its own, numbered in the order of time. */
export function punchTable(seed: string, presses: readonly DemoPress[]): Table {
  const ids = idsOf(seed)
  const counters = new Map<string, number>()
  const rows = presses.map((press) => {
    const serial = readers[press.reader]?.serial ?? ''
    const spool = `${serial}/${press.day}`
    const seq = (counters.get(spool) ?? 0) + 1
    counters.set(spool, seq)
    const random = randomFor(seed, 'punch', spool, seq)
    const made = Date.parse(instant(press.day, press.second)) + random.int(0, 999)
    return {
      centre_id: ids.centre,
      source_id: ids.source(serial),
      spool_epoch: seedId(seed, 'spool', serial, press.day),
      seq,
      at: new Date(made).toISOString(),
      subject: String(press.person.slot),
      score: random.int(58, 180),
      offset_ms: random.int(120, 460),
      received_at: new Date(made + random.int(40, 310)).toISOString(),
      quarantine: null,
    }
  })
  return { name: 'punch', rows }
}

export type SignIn = { readonly role: string; readonly name: string; readonly signIn: string }

/** One person per role, for the list printed at the start. */
export function signIns(people: readonly DemoPerson[]): SignIn[] {
  return oneOfEach.map(([role, name]) => {
    const person = people.find((one) => one.name === name)
    const outsider = outsiders.find((one) => one.name === name)
    return { role, name, signIn: person?.staffNumber ?? outsider?.signIn ?? '' }
  })
}
