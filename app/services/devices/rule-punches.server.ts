import { audit } from '#app/db/audit.server.ts'
import { publish } from '#app/db/events.server.ts'
import { attendanceDays } from '#app/db/greetings.server.ts'
import { type DayOfPerson, judgeAgain } from '#app/db/judge-again.server.ts'
import { keepIf } from '#app/db/rollback.server.ts'
import {
  addRulings,
  earlierRuling,
  holdersAt,
  type NewRuling,
  type PunchInDoubt,
  punchesInDoubt,
  punchRef,
} from '#app/db/rulings.server.ts'
import type { Tx } from '#app/db/transaction.server.ts'
import { type CountsAt, type CountsRefusal, countsAtMs, likelyMs } from '#app/domain/devices/doubtful.ts'
import { ok, type Refusal, type Result, refuse } from '#app/domain/result.ts'

export type PunchRuling = {
  readonly centreId: string
  /** Keys of punches, as `punchKey` makes them. */
  readonly keys: readonly string[]
  readonly decision: 'release' | 'reject'
  /** When a released punch counts: as recorded, put right by the measured offset, or an instant that the person states. */
  readonly countsAt: CountsAt
  readonly reason: string
  readonly accountId: string
  readonly role: string
  readonly address: string | null
}

export type RulingRefusal =
  | 'nothing_chosen'
  | 'too_many'
  | 'reason_missing'
  | 'reason_too_long'
  | 'punch_unknown'
  | 'already_ruled'
  | 'own_punch'
  | 'one_time_for_many'
  | CountsRefusal

const most = 200
const longestReason = 200

/**
 * Lets punches in doubt count, or says that they never shall 放行或作废, once and with a reason. Several at once are decided
 * together or not at all. Whoever was first is told to the second; nobody rules on a punch of his own. Source: decisions 4.
 */
export async function rulePunches(
  ruling: PunchRuling,
  nowMs: number,
): Promise<Result<{ count: number; days: number }, RulingRefusal>> {
  const reason = ruling.reason.normalize('NFC').trim()
  const refs = [...new Set(ruling.keys)].map(punchRef).flatMap((ref) => ref ?? [])
  if (ruling.keys.length === 0) return refuse('nothing_chosen')
  if (ruling.keys.length > most) return refuse('too_many', { most })
  if (reason === '') return refuse('reason_missing')
  if ([...reason].length > longestReason) return refuse('reason_too_long', { most: longestReason })
  if (refs.length > 1 && typeof ruling.countsAt === 'number') return refuse('one_time_for_many')
  return keepIf(
    (answer) => answer.ok,
    async (tx) => {
      const punches = await punchesInDoubt(tx, ruling.centreId, refs)
      if (punches.length !== new Set(ruling.keys).size) return refuse('punch_unknown')
      return decide(tx, { ...ruling, reason }, punches, nowMs)
    },
  )
}

async function decide(tx: Tx, ruling: PunchRuling, punches: readonly PunchInDoubt[], nowMs: number) {
  const { centreId, accountId } = ruling
  const earlier = await alreadyRuled(tx, centreId, punches)
  if (earlier) return earlier
  const rulings = rulingsOf(ruling, punches, nowMs)
  if (!rulings.ok) return rulings
  const touched = await peopleTouched(tx, centreId, rulings.value)
  const { personId } = await tx.account.findUniqueOrThrow({ where: { centreId_id: { centreId, id: accountId } } })
  if (personId !== null && touched.some((one) => one.personId === personId)) return refuse('own_punch')
  const added = await addRulings(tx, centreId, rulings.value, { reason: ruling.reason, accountId, atMs: nowMs })
  if (added < punches.length) return (await alreadyRuled(tx, centreId, punches)) ?? refuse('punch_unknown')
  const days = await tell(tx, ruling, touched, nowMs)
  return ok({ count: added, days })
}

async function alreadyRuled(
  tx: Tx,
  centreId: string,
  punches: readonly PunchInDoubt[],
): Promise<Refusal<'already_ruled'> | null> {
  const earlier = await earlierRuling(tx, centreId, punches)
  return earlier && refuse('already_ruled', { ...earlier })
}

/** When each counts; the first one that may not decides. */
function rulingsOf(
  ruling: PunchRuling,
  punches: readonly PunchInDoubt[],
  nowMs: number,
): Result<NewRuling[], CountsRefusal> {
  const { decision, countsAt } = ruling
  const made: NewRuling[] = []
  for (const punch of punches) {
    const counts = decision === 'reject' ? null : countsAtMs(punch, countsAt, nowMs)
    if (typeof counts === 'string') return refuse(counts)
    made.push({ punch, decision, countsMs: counts })
  }
  return ok(made)
}

type Touched = { readonly personId: string; readonly atMs: number }

/** Whose days change, and when: where the punch was held open until now, where it counts, and where it was recorded. */
async function peopleTouched(tx: Tx, centreId: string, rulings: readonly NewRuling[]): Promise<Touched[]> {
  const asked = rulings.flatMap(({ punch, countsMs }) =>
    [likelyMs(punch), punch.recordedMs, ...(countsMs === null ? [] : [countsMs])].map((atMs) => ({ ...punch, atMs })),
  )
  const holders = await holdersAt(tx, centreId, asked)
  return asked.flatMap(({ atMs }, index) => {
    const personId = holders[index]
    return personId ? [{ personId, atMs }] : []
  })
}

/** The log, the days that are judged again, and the pages that follow. */
async function tell(tx: Tx, ruling: PunchRuling, touched: readonly Touched[], nowMs: number): Promise<number> {
  const { centreId, keys, decision, accountId, role, address } = ruling
  const { zone } = await tx.centre.findUniqueOrThrow({ where: { id: centreId }, select: { zone: true } })
  const centre = { id: centreId, zone }
  const dayOf = await attendanceDays(
    tx,
    centre,
    touched.map((one) => one.atMs),
  )
  const days = touched.map(({ personId, atMs }): DayOfPerson => ({ personId, day: dayOf(atMs) }))
  const counts = decision === 'reject' ? null : typeof ruling.countsAt === 'number' ? 'stated' : ruling.countsAt
  await audit(tx, {
    centreId,
    actor: accountId,
    role,
    action: decision === 'release' ? 'punch.released' : 'punch.rejected',
    subject: keys[0] ?? null,
    detail: { count: keys.length, counts, punches: [...keys] },
    address,
  })
  const sources = [...new Set(keys.map((key) => key.slice(0, key.indexOf(':'))))]
  await publish(tx, ...sources.map((id) => ({ topic: 'source' as const, centreId, kind: 'ruling', id })))
  return judgeAgain(tx, centre, days, nowMs)
}
