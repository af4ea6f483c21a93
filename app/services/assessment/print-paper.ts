import type { PrintProblem } from '#app/domain/assessment/print-job.ts'
import { documentOf, missingFields, type RegisterFacts } from '#app/domain/assessment/register.ts'
import type { RegisterPerson } from '#app/domain/assessment/register-list.ts'
import { fontNotes, missingIn, type RegisterDocument, registerExtent } from '#app/pdf/registers.ts'

/** A register that may be printed, or none, with everything that is to be said of it. */
export type CheckedPaper = { readonly document: RegisterDocument | null; readonly problems: readonly PrintProblem[] }

/** Looks at one person's register before it is drawn. Blanks may be printed; a character that no font has may not. */
export function paperOf({ id: personId, facts, identityKind }: RegisterPerson): CheckedPaper {
  if (facts === null) {
    return { document: null, problems: [{ personId, code: 'no_register', facts: { kind: identityKind } }] }
  }
  const document = documentOf(facts)
  const missing = missingIn(document)
  if (missing.length > 0) {
    const characters = [...new Set(missing.flatMap((one) => one.characters))].join('')
    const fields = missing.map((one) => one.field).join(' ')
    return { document: null, problems: [{ personId, code: 'characters_missing', facts: { characters, fields } }] }
  }
  return { document, problems: looksOf(personId, facts, document) }
}

function looksOf(personId: string, facts: RegisterFacts, document: RegisterDocument): PrintProblem[] {
  const blank = missingFields(facts)
  const fonts = fontNotes(document)
  const { pages } = registerExtent(document)
  const problems: PrintProblem[] = []
  if (blank.length > 0) {
    problems.push({ personId, code: 'blanks', facts: { count: blank.length, fields: blank.join(' ') } })
  }
  if (fonts.length > 0) problems.push({ personId, code: 'font_changed', facts: { note: fonts.join('；') } })
  if (pages > 2) problems.push({ personId, code: 'continued', facts: { pages } })
  return problems
}
