import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { noteKnock } from '#app/db/terminal-knocks.server.ts'
import { type TerminalRow, terminalBySerial } from '#app/db/terminals.server.ts'
import { isTerminalSerial } from '#app/domain/devices/adms.ts'

type Asked = { readonly request: Request; readonly context?: unknown }

export type TerminalVisitor = TerminalRow & {
  readonly serial: string
  readonly address: string | null
  readonly search: URLSearchParams
}

/** Each address may add so many knocks a minute; the terminals of a hall call every ten seconds or so. */
const knocksPerMinute = 30
const knocks = new Map<string, { fromMs: number; count: number }>()

function mayKnock(address: string, nowMs: number): boolean {
  const known = knocks.get(address)
  if (known === undefined || nowMs - known.fromMs >= 60_000) {
    // Whoever invents addresses does not fill the memory.
    if (knocks.size >= 1000) knocks.clear()
    knocks.set(address, { fromMs: nowMs, count: 1 })
    return true
  }
  known.count += 1
  return known.count <= knocksPerMinute
}

/** What a terminal reads: bare text. A refusal is 403, so that it keeps its records and tries again. */
export function terminalText(text: string, status = 200): Response {
  return new Response(text, {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  })
}

function addressOf(context: unknown): string | null {
  const address = (context as { address?: unknown } | undefined)?.address
  return typeof address === 'string' && address !== '' ? address : null
}

/**
 * The first line of what a time clock asks for. Such a machine has nothing to show but its serial number, so it is let in only
 * when a person has put that number on the list; of any other it is noted that it knocked, and nothing it sends is read.
 */
export async function guardTerminal({ request, context }: Asked): Promise<TerminalVisitor> {
  const search = new URL(request.url).searchParams
  const serial = search.get('SN') ?? ''
  const address = addressOf(context)
  if (!isTerminalSerial(serial)) throw terminalText('ERROR: no serial number\n', 403)
  const terminal = await terminalBySerial(prisma, serial)
  if (terminal !== null) return { ...terminal, serial, address, search }
  const nowMs = now()
  if (mayKnock(address ?? '', nowMs)) await noteKnock(prisma, { serial, address, nowMs })
  throw terminalText('ERROR: terminal not allowed\n', 403)
}
