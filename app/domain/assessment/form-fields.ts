/**
 * What a register can print 登记表字段. Every value is a text as it stands on the paper; the box of a field that is missing or
 * empty stays blank. `post_category` is the value of the box to tick; `attendance` and `regular_grades` are whole lines
 * (field-texts.ts makes them). Source: domain.md §2.7, §2.8.
 */
export const formFields = [
  'name',
  'gender',
  'born_month',
  'political_status',
  'rank_since',
  'title',
  'duties',
  'summary',
  'training',
  'education',
  'work_since',
  'department',
  'post_category',
  'post_grade',
  'appointed_since',
  'attendance',
  'regular_grades',
  'remarks',
  'year',
  'number',
] as const

export type FormField = (typeof formFields)[number]

export type FormFields = Readonly<Partial<Record<FormField, string>>>
