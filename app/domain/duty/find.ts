import type { PersonLine, WindowLine } from './hall.ts'

/**
 * Whether a person answers to what somebody typed: name, pinyin with or without spaces and tones left out, initials, staff
 * number 工号. Source: design guide §4 (search: name, pinyin, window, number).
 */
export function personMatches(person: PersonLine, asked: string): boolean {
  const wanted = plain(asked)
  if (wanted === '') return false
  const reading = plain(person.reading)
  return (
    plain(person.name).includes(wanted) ||
    reading.startsWith(wanted) ||
    person.reading.split(' ').some((part) => plain(part).startsWith(wanted)) ||
    plain(person.initials).startsWith(wanted) ||
    plain(person.nameEn).includes(wanted) ||
    person.staffNumber.startsWith(wanted)
  )
}

/** Whether a window answers to what somebody typed: its number or a part of its name 窗口号、窗口名称. Source: design guide §4. */
export function windowMatches(window: WindowLine, asked: string): boolean {
  const wanted = plain(asked)
  if (wanted === '') return false
  return [window.number, window.name, window.nameEn].some((text) => plain(text).includes(wanted))
}

/** Case, spaces and the dots of names make no difference. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s·•.]/gu, '')
}
