import { z } from 'zod'
import type { Result } from '#app/domain/result.ts'
import { assessmentModes, endReasons } from './choices.ts'
import { posts } from './person.ts'
import { readDay } from './read-day.ts'
import { type FieldProblem, readOneOf, readText } from './read-fields.ts'

export { assessmentModes, endReasons }

type InputProblem = FieldProblem | 'day' | 'unit_missing' | 'window_missing'

function field<T>(read: (text: string) => Result<T, InputProblem>) {
  return z
    .string()
    .optional()
    .transform((text, context): T => {
      const found = read(text ?? '')
      if (found.ok) return found.value
      context.addIssue({ code: 'custom', message: found.code, params: { ...found.facts } })
      return z.NEVER
    })
}

function must<T>(
  read: (text: string) => Result<T | null, InputProblem>,
  missing: InputProblem,
): (text: string) => Result<T, InputProblem> {
  return (text) => {
    const found = read(text)
    if (!found.ok) return found
    return found.value === null ? { ok: false, code: missing, facts: {} } : { ok: true, value: found.value }
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu

/** The id of a choice in a select; what is no id was never offered. */
function readId(text: string): Result<string | null, 'not_one_of'> {
  const plain = text.trim()
  if (plain === '') return { ok: true, value: null }
  return uuid.test(plain)
    ? { ok: true, value: plain.toLowerCase() }
    : { ok: false, code: 'not_one_of', facts: { value: [...plain].slice(0, 24).join('') } }
}

const firstDay = field(must(readDay, 'empty'))
const lastDay = field(readDay)

/** A posting 派驻 as a form says it. */
export const postingInput = z.object({
  unitId: field(must(readId, 'unit_missing')),
  startsOn: firstDay,
  endsOn: lastDay,
  dueOn: lastDay,
  documentNumber: field((text) => readText(text, 80)),
  documentOn: lastDay,
  assessmentMode: field((text) => readOneOf(text, assessmentModes)),
  endReason: field((text) => readOneOf(text, endReasons)),
  note: field((text) => readText(text, 300)),
})
export type PostingInput = z.output<typeof postingInput>

/** The end of a posting: its last day, and why. */
export const postingEnd = z.object({
  endsOn: firstDay,
  endReason: field(must((text) => readOneOf(text, endReasons), 'empty')),
  note: field((text) => readText(text, 300)),
})
export type PostingEnd = z.output<typeof postingEnd>

/** A post 岗; at a window where it needs one. */
export const postInput = z
  .object({
    post: field(must((text) => readOneOf(text, posts), 'empty')),
    windowId: field(readId),
    startsOn: firstDay,
    endsOn: lastDay,
  })
  .superRefine((post, context) => {
    if ((post.post === 'a' || post.post === 'b') && post.windowId === null)
      context.addIssue({ code: 'custom', message: 'window_missing', path: ['windowId'], params: {} })
  })
export type PostInput = z.output<typeof postInput>

/** An appointment of a chief representative 首席代表. */
export const chiefInput = z.object({
  windowId: field(must(readId, 'window_missing')),
  startsOn: firstDay,
  endsOn: lastDay,
})
export type ChiefInput = z.output<typeof chiefInput>

/** Membership of a named group that rules speak of. */
export const groupInput = z.object({
  group: field((text) =>
    /^[a-z][a-z0-9_]{0,39}$/u.test(text.trim())
      ? { ok: true, value: text.trim() }
      : { ok: false, code: 'not_one_of', facts: { value: [...text].slice(0, 24).join('') } },
  ),
  startsOn: firstDay,
  endsOn: lastDay,
})
export type GroupInput = z.output<typeof groupInput>
