import type { ActionFunctionArgs } from '@remix-run/node'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { guardTerminal, terminalText } from '#app/auth/terminal.server.ts'
import { now } from '#app/clock.server.ts'
import { decodePush } from '#app/domain/devices/attlog-text.ts'
import { noteCommandAnswers } from '#app/services/devices/terminal-calls.server.ts'

export const handle = { access: 'terminal' } satisfies RouteAccess

/** A terminal tells what came of its commands. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const terminal = await guardTerminal(args)
  const text = decodePush(new Uint8Array(await args.request.arrayBuffer()))
  await noteCommandAnswers(terminal, text, now())
  return terminalText('OK\n')
}
