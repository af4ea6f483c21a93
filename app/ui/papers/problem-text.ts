import type { PrintProblem } from '#app/domain/assessment/print-job.ts'
import { formatNames } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'

/** The boxes of a list of field names, in words. */
export function fieldNames(t: T, fields: readonly string[]): string {
  const named = fields.map((field) => {
    const key = `assessment.field.${field}`
    return t.has(key) ? t(key) : field
  })
  return formatNames([...new Set(named)], t.locale)
}

/** A character with its code point, so that it can be named where it cannot be shown: 㛃（U+36C3）. */
export function withCodePoints(t: T, characters: Iterable<string>): string {
  const named = [...characters].map((one) => {
    const code = `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    return t.locale === 'en' ? `${one} (${code})` : `${one}（${code}）`
  })
  return formatNames(named, t.locale)
}

/** What is said of one person's register. */
export function problemText(t: T, { code, facts }: PrintProblem, year: number): string {
  const kind = `assessment.kind.${facts.kind}`
  return t(`assessment.problem.${code}`, {
    ...facts,
    year,
    ...(typeof facts.fields === 'string' ? { fields: fieldNames(t, facts.fields.split(' ')) } : {}),
    ...(typeof facts.characters === 'string' ? { characters: withCodePoints(t, facts.characters) } : {}),
    ...(t.has(kind) ? { kind: t(kind) } : {}),
  })
}
