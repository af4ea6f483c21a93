import { audit } from '#app/db/audit.server.ts'
import { publish } from '#app/db/events.server.ts'
import { addTerminalCommand, isWaiting } from '#app/db/terminal-commands.server.ts'
import { keepStamp, lockTerminal, terminalById } from '#app/db/terminals.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { type TerminalAsk, terminalCommand } from '#app/domain/devices/terminal-commands.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { addDays } from '#app/domain/time/day.ts'
import { civilOf } from '#app/domain/time/zone.ts'

export type TerminalRequest = TerminalAsk & {
  readonly centreId: string
  readonly zone: string
  readonly id: string
  readonly accountId: string
  readonly role: string
  readonly address: string | null
}

export type AskRefusal = 'unknown' | 'command_unknown' | 'day_missing' | 'day_ahead' | 'pin_missing' | 'waits_already'

/** Asks a terminal for something at its next call 下达命令: only the few forms there are, each noted with who asked. */
export async function askTerminal(request: TerminalRequest, nowMs: number): Promise<Result<null, AskRefusal>> {
  const { centreId, zone, id, accountId, role, address, kind, from, pin } = request
  const text = terminalCommand({ kind, from, pin }, addDays(civilOf(nowMs, zone).day, 1))
  if (!text.ok) return text
  return inTransaction(async (tx) => {
    const terminal = await terminalById(tx, centreId, id)
    if (terminal === null || terminal.retired) return refuse('unknown')
    await lockTerminal(tx, centreId, id)
    const of = { centreId, sourceId: id }
    if (await isWaiting(tx, of, text.value)) return refuse('waits_already')
    // Everything again: it greets anew and is told that nothing is here.
    if (kind === 'again') await keepStamp(tx, centreId, id, null)
    const number = await addTerminalCommand(tx, of, { text: text.value, accountId, nowMs })
    const detail = {
      kind,
      number,
      ...(kind === 'again_from' ? { from } : {}),
      ...(kind === 'delete_user' ? { pin } : {}),
    }
    await audit(tx, { centreId, actor: accountId, role, action: `terminal.${kind}`, subject: id, detail, address })
    await publish(tx, { topic: 'source', centreId, id, kind: 'terminal_command' })
    return ok(null)
  })
}
