import { ok, type Result, refuse } from '#app/domain/result.ts'

/** Why a typed value cannot be stored; the catalogues say what to do (people.problem.<code>). */
export type FieldProblem =
  | 'empty'
  | 'too_long'
  | 'not_one_of'
  | 'staff_number'
  | 'month'
  | 'month_future'
  | 'phone'
  | 'id_length'
  | 'id_region'
  | 'id_birth'
  | 'id_check_digit'
  | 'letters'
  | 'broken_character'
  | 'question_mark'
  | 'private_use'
  | 'private_use_unknown'
  | 'description_character'
  | 'radical'
  | 'strange_character'
  | 'work_before_birth'

export type Read<T> = Result<T, FieldProblem>

/** What a hand or a spreadsheet leaves around a value: full-width forms, odd spaces, invisible characters. */
export function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, '')
    .replace(/[\s\u00a0\u3000]+/gu, ' ')
    .trim()
}

/** Letters and digits as a keyboard has them: full-width ones narrowed. */
function narrow(text: string): string {
  return tidy(text.normalize('NFKC'))
}

/** Text of at most so many characters; line breaks are kept, spaces at the ends are not. */
export function readText(text: string, max: number): Read<string | null> {
  const plain = text.normalize('NFC').replace(/\r\n?/gu, '\n').trim()
  if (/\p{Cs}/u.test(plain)) return refuse('broken_character')
  const length = [...plain].length
  return length > max ? refuse('too_long', { max, length }) : ok(plain === '' ? null : plain)
}

/** A staff number 工号: letters, digits and hyphens, as it stands on the badge. */
export function readStaffNumber(text: string): Read<string> {
  const plain = narrow(text).replace(/ /gu, '')
  if (plain === '') return refuse('empty')
  return /^[A-Za-z0-9-]{2,20}$/u.test(plain) ? ok(plain) : refuse('staff_number', { value: shown(plain) })
}

const monthForms = /^(\d{4})(?:[-./年]\s?(\d{1,2})月?|(\d{2}))$/u

/** A month 年月, however it is written (1990-05, 1990.5, 199005, 1990年5月), as "YYYY-MM"; null for nothing. */
export function readMonth(text: string): Read<string | null> {
  const plain = narrow(text)
  if (plain === '') return ok(null)
  const match = monthForms.exec(plain)
  const year = Number(match?.[1])
  const month = Number(match?.[2] ?? match?.[3])
  if (!match || year < 1900 || year > 2199 || month < 1 || month > 12) return refuse('month', { value: shown(plain) })
  return ok(`${year}-${String(month).padStart(2, '0')}`)
}

/** A telephone number: mobile, fixed with area code and extension, internal, or foreign with +; null for nothing. */
export function readPhone(text: string): Read<string | null> {
  const plain = narrow(text)
    .replace(/[\s()（）.]/gu, '')
    .replace(/[‐-―−－]/gu, '-')
  if (plain === '') return ok(null)
  const home = plain.replace(/^(?:\+|00)86-?/u, '')
  const digits = home.replace(/-/gu, '')
  if (/^1[3-9]\d{9}$/u.test(digits)) return ok(digits)
  const fixed = /^(0(?:10|2\d|[3-9]\d{2}))-?(\d{7,8})(?:-(\d{1,6}))?$/u.exec(home)
  if (fixed) return ok(`${fixed[1]}-${fixed[2]}${fixed[3] ? `-${fixed[3]}` : ''}`)
  if (/^[1-9]\d{2,7}$/u.test(digits)) return ok(digits)
  if (/^\+(?!86)\d{6,15}$/u.test(plain.replace(/-/gu, ''))) return ok(plain.replace(/-/gu, ''))
  return refuse('phone', { value: shown(plain), digits: digits.replace(/\D/gu, '').length })
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** The last character that the first 17 digits of an identity number call for. Source: GB 11643-1999 (ISO 7064 MOD 11-2). */
export function checkCharacter(seventeen: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(seventeen[index]), 0)
  return '10X98765432'[sum % 11] ?? ''
}

const regions = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[01])/u

/**
 * An identity number 公民身份号码, or the number of another document (letters, then digits). A wrong check digit is said and
 * never corrected: any other digit may be the wrong one. Null for nothing.
 */
export function readIdNumber(text: string, isDay: (day: string) => boolean): Read<string | null> {
  const plain = narrow(text).replace(/[\s-]/gu, '').toUpperCase()
  if (plain === '') return ok(null)
  if (/^[A-Z]{1,3}\d{5,12}$/u.test(plain)) return ok(plain)
  if (!/^\d{17}[\dX]$/u.test(plain)) return refuse('id_length', { length: [...plain].length })
  if (!regions.test(plain)) return refuse('id_region', { region: plain.slice(0, 2) })
  const birth = `${plain.slice(6, 10)}-${plain.slice(10, 12)}-${plain.slice(12, 14)}`
  if (!isDay(birth) || birth < '1900-01-01') return refuse('id_birth', { birth })
  const expected = checkCharacter(plain)
  return plain.endsWith(expected) ? ok(plain) : refuse('id_check_digit', { last: plain.slice(-1), expected })
}

/** One of a closed list, or nothing. */
export function readOneOf<T extends string>(text: string, allowed: readonly T[]): Read<T | null> {
  const plain = tidy(text)
  if (plain === '') return ok(null)
  const found = allowed.find((one) => one === plain)
  return found ? ok(found) : refuse('not_one_of', { value: shown(plain) })
}

/** A value as a message repeats it: never longer than a line. */
export function shown(text: string): string {
  const characters = [...text]
  return characters.length > 24 ? `${characters.slice(0, 24).join('')}…` : text
}
