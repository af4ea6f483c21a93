import type { T } from '#app/i18n/translator.ts'
import { pick } from './words.ts'

type Named = { readonly id: string; readonly name: string; readonly nameEn: string }

export type PostingChoices = {
  readonly units: readonly Named[]
  /** `aPost` is who holds the window's A post now. */
  readonly windows: readonly (Named & { readonly number: string; readonly aPost: string | null })[]
}

export type Option = { readonly value: string; readonly label: string }

export function unitOptions(t: T, choices: PostingChoices): Option[] {
  return choices.units.map((one) => ({ value: one.id, label: pick(t, one.name, one.nameEn) }))
}

export function windowOptions(t: T, choices: PostingChoices): Option[] {
  return choices.windows.map(({ id, number, name, nameEn, aPost }) => {
    const holder = aPost ? ` · ${t('attendance.post.a')} ${aPost}` : ''
    return { value: id, label: `${number} ${pick(t, name, nameEn)}${holder}` }
  })
}
