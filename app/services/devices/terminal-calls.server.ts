import { publish } from '#app/db/events.server.ts'
import { answerTerminalCommand, takeTerminalCommands } from '#app/db/terminal-commands.server.ts'
import {
  keepOperlogStamp,
  keepStamp,
  keepUsers,
  lockTerminal,
  noteCall,
  type TerminalRow,
} from '#app/db/terminals.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { greetingText, readCommandAnswers, readTerminalFacts, readUsers } from '#app/domain/devices/adms.ts'

export type CallingTerminal = TerminalRow & { readonly serial: string; readonly address: string | null }

/** Greets a terminal: what it shall send, and from which stamp on. One that says it has none of ours gets asked for everything. */
export async function greetTerminal(
  terminal: CallingTerminal,
  askedStamp: string | null,
  nowMs: number,
): Promise<string> {
  const { centreId, sourceId, serial, utcOffsetMinutes, operlogStamp } = terminal
  return inTransaction(async (tx) => {
    const { stamp } = await lockTerminal(tx, centreId, sourceId)
    const anew = stamp !== null && (askedStamp === 'None' || askedStamp === '0')
    if (anew) await keepStamp(tx, centreId, sourceId, null)
    await noteCall(tx, { ...terminal, nowMs, greeted: true })
    await publish(tx, { topic: 'source', centreId, id: sourceId })
    return greetingText({ serial, attlogStamp: anew ? null : stamp, operlogStamp, utcOffsetMinutes })
  })
}

/** Keeps the names of whom a terminal knows; of everything else in such a push nothing is kept. */
export async function keepTerminalUsers(
  terminal: CallingTerminal,
  push: { readonly text: string; readonly stamp: string | null },
  nowMs: number,
): Promise<number> {
  const { text, stamp } = push
  const users = readUsers(text)
  await inTransaction(async (tx) => {
    await keepUsers(tx, terminal, users, nowMs)
    if (stamp !== null && /^\d{1,18}$/.test(stamp)) await keepOperlogStamp(tx, terminal, stamp)
    await noteCall(tx, { ...terminal, nowMs })
  })
  return users.length
}

/** Keeps what a terminal says of itself; nothing where it says nothing. */
export async function keepTerminalFacts(terminal: CallingTerminal, text: string, nowMs: number): Promise<void> {
  await inTransaction((tx) => noteCall(tx, { ...terminal, ...readTerminalFacts(text), nowMs }))
}

/** What a terminal that polls is to do, as it reads it; "OK" for nothing. */
export async function commandsForTerminal(terminal: CallingTerminal, info: string, nowMs: number): Promise<string> {
  const { centreId, sourceId } = terminal
  return inTransaction(async (tx) => {
    const back = await noteCall(tx, { ...terminal, ...readTerminalFacts(info), nowMs })
    const commands = await takeTerminalCommands(tx, { centreId, sourceId }, nowMs)
    if (back || commands.length > 0) await publish(tx, { topic: 'source', centreId, id: sourceId })
    if (commands.length === 0) return 'OK\n'
    return commands.map(({ number, text }) => `C:${number}:${text}\n`).join('')
  })
}

/** Notes what a terminal answered to commands; after INFO its model and firmware stand behind. */
export async function noteCommandAnswers(terminal: CallingTerminal, text: string, nowMs: number): Promise<void> {
  const { centreId, sourceId } = terminal
  const answers = readCommandAnswers(text)
  await inTransaction(async (tx) => {
    for (const { number, returned, command, content } of answers) {
      const known = await answerTerminalCommand(tx, { centreId, sourceId }, { number, returned, command, nowMs })
      if (known && content !== '') await noteCall(tx, { ...terminal, ...readTerminalFacts(content), nowMs })
    }
    await noteCall(tx, { ...terminal, nowMs })
    if (answers.length > 0) await publish(tx, { topic: 'source', centreId, id: sourceId })
  })
}
