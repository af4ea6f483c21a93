import type { ProblemCode } from '#app/domain/attendance/problem.ts'

export const formProblemCodes = [
  'frame_too_narrow',
  'year_not_named',
  'title_too_wide',
  'foot_in_frame',
  'columns_not_100',
  'spans_wrong',
  'page_too_full',
  'first_row_starts_page',
  'field_twice',
  'label_missing',
  'label_not_here',
  'label_too_big',
  'field_missing',
  'field_not_here',
  'choices_missing',
  'choices_not_here',
  'grow_missing',
  'grow_not_here',
  'sign_not_here',
  'sign_needs_height',
  'seal_needs_height',
  'row_too_low',
] as const

/** One thing wrong with a form document: where, what stands there, and which rule it breaks; the catalogues make the sentence. */
export type FormProblem = {
  readonly path: string
  readonly value: unknown
  readonly code: ProblemCode | (typeof formProblemCodes)[number]
  readonly facts: Readonly<Record<string, string | number>>
}
