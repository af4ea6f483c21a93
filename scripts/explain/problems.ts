import type { Problem } from '#app/domain/attendance/problem.ts'
import type { Locale } from '#app/i18n/catalogue.ts'
import { translator } from '#app/i18n/translator.ts'

/** One thing wrong with the input, as a code; the catalogues have the sentence in both languages. */
export type Complaint = Omit<Problem, 'code'> & { readonly code: string }

export function complaint(path: string, value: unknown, code: string, facts: Problem['facts'] = {}): Complaint {
  return { path, value: value ?? null, code, facts }
}

/** What `explain` prints when it refuses. */
export function printed({ path, value, code, facts }: Complaint, locale: Locale): Record<string, unknown> {
  const t = translator(locale)
  const key = [`attendance.rule_problem.${code}`, `attendance.input_problem.${code}`].find((k) => t.has(k))
  return { path, value, message: key !== undefined && t.has(key) ? t(key, facts) : code }
}
