import { type ClaimCode, claimCodes, type KioskGreeting } from '#app/domain/devices/greeting.ts'
import type { Key } from '#app/i18n/catalogue.ts'
import { formatTime } from '#app/i18n/format.ts'
import type { Params, T } from '#app/i18n/translator.ts'

export function helloKey(second: number): Key {
  if (second < 37_800) return 'devices.kiosk.hello.morning'
  if (second < 48_600) return 'devices.kiosk.hello.noon'
  return second < 64_800 ? 'devices.kiosk.hello.afternoon' : 'devices.kiosk.hello.evening'
}

function paramsOf(t: T, greeting: KioskGreeting): Params {
  return {
    minutes: greeting.minutes,
    hello: t(helloKey(greeting.second)),
    subject: greeting.subject,
    attempt: greeting.attempt,
    count: greeting.attempt,
    time: formatTime(greeting.second),
    stands: formatTime(greeting.stands ?? greeting.second),
  }
}

/** After three fingers that were not known it is a person's turn. Source: design 01 (第 3 次后…到导服台). */
export function triedEnough(greeting: KioskGreeting): boolean {
  return greeting.code === 'not_recognised' && greeting.attempt >= 3
}

/** Whether what was said came of a card or a number at the screen. */
export function isClaim(code: KioskGreeting['code']): code is ClaimCode {
  return claimCodes.some((one) => one === code)
}

function pathOf(greeting: KioskGreeting, part: 'label' | 'say') {
  const { code, sign } = greeting
  if (isClaim(code)) return `alternates.kiosk.${part}.${code}` as const
  if (code !== 'covered') return `devices.kiosk.${part}.${code}` as const
  return `devices.kiosk.${part}.${sign === 'official' ? 'covered_official' : 'covered_leave'}` as const
}

/** The one character of a sign: what the reader only received and what was claimed have their own. */
export function signKey({ code, sign }: Pick<KioskGreeting, 'code' | 'sign'>) {
  if (isClaim(code)) return `alternates.kiosk.char.${code}` as const
  if (sign === 'manual') return 'alternates.kiosk.char.claim_confirmed' as const
  return `devices.kiosk.char.${code === 'received' ? code : sign}` as const
}

/** The word under the sign: On time, Late 6 min. */
export function labelOf(t: T, greeting: KioskGreeting): string {
  return t(pathOf(greeting, 'label'), paramsOf(t, greeting))
}

/** The whole sentence, with the partner when he is here: early by 39 minutes, Li Zhe is here too. */
export function sentenceOf(t: T, greeting: KioskGreeting): string {
  const key = triedEnough(greeting) ? 'devices.kiosk.say.not_recognised_again' : pathOf(greeting, 'say')
  const said = t(key, paramsOf(t, greeting))
  const partner = partnerOf(t, greeting)
  if (partner === '') return said
  return t.locale === 'en' ? `${said} ${partner}` : `${said}${partner}`
}

function partnerOf(t: T, { partner }: KioskGreeting): string {
  if (partner === null) return ''
  const name = t.locale === 'en' ? partner.nameEn : partner.name
  return t('devices.kiosk.partner', { post: postName(t, partner.post), name })
}

/** A post by its name; a post that the catalogues do not know stays as it is stored. */
export function postName(t: T, post: string): string {
  const key = `devices.post.${post}`
  return t.has(key) ? t(key) : post
}

/** The slot and the time: Morning in 08:21. */
export function slotLine(t: T, greeting: KioskGreeting): string {
  const time = formatTime(greeting.second)
  return greeting.slot === null ? time : `${t(`devices.slot.${greeting.slot}`)} ${time}`
}
