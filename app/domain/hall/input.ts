import { z } from 'zod'
import { readDay } from '#app/domain/people/read-day.ts'
import { type FieldProblem, readOneOf, readPhone, readText, shown, tidy } from '#app/domain/people/read-fields.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export const hallKinds = ['windows', 'zones', 'units', 'groups'] as const
export type HallKind = (typeof hallKinds)[number]

/** True for a kind that the hall's pages know. */
export function isHallKind(text: string | undefined): text is HallKind {
  return (hallKinds as readonly string[]).includes(text ?? '')
}

export type HallFieldProblem = FieldProblem | 'day' | 'zone_code' | 'window_number' | 'whole_number' | 'no_windows'

function field<T>(read: (text: string) => Result<T, HallFieldProblem>) {
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

function name(max: number) {
  return field((text): Result<string, HallFieldProblem> => {
    const found = readText(tidy(text), max)
    if (!found.ok) return found
    return found.value === null ? refuse('empty') : ok(found.value)
  })
}

function whole(min: number, max: number, fallback: number) {
  return field((text): Result<number, HallFieldProblem> => {
    const plain = tidy(text.normalize('NFKC'))
    if (plain === '') return ok(fallback)
    const number = /^\d{1,6}$/u.test(plain) ? Number(plain) : Number.NaN
    return number >= min && number <= max ? ok(number) : refuse('whole_number', { value: shown(plain), min, max })
  })
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu
const chosen = field((text): Result<string, HallFieldProblem> => {
  if (text === '') return refuse('empty')
  return uuid.test(text) ? ok(text.toLowerCase()) : refuse('not_one_of', { value: shown(text) })
})

const code = field((text): Result<string, HallFieldProblem> => {
  const plain = tidy(text.normalize('NFKC')).toUpperCase()
  if (plain === '') return refuse('empty')
  return /^[A-Z0-9]{1,4}$/u.test(plain) ? ok(plain) : refuse('zone_code', { value: shown(plain) })
})

const number = field((text): Result<string, HallFieldProblem> => {
  const plain = tidy(text.normalize('NFKC')).toUpperCase().replace(/\s/gu, '')
  if (plain === '') return refuse('empty')
  return /^[\p{L}\p{N}-]{1,10}$/u.test(plain) ? ok(plain) : refuse('window_number', { value: shown(plain) })
})

/** A zone of the hall 分区. */
export const zoneInput = z.object({ code, name: name(40), nameEn: name(80), position: whole(0, 9999, 0) })

/** A dispatching unit 派出单位. */
export const unitInput = z.object({
  name: name(100),
  shortName: name(20),
  nameEn: name(120),
  position: whole(0, 9999, 0),
  assessmentMode: field((text) => {
    const found = readOneOf(text, ['a', 'b', 'c'] as const)
    return found.ok ? ok(found.value ?? ('b' as const)) : found
  }),
  contact: field((text) => readText(text, 60)),
  phone: field(readPhone),
})

/** A window 窗口. */
export const windowInput = z.object({
  zoneId: chosen,
  number,
  name: name(60),
  nameEn: name(100),
  position: whole(0, 9999, 0),
  phone: field(readPhone),
  opensOn: field((text): Result<string, HallFieldProblem> => {
    const found = readDay(text)
    if (!found.ok) return found
    return found.value === null ? refuse('empty') : ok(found.value)
  }),
})

/** A window group 窗口组 with the fewest people it may have on any half-day 最低人数. */
export const groupInput = z.object({
  name: name(40),
  nameEn: name(80),
  minStaff: whole(0, 99, 1),
  /** Ids between commas; a form of checkboxes joins them. */
  windowIds: field((text): Result<string[], HallFieldProblem> => {
    const ids = [...new Set(text.split(',').filter(Boolean))]
    if (ids.length === 0) return refuse('no_windows')
    return ids.every((id) => uuid.test(id)) ? ok(ids) : refuse('not_one_of', { value: '' })
  }),
})

export type ZoneInput = z.output<typeof zoneInput>
export type UnitInput = z.output<typeof unitInput>
export type WindowInput = z.output<typeof windowInput>
export type WindowGroupInput = z.output<typeof groupInput>

export const hallInputs = { zones: zoneInput, units: unitInput, windows: windowInput, groups: groupInput } as const
export type HallInput = {
  readonly zones: ZoneInput
  readonly units: UnitInput
  readonly windows: WindowInput
  readonly groups: WindowGroupInput
}
export type HallFacts = { [Kind in HallKind]: { readonly kind: Kind; readonly input: HallInput[Kind] } }[HallKind]
