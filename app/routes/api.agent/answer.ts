import type { z } from 'zod'
import type { Refusal } from '#app/domain/result.ts'
import { translator } from '#app/i18n/translator.ts'

const zh = translator('zh-CN')
const en = translator('en')

type RefusalCode =
  | 'sequence_broken'
  | 'serial_of_another_agent'
  | 'agent_revoked'
  | 'command_unknown'
  | 'pairing_unknown'
  | 'pairing_used'
  | 'pairing_expired'

const statuses: Readonly<Record<RefusalCode, number>> = {
  sequence_broken: 400,
  serial_of_another_agent: 409,
  agent_revoked: 403,
  command_unknown: 404,
  pairing_unknown: 404,
  pairing_used: 410,
  pairing_expired: 410,
}

const fieldCodes = [
  'invalid_type',
  'invalid_format',
  'invalid_value',
  'too_small',
  'too_big',
  'unrecognized_keys',
] as const

/** What an agent is told when all went well; the type is the contract. */
export function agentAnswer<T>(body: T): Response {
  return Response.json(body, { headers: { 'Cache-Control': 'no-store' } })
}

/** A refusal with its sentence in both languages, since an agent's log has no reader's language. */
export function agentRefusal(refusal: Refusal<RefusalCode>): Response {
  const key = `devices.agent.refusal.${refusal.code}` as const
  const { code, facts } = refusal
  return Response.json({ code, facts, zh: zh(key, facts), en: en(key, facts) }, { status: statuses[code] })
}

/** A message that is not of the contract's form: every problem with its path, nothing of it stored. */
export function badMessage(error: z.ZodError): Response {
  const problems = error.issues.slice(0, 50).map((issue) => {
    const known = fieldCodes.find((code) => code === issue.code) ?? 'other'
    const key = `devices.agent.field.${known}` as const
    return { path: pathOf(issue.path), code: known, zh: zh(key), en: en(key) }
  })
  const key = 'devices.agent.malformed'
  return Response.json({ code: 'malformed', zh: zh(key), en: en(key), problems }, { status: 400 })
}

/** The body of an unsigned request, or null when it is not JSON. */
export async function jsonOf(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch {
    return null
  }
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')
}
