import type { T } from '#app/i18n/translator.ts'
import type { FormErrors } from '#app/ui/form.tsx'
import type { Refused } from './model.ts'
import { problemText } from './parts.tsx'

const fieldOf: Readonly<Record<string, string>> = {
  ends_before_start: 'to',
  already_over: 'to',
  bad_to: 'to',
  bad_from: 'from',
  unit_missing: 'unit',
  unit_unwanted: 'unit',
  unit_unknown: 'unit',
  already_held: 'role',
  administrators_exclude: 'role',
  role_beyond: 'role',
  roles_missing: 'role',
  number: 'number',
  number_taken: 'number',
  name: 'name',
  reason_missing: 'reason',
  answer_missing: 'reason',
  before_start: 'last',
}

/** The refusal beside the field it is about; what is about none of this form's fields stands above it. */
export function errorsOf(t: T, refused: Refused | null, act: string, fields: readonly string[]): FormErrors {
  if (!refused || refused.act !== act) return {}
  const field = fieldOf[refused.code] ?? ''
  return { [fields.includes(field) ? field : '']: problemText(t, refused.code, refused.facts) }
}
