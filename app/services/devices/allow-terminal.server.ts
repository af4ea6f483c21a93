import { audit } from '#app/db/audit.server.ts'
import { publish } from '#app/db/events.server.ts'
import { zoneIsOurs } from '#app/db/source-names.server.ts'
import { forgetKnock } from '#app/db/terminal-knocks.server.ts'
import { addTerminal, allowedElsewhere, retireTerminal } from '#app/db/terminals.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { isTerminalSerial } from '#app/domain/devices/adms.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export type By = {
  readonly centreId: string
  readonly accountId: string
  readonly role: string
  readonly address: string | null
}

export type TerminalAllowance = By & {
  readonly serial: string
  readonly name: string
  /** Empty: the same as the name. */
  readonly nameEn: string
  readonly zoneId: string | null
  readonly utcOffsetMinutes: number
}

export type AllowanceRefusal =
  | 'serial_bad'
  | 'name_missing'
  | 'offset_bad'
  | 'zone_unknown'
  | 'serial_taken'
  | 'serial_elsewhere'

const longest = 40

/** Puts a terminal on the list 登记考勤终端: from its next call on, what it sends is taken. */
export async function allowTerminal(
  request: TerminalAllowance,
  nowMs: number,
): Promise<Result<{ readonly id: string }, AllowanceRefusal>> {
  const { centreId, accountId, role, address, zoneId, utcOffsetMinutes } = request
  const serial = request.serial.trim()
  const name = request.name.normalize('NFC').trim()
  const nameEn = request.nameEn.normalize('NFC').trim() || name
  if (!isTerminalSerial(serial)) return refuse('serial_bad')
  if (name === '' || [...name].length > longest || [...nameEn].length > longest) return refuse('name_missing')
  if (!Number.isInteger(utcOffsetMinutes) || utcOffsetMinutes < -720 || utcOffsetMinutes > 840)
    return refuse('offset_bad')
  return inTransaction(async (tx) => {
    if (zoneId !== null && !(await zoneIsOurs(tx, centreId, zoneId))) return refuse('zone_unknown')
    if (await allowedElsewhere(tx, centreId, serial)) return refuse('serial_elsewhere')
    const id = await addTerminal(tx, { centreId, serial, name, nameEn, zoneId, utcOffsetMinutes, accountId, nowMs })
    if (id === null) return refuse('serial_taken')
    await forgetKnock(tx, serial)
    const detail = { serial, utcOffsetMinutes }
    await audit(tx, { centreId, actor: accountId, role, action: 'terminal.allowed', subject: id, detail, address })
    await publish(tx, { topic: 'source', centreId, id, kind: 'terminal_allowed' })
    return ok({ id })
  })
}

/** Takes a terminal off the list 停用: its next call is refused, what it sent stays. */
export async function stopTerminal(
  request: By & { readonly id: string },
  nowMs: number,
): Promise<Result<null, 'unknown'>> {
  const { centreId, accountId, role, address, id } = request
  return inTransaction(async (tx) => {
    if (!(await retireTerminal(tx, centreId, id, nowMs))) return refuse('unknown')
    await audit(tx, { centreId, actor: accountId, role, action: 'terminal.retired', subject: id, detail: {}, address })
    await publish(tx, { topic: 'source', centreId, id, kind: 'terminal_retired' })
    return ok(null)
  })
}
