import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { guardTerminal, terminalText } from '#app/auth/terminal.server.ts'
import { now } from '#app/clock.server.ts'
import { decodePush } from '#app/domain/devices/attlog-text.ts'
import { greetTerminal, keepTerminalFacts, keepTerminalUsers } from '#app/services/devices/terminal-calls.server.ts'
import { storeTerminalRecords } from '#app/services/devices/terminal-records.server.ts'

export const handle = { access: 'terminal' } satisfies RouteAccess

/** A terminal greets and is told what to send. Other questions under this address are answered politely. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const terminal = await guardTerminal(args)
  const asked = terminal.search.get('ATTLOGStamp') ?? terminal.search.get('Stamp')
  if (terminal.search.get('options') === null) return terminalText('OK\n')
  return terminalText(await greetTerminal(terminal, asked, now()))
}

/** Tables with fingers, faces or photographs 生物特征: taken off the line and dropped, neither stored nor logged. */
const dropped = /^(BIODATA|BIOPHOTO|ATTPHOTO|USERPIC|FP|FACE|FVEIN|TEMPLATE.*|FINGERTMP|PHOTO)$/i

/**
 * A terminal pushes records. The answer counts every line, also those that are no records: they are kept as they came, and a terminal
 * that were told of fewer would send the same lines for ever and nothing behind them. A fault is answered with 5xx, and it
 * keeps all of them.
 */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const terminal = await guardTerminal(args)
  const table = terminal.search.get('table') ?? ''
  // Taken off the line to its end in any case: a terminal whose sending is cut short begins it again.
  const bytes = new Uint8Array(await args.request.arrayBuffer())
  if (dropped.test(table)) return terminalText('OK\n')
  const stamp = terminal.search.get('Stamp') ?? terminal.search.get('OpStamp')
  const text = decodePush(bytes)
  if (/^(ATTLOG|RTLOG)$/i.test(table)) {
    const { lines } = await storeTerminalRecords({ terminal, text, stamp }, now())
    return terminalText(`OK: ${lines}\n`)
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '').length
  if (/^(OPERLOG|USERINFO|USER)$/i.test(table)) await keepTerminalUsers(terminal, { text, stamp }, now())
  else if (/^options$/i.test(table)) await keepTerminalFacts(terminal, text, now())
  return terminalText(`OK: ${lines}\n`)
}
