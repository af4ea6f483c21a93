import { z } from 'zod'
import type { Visitor } from '#app/auth/guard.server.ts'
import { prisma } from '#app/db/client.server.ts'
import type { By } from '#app/db/enrolment-sending.server.ts'
import { slotsOfReader } from '#app/db/slots-compare.server.ts'
import type { Action } from '#app/domain/access/can.ts'
import type { Result } from '#app/domain/result.ts'
import { acceptIdentity } from '#app/services/devices/act-on-alarm.server.ts'
import { restoreTemplate } from '#app/services/devices/copy-template.server.ts'
import { deleteEnrolment, deleteUnowned } from '#app/services/devices/enrol-delete.server.ts'
import { endLostEnrolment } from '#app/services/devices/repair-slot.server.ts'
import { requestCommand } from '#app/services/devices/request-command.server.ts'
import { retireReader } from '#app/services/devices/retire-reader.server.ts'

export type Asked = { readonly visitor: Visitor; readonly sourceId: string; readonly form: FormData }

export type Came = { readonly done: string; readonly refused: string | null }

type Work = (asked: Asked, nowMs: number) => Promise<Result<unknown>>

/** Each act and the rights of which one is enough for it. */
const acts: Readonly<Record<string, { readonly rights: readonly Action[]; readonly work: Work }>> = {
  light: { rights: ['readers.manage'], work: command('light') },
  self_test: { rights: ['readers.manage'], work: command('self_test') },
  index: { rights: ['readers.manage', 'enrolment.manage'], work: command('index') },
  accept: {
    rights: ['readers.manage'],
    work: ({ visitor, sourceId }, nowMs) => acceptIdentity({ ...byOf(visitor), id: sourceId }, nowMs),
  },
  retire: { rights: ['readers.manage'], work: retire(true) },
  bring_back: { rights: ['readers.manage'], work: retire(false) },
  delete: { rights: ['enrolment.manage'], work: deleteUnknown },
  delete_left: { rights: ['enrolment.manage'], work: deleteLeft },
  lost: { rights: ['enrolment.manage'], work: endLost },
  restore: { rights: ['enrolment.manage'], work: restore },
}

/** Does what a form of a reader's page asks for; the right is the one of the act, not of the page. */
export async function actOn(asked: Asked, nowMs: number): Promise<Came> {
  const intent = String(asked.form.get('intent') ?? '')
  const act = Object.hasOwn(acts, intent) ? acts[intent] : undefined
  if (act === undefined) return { done: '', refused: 'bad_request' }
  if (!act.rights.some((right) => asked.visitor.can(right))) return { done: '', refused: 'forbidden' }
  const came = await act.work(asked, nowMs)
  return { done: intent, refused: came.ok ? null : came.code }
}

function byOf({ centreId, centre, accountId, role, address }: Visitor): By {
  return { centreId, zone: centre.zone, accountId, role, address }
}

function command(kind: 'light' | 'self_test' | 'index'): Work {
  return ({ visitor, sourceId }, nowMs) => requestCommand({ ...byOf(visitor), sourceId, kind }, nowMs)
}

function retire(retired: boolean): Work {
  return ({ visitor, sourceId }, nowMs) => retireReader(byOf(visitor), { sourceId, retired }, nowMs)
}

const slotNumber = z.coerce.number().int().min(0).max(65_535).catch(-1)
const uuid = z.uuid().catch('00000000-0000-0000-0000-000000000000')

function deleteUnknown({ visitor, sourceId, form }: Asked, nowMs: number) {
  const slot = slotNumber.parse(form.get('slot') ?? 'none')
  return deleteUnowned(byOf(visitor), { sourceId, slot }, nowMs)
}

/** The enrolment has ended and its template is still there; the person is the enrolment's. */
async function deleteLeft({ visitor, sourceId, form }: Asked, nowMs: number) {
  const enrolmentId = uuid.parse(form.get('enrolmentId'))
  const { held } = await slotsOfReader(prisma, visitor.centreId, sourceId)
  const personId = held.find((one) => one.enrolmentId === enrolmentId)?.personId ?? ''
  return deleteEnrolment(byOf(visitor), { personId, enrolmentId }, nowMs)
}

function endLost({ visitor, sourceId, form }: Asked, nowMs: number) {
  return endLostEnrolment(byOf(visitor), { sourceId, enrolmentId: uuid.parse(form.get('enrolmentId')) }, nowMs)
}

function restore({ visitor, sourceId, form }: Asked, nowMs: number) {
  return restoreTemplate(byOf(visitor), { sourceId, enrolmentId: uuid.parse(form.get('enrolmentId')) }, nowMs)
}
