import type { AnnualForm } from '#app/domain/people/person.ts'
import { attendanceText, regularGradesText } from './field-texts.ts'
import type { FormField, FormFields } from './form-fields.ts'
import type { FormTemplate } from './form-template.ts'
import { civilServantRegister } from './forms/civil-servant-register.ts'
import { institutionRegister } from './forms/institution-register.ts'
import type { LostHalves } from './register-attendance.ts'
import { type AssessmentMode, modeWords, postName, wordOf } from './register-words.ts'

/** A post held at the end of the year, or the last one: what the person does when nothing else is written down. */
export type RegisterPost = {
  readonly post: string
  readonly window: { readonly number: string; readonly name: string } | null
  readonly chief: boolean
}

/** Everything that one annual form is filled from 登记表. */
export type RegisterFacts = {
  readonly form: Exclude<AnnualForm, 'appraisal'>
  readonly year: number
  /** "KH-2026-0103"; null until it is first saved or printed. */
  readonly number: string | null
  readonly person: {
    readonly id: string
    readonly name: string
    readonly gender: string | null
    readonly bornMonth: string | null
    readonly politicalStatus: string | null
    readonly title: string | null
    readonly rankSince: string | null
    readonly education: string | null
    readonly workSince: string | null
    readonly postCategory: string | null
    readonly postGrade: string | null
    readonly duties: string | null
  }
  readonly unit: string | null
  readonly centre: string
  readonly posts: readonly RegisterPost[]
  readonly mode: AssessmentMode | null
  readonly attendance: LostHalves
  readonly summary: string
  readonly training: string
}

/** "1985-06" as the form writes it, "1985.06". */
function month(text: string | null): string {
  return text === null ? '' : text.replace('-', '.')
}

/** 单位及职务职级: as recorded, or the unit alone. */
function titleOf({ person, unit }: RegisterFacts): string {
  return person.title ?? unit ?? ''
}

/** 从事或分管工作: as recorded, or what the posts say. */
function dutiesOf({ person, centre, posts }: RegisterFacts): string {
  if (person.duties) return person.duties
  const held = posts.map((post) => `${post.window ? `${post.window.number} ${post.window.name}` : ''}${postName(post)}`)
  return held.length === 0 ? '' : `${centre} ${held.join('、')}`
}

/** 现工作单位及部门: the unit that holds the relation, with where the person is stationed. */
function departmentOf({ person, unit, centre, posts }: RegisterFacts): string {
  const own = unit ?? ''
  const whole = person.title?.startsWith(own) ? (person.title.split(/[ \u3000]/u)[0] ?? own) : own
  const windows = posts.flatMap((post) => (post.window ? [post.window.number] : []))
  const place = windows.length === 0 ? centre : `${centre} ${windows.join('、')} 窗口`
  return whole === '' ? '' : `${whole}（派驻${place}）`
}

/** What stands behind 其他: its one kind, or each with its days. */
function otherNote({ kinds }: LostHalves): string {
  const named = kinds.map(({ mark, halves }) => ({ name: wordOf('leave', mark), days: String(halves / 2) }))
  if (named.length === 1) return named[0]?.name ?? ''
  return named.map(({ name, days }) => `${name} ${days}`).join('、')
}

function attendanceOf({ attendance }: RegisterFacts): string {
  const { sick, personal, absent, other } = attendance
  return attendanceText({ sick, personal, absent, other, otherNote: otherNote(attendance) })
}

/** Every field of the form as it is printed; an empty text is a blank on paper. Source: domain study §2.7, §2.8. */
export function registerFields(facts: RegisterFacts): FormFields {
  const { person, form, year, number, mode, summary, training } = facts
  const institution = form === 'institution_register'
  return {
    year: String(year),
    number: number ?? '',
    name: person.name,
    gender: wordOf('gender', person.gender),
    born_month: month(person.bornMonth),
    political_status: person.politicalStatus ?? '',
    rank_since: month(person.rankSince),
    title: titleOf(facts),
    duties: dutiesOf(facts),
    summary,
    training,
    education: person.education ?? '',
    work_since: month(person.workSince),
    department: departmentOf(facts),
    // The form ticks the box of this value and has the word beside it.
    post_category: person.postCategory ?? '',
    post_grade: person.postGrade ?? '',
    appointed_since: month(person.rankSince),
    attendance: attendanceOf(facts),
    // Quarterly grades 平时考核 are decided elsewhere and are never guessed.
    regular_grades: regularGradesText([]),
    remarks:
      institution && mode !== null ? `派驻人员，考核方式 ${modeWords[mode].letter}：${modeWords[mode].text}` : '',
  }
}

/** What a person's record or own words must hold for a form without blanks, in the order of its boxes. */
const needed = {
  civil_servant_register: [
    'gender',
    'born_month',
    'political_status',
    'rank_since',
    'title',
    'duties',
    'summary',
    'training',
  ],
  institution_register: [
    'gender',
    'born_month',
    'political_status',
    'education',
    'work_since',
    'department',
    'post_category',
    'post_grade',
    'appointed_since',
    'duties',
    'summary',
  ],
} as const satisfies Record<RegisterFacts['form'], readonly FormField[]>

export type NeededField = (typeof needed)[RegisterFacts['form']][number]

/** Who can fill a box: the person (own words) or whoever keeps the person's record. */
export function filledBy(field: NeededField): 'person' | 'record' {
  return field === 'summary' || field === 'training' ? 'person' : 'record'
}

/** The boxes that would be printed blank, in the order of the form. A title of the unit alone is no title. */
export function missingFields(facts: RegisterFacts): NeededField[] {
  const fields = registerFields(facts)
  const blank = (name: NeededField) =>
    name === 'title' ? facts.person.title === null : (fields[name] ?? '').trim() === ''
  return needed[facts.form].filter(blank)
}

const templates: Readonly<Record<RegisterFacts['form'], FormTemplate>> = {
  civil_servant_register: civilServantRegister,
  institution_register: institutionRegister,
}

/** The paper itself: which form, what stands in its boxes, its number and whose it is. */
export function documentOf(facts: RegisterFacts) {
  return {
    template: templates[facts.form],
    fields: registerFields(facts),
    number: facts.number ?? '',
    person: facts.person.name,
  }
}
