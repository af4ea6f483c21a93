import { windowsOfPerson } from '#app/db/accounts.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { can } from '#app/domain/access/can.ts'
import type { Role, Scope } from '#app/domain/access/roles.ts'
import type { Half } from '#app/domain/attendance/day.ts'
import type { LeaveActor, LeaveKind, LeavePeriod, LeaveSlip } from '#app/domain/leave/view.ts'
import type { Result } from '#app/domain/result.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { decideLeave } from '#app/services/leave/decide-leave.server.ts'
import { submitLeave } from '#app/services/leave/submit-leave.server.ts'
import { instant } from '#test/services/attendance/facts.ts'
import type { Fixture } from '#test/support/fixture.ts'

export const zone = 'Asia/Shanghai'
/** A Thursday; the week that follows has no holiday. */
export const thursday = instant('2026-11-19 10:00:00')

/** People of the fixture: a is chief of window 1, b asks, c is duty officer and alone at window 3, d is HR. */
export const [a, b, c, d] = [0, 1, 2, 3] as const

const personOf: Partial<Record<Role, 0 | 1 | 2 | 3>> = { chief_representative: a, staff: b, duty_officer: c, hr: d }

/** Somebody acting in a role, as a guard would let them in. */
export async function actor(fixture: Fixture, role: Role, nowMs = thursday): Promise<LeaveActor> {
  const index = personOf[role]
  const personId = index === undefined ? null : fixture.personIds[index]
  const { centreId } = fixture
  const own = { centreId, accountId: fixture.accountIds[role], personId, role, address: null, centre: { zone } }
  return { ...own, scope: await scopeOf(fixture, role, personId, nowMs) }
}

async function scopeOf(fixture: Fixture, role: Role, personId: string | null, nowMs: number): Promise<Scope> {
  const { centreId } = fixture
  const reach = can(role, 'leave.decide') ?? 'self'
  if (reach === 'centre') return { centreId, reach }
  if (reach === 'unit') return { centreId, reach, unitId: fixture.unitIds[0] }
  const { day } = civilOf(nowMs, zone)
  if (reach === 'windows') {
    return { centreId, reach, windowIds: await windowsOfPerson(prisma, centreId, personId ?? '', day) }
  }
  return { centreId, reach, personId: personId ?? fixture.centreId }
}

/** "2026-11-23 am" to "2026-11-24 pm". */
export function period(from: string, to: string): LeavePeriod {
  const [firstDay = '', firstHalf = ''] = from.split(' ')
  const [lastDay = '', lastHalf = ''] = to.split(' ')
  return { firstDay, firstHalf: firstHalf as Half, lastDay, lastHalf: lastHalf as Half }
}

export function slip(
  fixture: Fixture,
  kind: LeaveKind,
  when: LeavePeriod,
  standIn: 0 | 1 | 2 | 3 | null = a,
): LeaveSlip {
  return {
    kind,
    period: when,
    reason: '回老家陪父母体检',
    destination: '桐城',
    leavesTown: true,
    phone: '13800001234',
    handover: null,
    standInId: standIn === null ? null : fixture.personIds[standIn],
  }
}

/** The value of an answer that has to be a yes. */
export function yes<T>(answer: Result<T>): T {
  if (!answer.ok) throw new Error(`refused: ${answer.code} ${JSON.stringify(answer.facts)}`)
  return answer.value
}

export async function asked(
  fixture: Fixture,
  kind: LeaveKind,
  from: string,
  to: string,
  nowMs = thursday,
): Promise<{ id: string; number: string | null; revision: number }> {
  const by = await actor(fixture, 'staff')
  const sent = await submitLeave({ by, id: null, revision: null, slip: slip(fixture, kind, period(from, to)) }, nowMs)
  return yes(sent)
}

export async function revisionOf(fixture: Fixture, id: string): Promise<number> {
  const where = { centreId_id: { centreId: fixture.centreId, id } }
  return (await prisma.leaveRequest.findUniqueOrThrow({ where })).revision
}

export async function stateOf(fixture: Fixture, id: string): Promise<string> {
  const where = { centreId_id: { centreId: fixture.centreId, id } }
  return (await prisma.leaveRequest.findUniqueOrThrow({ where })).state
}

/** One approval after the other, each by somebody who has just read the request. */
export async function approved(fixture: Fixture, id: string, roles: readonly Role[], nowMs = thursday): Promise<void> {
  for (const role of roles) {
    const by = await actor(fixture, role)
    const revision = await revisionOf(fixture, id)
    yes(await decideLeave({ by, id, revision, act: 'approve', note: null }, nowMs))
  }
}
