import { data } from '@remix-run/node'
import type { Visitor } from '#app/auth/guard.server.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { leaveById } from '#app/db/leave.server.ts'
import { previewLeave } from '#app/db/leave-preview.server.ts'
import { staffingOf } from '#app/db/leave-staffing.server.ts'
import { mayBeOnPaper } from '#app/domain/leave/route.ts'
import type { LeaveView, Party } from '#app/domain/leave/view.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import type { T } from '#app/i18n/translator.ts'
import { revealLeavePhone } from '#app/services/leave/reveal-phone.server.ts'
import type { DetailModel } from '#app/ui/leave/detail.tsx'
import type { DoneFacts } from '#app/ui/leave/done.tsx'
import { partiesText } from '#app/ui/leave/texts.ts'

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A request that the visitor may see, or null. */
export async function leaveFor(visitor: Visitor, asked: string | null | undefined): Promise<LeaveView | null> {
  return asked && id.test(asked) ? await leaveById(prisma, visitor, asked, now()) : null
}

/** For which party the visitor would give a word now: the own role, or as HR a party whose word stands on paper. */
export function partyOf(view: LeaveView, visitor: Visitor): Party | null {
  if (view.state !== 'submitted' || view.person.id === visitor.personId) return null
  if (view.awaited.includes(visitor.role)) return visitor.role
  if (visitor.role !== 'hr') return null
  const due = view.steps.find((step) => step.state === 'due')
  const empty = (party: Party) => due?.parties.some((one) => one.party === party && one.people.length === 0)
  return view.awaited.find((party) => mayBeOnPaper(party) && empty(party)) ?? null
}

/** The request with the staffing of its days; warnings are for those who decide while it waits. */
export async function detailModel(
  visitor: Visitor,
  view: LeaveView,
  phone: string | null = null,
): Promise<DetailModel> {
  const { zone } = visitor.centre
  const centre = { id: visitor.centreId, zone }
  const { id: leaveId, kind, period } = view
  const personId = view.person.id
  const own = personId === visitor.personId
  const [staffing, preview] = await Promise.all([
    own ? null : staffingOf(prisma, centre, { leaveId, personId, kind, period, standInId: view.standIn?.id ?? null }),
    view.state === 'submitted'
      ? previewLeave(prisma, centre, { personId, kind, period, standInId: view.standIn?.id ?? null, leaveId }, now())
      : null,
  ])
  return {
    view,
    staffing,
    warnings: preview?.ok ? preview.value.warnings : [],
    today: civilOf(now(), zone).day,
    zone,
    mine: partyOf(view, visitor),
    phone,
    mayPhone: mayPhone(visitor, view),
  }
}

/** Who decides on leave may call its holder. */
export function mayPhone(visitor: Visitor, view: LeaveView): boolean {
  return view.phoneMasked !== null && view.person.id !== visitor.personId && visitor.can('leave.decide')
}

/** The whole number for whoever may have it; that it was read is audited. */
export async function phoneOf(visitor: Visitor, view: LeaveView): Promise<string | null> {
  if (!mayPhone(visitor, view)) {
    throw data({ code: 'forbidden', action: 'leave.decide', role: visitor.role }, { status: 403 })
  }
  const found = await revealLeavePhone({ by: visitor, id: view.id }, now())
  return found.ok ? found.value.phone : null
}

const acts = ['saved', 'submitted', 'approved', 'returned', 'refused', 'withdrawn', 'cancelled', 'recorded'] as const

/** What the address says was just done, with the request as it stands now. */
export async function doneFacts(t: T, visitor: Visitor, search: URLSearchParams): Promise<DoneFacts | null> {
  const done = acts.find((act) => act === search.get('done'))
  const view = done ? await leaveFor(visitor, search.get('of') ?? search.get('id')) : null
  if (!done || !view) return null
  const name = t.locale === 'en' ? view.person.nameEn || view.person.name : view.person.name
  const waits = view.state === 'submitted' && view.awaited.length > 0
  return {
    done,
    name,
    who: waits ? partiesText(t, view.awaited, view.awaitedMode) : '',
    granted: view.state === 'approved',
  }
}
