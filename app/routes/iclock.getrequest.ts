import type { LoaderFunctionArgs } from '@remix-run/node'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { guardTerminal, terminalText } from '#app/auth/terminal.server.ts'
import { now } from '#app/clock.server.ts'
import { commandsForTerminal } from '#app/services/devices/terminal-calls.server.ts'

export const handle = { access: 'terminal' } satisfies RouteAccess

/** A terminal asks every few seconds whether it is to do anything. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const terminal = await guardTerminal(args)
  return terminalText(await commandsForTerminal(terminal, terminal.search.get('INFO') ?? '', now()))
}
