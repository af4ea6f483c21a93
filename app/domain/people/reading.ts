import { pinyin } from 'pinyin-pro'
import { isDottedName, plainReading, surnameOf, surnameReading } from './name.ts'

export type Reading = {
  /** "zeng xiangrui": surname, then given name, in plain letters. */
  readonly reading: string
  readonly initials: string
  readonly nameEn: string
}

/** The syllables of characters, one each; letters of other scripts stand as they are; '' where nobody knows. */
function syllables(text: string): string[] {
  return pinyin(text, { type: 'array', toneType: 'none', v: true, nonZh: 'consecutive' })
    .map((one) => plainReading(one))
    .filter((one) => one !== '')
}

function capital(word: string): string {
  const [first = '', ...rest] = word
  return first.toUpperCase() + rest.join('')
}

/** English spelling: v, which keyboards use for ü, is written u with a trema dropped after n and l as passports do (YU). */
function passport(word: string): string {
  return word.replace(/v/gu, 'yu')
}

/**
 * Reading, initials and English name proposed from a Chinese name: the surname by the surname table (曾 zeng, 单 shan,
 * 尉迟 yuchi), the rest by the dictionary. A proposal: the person's own word is better. Source: domain study §6.2.
 */
export function proposeReading(name: string): Reading {
  if (!/\p{Script=Han}/u.test(name)) return latin(name)
  if (isDottedName(name)) return dotted(name)
  const surname = surnameOf(name)
  const given = [...name].slice([...surname].length).join('')
  const first = surnameReading(surname) ?? syllables(surname)
  const rest = syllables(given)
  const parts = [first.join(''), rest.join('')].filter((part) => part !== '')
  return {
    reading: parts.join(' '),
    initials: [...first, ...rest].map((one) => [...one][0] ?? '').join(''),
    nameEn: parts.map((part) => capital(passport(part))).join(' '),
  }
}

function dotted(name: string): Reading {
  const parts = name.split('·').map(syllables)
  const words = parts.map((part) => part.join('')).filter((part) => part !== '')
  return {
    reading: words.join(' '),
    initials: parts
      .flat()
      .map((one) => [...one][0] ?? '')
      .join(''),
    nameEn: words.map(capital).join(' '),
  }
}

function latin(name: string): Reading {
  const reading = plainReading(name)
  const words = reading.split(' ').filter(Boolean)
  return { reading, initials: words.map((word) => [...word][0] ?? '').join(''), nameEn: name.trim() }
}

type Named = { readonly name: string; readonly reading: string; readonly initials: string; readonly nameEn: string }

/** What was left empty is proposed; what was typed stays. */
export function completeReading<T extends Named>(person: T): T {
  const proposed = proposeReading(person.name)
  return {
    ...person,
    reading: person.reading || proposed.reading,
    initials: person.initials || proposed.initials,
    nameEn: person.nameEn || proposed.nameEn,
  }
}
