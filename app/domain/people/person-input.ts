import { z } from 'zod'
import type { Refusal } from '#app/domain/result.ts'
import { isCivilDay } from '#app/domain/time/day.ts'
import { genders, postCategories } from './choices.ts'
import { readName, readNameEn, readReading } from './name-input.ts'
import { identityKinds } from './person.ts'
import { politicalStatuses, readPoliticalStatus } from './political-status.ts'
import {
  type FieldProblem,
  type Read,
  readIdNumber,
  readMonth,
  readOneOf,
  readPhone,
  readStaffNumber,
  readText,
} from './read-fields.ts'

export { genders, politicalStatuses, postCategories }
export type Gender = (typeof genders)[number]

/** A field of a form as a value, or the refusal of the reader as an issue: its code the message, its facts the params. */
function field<T>(read: (text: string) => Read<T>) {
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

function required<T>(read: (text: string) => Read<T | null>) {
  return field<T>((text) => {
    const found = read(text)
    if (!found.ok) return found
    return found.value === null ? { ok: false, code: 'empty', facts: {} } : { ok: true, value: found.value }
  })
}

const ticked = z
  .string()
  .optional()
  .transform((text) => text === 'on' || text === 'true')

/** Everything a form says of a person, for adding and for editing; each field is a column of the register. */
export const personInput = z
  .object({
    staffNumber: field(readStaffNumber),
    name: field(readName),
    /** Empty: proposed from the name (reading.ts). */
    reading: field(readReading),
    initials: field((text) => readInitials(text)),
    nameEn: field(readNameEn),
    identityKind: required((text) => readOneOf(text, identityKinds)),
    politicalStatus: field(readPoliticalStatus),
    gender: field((text) => readOneOf(text, genders)),
    bornMonth: field(readMonth),
    nameOnCard: field<string | null>((text) => (text.trim() === '' ? { ok: true, value: null } : readName(text))),
    nameNote: field((text) => readText(text, 100)),
    title: field((text) => readText(text, 200)),
    rankSince: field(readMonth),
    education: field((text) => readText(text, 100)),
    workSince: field(readMonth),
    postCategory: field((text) => readOneOf(text, postCategories)),
    postGrade: field((text) => readText(text, 40)),
    duties: field((text) => readText(text, 500)),
    /** Empty in an edit: stays as it is, because the form never shows it. */
    phone: field(readPhone),
    idNumber: field((text) => readIdNumber(text, isCivilDay)),
    /** Ticked in an edit: taken away. */
    phoneRemove: ticked,
    idNumberRemove: ticked,
  })
  .superRefine((person, context) => {
    if (person.bornMonth && person.workSince && person.workSince <= person.bornMonth)
      context.addIssue({
        code: 'custom',
        message: 'work_before_birth',
        path: ['workSince'],
        params: { work: person.workSince, born: person.bornMonth },
      })
  })

export type PersonInput = z.output<typeof personInput>
export type PersonField = keyof PersonInput
export const personFields = Object.keys(personInput.shape) as readonly PersonField[]

/** What was typed, by field; also what a form shows again after a refusal. */
export type PersonTyped = Readonly<Partial<Record<PersonField, string>>>
export type Problem = Omit<Refusal<FieldProblem>, 'ok'>
export type PersonProblems = Readonly<Partial<Record<PersonField, Problem>>>

/** Reads a form: the person, or the first problem of each field with the facts its message needs. */
export function readPerson(
  typed: PersonTyped,
): { readonly person: PersonInput } | { readonly problems: PersonProblems } {
  const read = personInput.safeParse(typed)
  return read.success ? { person: read.data } : { problems: problemsOf(read.error) as PersonProblems }
}

/** The issues of a schema made of `field`s, by field; the first of each. */
export function problemsOf(error: z.ZodError): Record<string, Problem> {
  const problems: Record<string, Problem> = {}
  for (const issue of error.issues) {
    const name = String(issue.path[0] ?? '')
    const facts = 'params' in issue ? (issue.params as Problem['facts']) : {}
    problems[name] ??= { code: issue.message as FieldProblem, facts }
  }
  return problems
}

function readInitials(text: string): Read<string> {
  const plain = text.normalize('NFKC').toLowerCase().replace(/\s/gu, '')
  return /^[a-z]{0,40}$/u.test(plain) ? { ok: true, value: plain } : { ok: false, code: 'letters', facts: {} }
}

export type PersonNote = { readonly code: 'born_differs' | 'gender_differs'; readonly facts: Problem['facts'] }

/** What does not fit together and may still be true: said, not refused. */
export function personNotes(person: Pick<PersonInput, 'idNumber' | 'bornMonth' | 'gender'>): PersonNote[] {
  const { idNumber, bornMonth, gender } = person
  if (!idNumber || !/^\d{17}[\dX]$/u.test(idNumber)) return []
  const born = `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}`
  const onCard = Number(idNumber[16]) % 2 === 1 ? 'male' : 'female'
  const notes: PersonNote[] = []
  if (bornMonth && bornMonth !== born) notes.push({ code: 'born_differs', facts: { card: born, typed: bornMonth } })
  if (gender && gender !== onCard) notes.push({ code: 'gender_differs', facts: { card: onCard, typed: gender } })
  return notes
}
