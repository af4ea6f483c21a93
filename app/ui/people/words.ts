import type { PersonState, UnitName, WindowName } from '#app/domain/people/record.ts'
import { formatDay } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'

export type Problem = { readonly code: string; readonly facts: Readonly<Record<string, string | number>> }
export type Problems = Readonly<Record<string, Problem | undefined>>

/** The name in the reader's language, Chinese where there is no other. */
export function pick(t: T, zh: string, en: string): string {
  return t.locale === 'en' ? en || zh : zh
}

export function unitText(t: T, unit: UnitName): string {
  return t.locale === 'en' ? unit.nameEn || unit.name : unit.shortName || unit.name
}

export function kindText(t: T, kind: string): string {
  const key = `people.kind.${kind}`
  return t.has(key) ? t(key) : kind
}

export function stateText(t: T, state: PersonState): string {
  return t(`people.state.${state}`)
}

/** A post with its window: "A01 企业开办 A岗"; the appointment as chief is said where it holds. */
export function postText(
  t: T,
  { post, window }: { readonly post: string; readonly window: WindowName | null },
  chiefOf: readonly string[] = [],
): string {
  const key = `attendance.post.${post}`
  const chief = window && post === 'a' && chiefOf.includes(window.number) ? ` ${t('people.list.chief')}` : ''
  const word = (t.has(key) ? t(key) : post) + chief
  return window ? `${window.number} ${pick(t, window.name, window.nameEn)} ${word}` : word
}

const dayFact = /^\d{4}-\d{2}-\d{2}$/u

/** What is wrong with a field, in words; days as the reader writes them. */
export function problemText(t: T, problem: Problem | undefined): string | null {
  if (!problem) return null
  const key = `people.problem.${problem.code}`
  const facts = Object.fromEntries(
    Object.entries(problem.facts).map(([name, value]) => [
      name,
      typeof value === 'string' && dayFact.test(value) ? formatDay(value, t.locale, 'full') : value,
    ]),
  )
  return t.has(key) ? t(key, facts) : problem.code
}

/** A reading as a person writes it: "zeng xiangrui" → "Zeng Xiangrui". */
export function readingText(reading: string): string {
  return reading
    .split(' ')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ')
}
