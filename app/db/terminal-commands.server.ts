import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
type Of = { readonly centreId: string; readonly sourceId: string }

const atOnce = 5
/** A command that nobody fetched for so long is no longer what anybody wants. */
const keptMs = 7 * 86_400_000
/** A terminal that fetched a command and was switched off fetches it again, for an hour. */
const againMs = 600_000
const triedMs = 3_600_000

/** Has a terminal do something when it next calls. The caller holds the terminal's row, so that numbers do not collide. */
export async function addTerminalCommand(
  tx: Tx,
  of: Of,
  command: { readonly text: string; readonly accountId: string; readonly nowMs: number },
): Promise<number> {
  const last = await tx.terminalCommand.aggregate({ where: { ...of }, _max: { number: true } })
  const number = (last._max.number ?? 0) + 1
  const { text, accountId: createdBy, nowMs } = command
  await tx.terminalCommand.create({ data: { ...of, number, text, createdBy, createdAt: new Date(nowMs) } })
  return number
}

/** Whether the same command waits for the terminal already. */
export async function isWaiting(tx: Tx, of: Of, text: string): Promise<boolean> {
  return (await tx.terminalCommand.count({ where: { ...of, text, sentAt: null } })) > 0
}

/** The commands that a terminal fetches now, oldest first; they are noted as sent. */
export async function takeTerminalCommands(
  db: Db,
  of: Of,
  nowMs: number,
): Promise<{ readonly number: number; readonly text: string }[]> {
  const rows = await db.$queryRaw<{ number: number; text: string }[]>`
    UPDATE terminal_command SET sent_at = ${new Date(nowMs)}
     WHERE centre_id = ${of.centreId}::uuid AND source_id = ${of.sourceId}::uuid AND number IN (
       SELECT number FROM terminal_command
        WHERE centre_id = ${of.centreId}::uuid AND source_id = ${of.sourceId}::uuid AND answered_at IS NULL
          AND ((sent_at IS NULL AND created_at > ${new Date(nowMs - keptMs)})
            OR (sent_at < ${new Date(nowMs - againMs)} AND created_at > ${new Date(nowMs - triedMs)}))
        ORDER BY number LIMIT ${atOnce} FOR UPDATE SKIP LOCKED)
    RETURNING number, text`
  return rows.sort((a, b) => a.number - b.number)
}

/** Notes what a terminal answered; the first answer stands. True when a command of this number was waiting for one. */
export async function answerTerminalCommand(
  tx: Tx,
  of: Of,
  answer: { readonly number: number; readonly returned: number; readonly command: string; readonly nowMs: number },
): Promise<boolean> {
  const { number, returned, command, nowMs } = answer
  const at = new Date(nowMs)
  const { count } = await tx.terminalCommand.updateMany({
    where: { ...of, number, answeredAt: null },
    data: { answeredAt: at, returned, answer: command },
  })
  return count > 0
}
