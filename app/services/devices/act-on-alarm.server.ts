import { closeAlarm, endSilence, markAlarmSeen } from '#app/db/alarms.server.ts'
import { audit } from '#app/db/audit.server.ts'
import { publish } from '#app/db/events.server.ts'
import { isPunchedAt } from '#app/db/outage-sources.server.ts'
import { closeOutage, confirmOutage as confirm, noteOutage, openOutageOf } from '#app/db/outages.server.ts'
import { acceptNewest } from '#app/db/reader-identities.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export type AlarmAct = {
  readonly centreId: string
  /** The alarm, the outage or the reader it is about. */
  readonly id: string
  readonly accountId: string
  readonly role: string
  readonly address: string | null
}

type Done = Promise<Result<null, 'not_there'>>

async function note(tx: Tx, act: AlarmAct, action: string, subject: string, detail = {}): Promise<void> {
  const { centreId, accountId: actor, role, address } = act
  await audit(tx, { centreId, actor, role, action, subject, detail, address })
  await publish(tx, { topic: 'source', centreId, kind: 'alarm', id: subject })
}

/** Somebody knows of an alarm 已知悉; it stays open as long as its cause. What is lost for good is over with that. */
export async function noteAlarmSeen(act: AlarmAct, nowMs: number): Done {
  const { centreId, id, accountId } = act
  return inTransaction(async (tx) => {
    if (!(await markAlarmSeen(tx, centreId, id, { accountId, atMs: nowMs }))) return refuse('not_there')
    await note(tx, act, 'alarm.seen', id)
    return ok(null)
  })
}

/** Somebody has tried a silent reader and it works: the silence was people's, from now on their slots count again. */
export async function noteReaderWorks(act: AlarmAct, nowMs: number): Done {
  const { centreId, id, accountId } = act
  return inTransaction(async (tx) => {
    const sourceId = await endSilence(tx, centreId, id, { accountId, atMs: nowMs })
    if (sourceId === null) return refuse('not_there')
    const current = await openOutageOf(tx, centreId, sourceId)
    if (current?.reason === 'silent_when_busy') await closeOutage(tx, centreId, sourceId, nowMs)
    await note(tx, act, 'alarm.reader_works', sourceId)
    return ok(null)
  })
}

/** HR or the duty officer has looked at an outage that is over 确认停机. */
export async function confirmOutage(act: AlarmAct, nowMs: number): Done {
  const { centreId, id, accountId } = act
  return inTransaction(async (tx) => {
    if (!(await confirm(tx, centreId, id, { accountId, atMs: nowMs }))) return refuse('not_there')
    await note(tx, act, 'outage.confirmed', id)
    return ok(null)
  })
}

/** The other module in a reader's place is meant to be there 确认换件. */
export async function acceptIdentity(act: AlarmAct, nowMs: number): Done {
  const { centreId, id, accountId } = act
  return inTransaction(async (tx) => {
    const accepted = await acceptNewest(tx, centreId, id, { accountId, atMs: nowMs })
    if (accepted === null) return refuse('not_there')
    const { moduleSerial, firmware, model } = accepted
    await note(tx, act, 'reader.identity_accepted', id, { moduleSerial, firmware, model })
    await closeAlarm(tx, centreId, { kind: 'identity_changed', sourceId: id }, nowMs)
    return ok(null)
  })
}

export type Declared = AlarmAct & { readonly fromMs: number; readonly toMs: number; readonly reason: string }

/** Somebody knows of an outage that no machine noticed 登记停机; who notes it confirms it. */
export async function declareOutage(declared: Declared, nowMs: number): Done {
  const { centreId, id, accountId, fromMs, toMs, reason } = declared
  return inTransaction(async (tx) => {
    if (!(await isPunchedAt(tx, centreId, id))) return refuse('not_there')
    const confirmed = { by: accountId, atMs: nowMs }
    await noteOutage(tx, centreId, id, { fromMs, toMs, reason, confirmed })
    await note(tx, declared, 'outage.declared', id, {
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      reason,
    })
    return ok(null)
  })
}
