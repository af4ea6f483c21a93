import type { Scope } from '#app/domain/access/roles.ts'
import type { CivilDay } from '#app/domain/attendance/day.ts'
import { maskIdNumber, maskPhone } from '#app/domain/people/mask.ts'
import type { IdentityKind, Post } from '#app/domain/people/person.ts'
import type { PersonnelFacts, PersonRecord, PersonState, PostingLine } from '#app/domain/people/record.ts'
import { audit } from './audit.server.ts'
import { fromDate, toDate } from './dates.ts'
import type { Person, Posting, Prisma, PrismaClient } from './generated/client.ts'
import { open } from './personal-data.server.ts'
import type { By } from './record-changes.server.ts'
import type { Tx } from './transaction.server.ts'

export type { PersonRecord } from '#app/domain/people/record.ts'

type Db = Tx | PrismaClient

/** Not over before a day: holding it, or beginning later. */
export function notOver(day: CivilDay) {
  return { OR: [{ endsOn: null }, { endsOn: { gte: toDate(day) } }] }
}

/**
 * Permission as part of the query, for records: as the board's, and also who is still to come to a unit or a window.
 * Those who have left are the personnel office's.
 */
export function recordInScope(scope: Scope, day: CivilDay): Prisma.PersonWhereInput {
  if (scope.reach === 'centre') return { centreId: scope.centreId }
  if (scope.reach === 'self') return { centreId: scope.centreId, id: scope.personId }
  if (scope.reach === 'unit')
    return { centreId: scope.centreId, postings: { some: { ...notOver(day), unitId: scope.unitId } } }
  return {
    centreId: scope.centreId,
    windowPosts: { some: { ...notOver(day), windowId: { in: [...scope.windowIds] } } },
  }
}

const unitName = { id: true, name: true, nameEn: true, shortName: true } as const
const windowName = { id: true, number: true, name: true, nameEn: true } as const
const newestFirst = [{ startsOn: 'desc' as const }, { id: 'desc' as const }]

/** One person's record as far as the scope reaches; null for anybody else's and for unknown ids. */
export async function personRecord(db: Db, scope: Scope, id: string, day: CivilDay): Promise<PersonRecord | null> {
  const row = await db.person.findFirst({
    where: { AND: [recordInScope(scope, day), { id }] },
    include: {
      postings: { orderBy: newestFirst, include: { unit: { select: unitName } } },
      windowPosts: { orderBy: newestFirst, include: { window: { select: windowName } } },
      chiefAppointments: { orderBy: newestFirst, include: { window: { select: windowName } } },
      groups: { orderBy: newestFirst },
      enrolments: { where: { endsAt: null, source: { kind: 'reader' } }, select: { sourceId: true } },
    },
  })
  if (!row) return null
  const postings = row.postings.map((posting) => ({ ...postingLine(posting), unit: posting.unit }))
  return {
    id: row.id,
    staffNumber: row.staffNumber,
    name: row.name,
    reading: row.reading,
    initials: row.initials,
    nameEn: row.nameEn,
    nameNote: row.nameNote,
    identityKind: row.identityKind as IdentityKind,
    title: row.title,
    duties: row.duties,
    revision: row.revision,
    state: stateOn(postings, day),
    postings,
    posts: row.windowPosts.map(({ id: postId, post, window, ...span }) => ({
      id: postId,
      post: post as Post,
      window,
      ...daysOf(span),
    })),
    chiefs: row.chiefAppointments.map(({ id: chiefId, window, ...span }) => ({ id: chiefId, window, ...daysOf(span) })),
    groups: row.groups.map(({ id: groupId, group, ...span }) => ({ id: groupId, group, ...daysOf(span) })),
    enrolledAt: new Set(row.enrolments.map((one) => one.sourceId)).size,
    personnel: scope.reach === 'centre' || scope.reach === 'self' ? personnelOf(row) : null,
  }
}

/** Where a person stands on a day, by the postings. */
export function stateOn(
  postings: readonly { readonly startsOn: CivilDay; readonly endsOn: CivilDay | null }[],
  day: CivilDay,
): PersonState {
  if (postings.some((one) => one.startsOn <= day && (one.endsOn === null || one.endsOn >= day))) return 'serving'
  if (postings.some((one) => one.startsOn > day)) return 'coming'
  return postings.length > 0 ? 'left' : 'unposted'
}

/** A span's two days as text. */
export function daysOf(span: { readonly startsOn: Date; readonly endsOn: Date | null }) {
  return { startsOn: fromDate(span.startsOn), endsOn: span.endsOn ? fromDate(span.endsOn) : null }
}

function postingLine(row: Posting): Omit<PostingLine, 'unit'> {
  return {
    id: row.id,
    ...daysOf(row),
    dueOn: row.dueOn ? fromDate(row.dueOn) : null,
    documentNumber: row.documentNumber,
    documentOn: row.documentOn ? fromDate(row.documentOn) : null,
    assessmentMode: row.assessmentMode as PostingLine['assessmentMode'],
    endReason: row.endReason,
    note: row.note,
  }
}

function personnelOf(row: Person): PersonnelFacts {
  return {
    politicalStatus: row.politicalStatus,
    gender: row.gender as PersonnelFacts['gender'],
    bornMonth: row.bornMonth,
    nameOnCard: row.nameOnCard,
    rankSince: row.rankSince,
    education: row.education,
    workSince: row.workSince,
    postCategory: row.postCategory as PersonnelFacts['postCategory'],
    postGrade: row.postGrade,
    phoneMasked: row.phoneCipher ? maskPhone(open(row.phoneCipher)) : null,
    idNumberMasked: row.idNumberCipher ? maskIdNumber(open(row.idNumberCipher)) : null,
  }
}

/** A sealed number in full, for a visitor who may reveal it; each look is written down 显示（留痕）. */
export async function revealed(
  tx: Tx,
  by: By,
  scope: Scope,
  personId: string,
  field: 'phone' | 'idNumber',
  day: CivilDay,
): Promise<string | null> {
  const row = await tx.person.findFirst({
    where: { AND: [recordInScope(scope, day), { id: personId }] },
    select: { phoneCipher: true, idNumberCipher: true },
  })
  const sealed = field === 'phone' ? row?.phoneCipher : row?.idNumberCipher
  if (!sealed) return null
  await audit(tx, {
    centreId: by.centreId,
    actor: by.accountId,
    role: by.role,
    action: 'person.revealed',
    subject: personId,
    detail: { field },
    address: by.address,
  })
  return open(sealed)
}
