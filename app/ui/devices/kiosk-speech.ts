import { useCallback, useEffect, useRef, useState } from 'react'
import type { KioskCode, KioskGreeting, KioskPerson } from '#app/domain/devices/greeting.ts'
import { isRareOnScreen } from '#app/domain/people/characters/rare.ts'
import type { Locale } from '#app/i18n/catalogue.ts'
import type { T } from '#app/i18n/translator.ts'
import { helloKey, triedEnough } from './greeting-text.ts'

/** What is said aloud. A name is spoken only with good news: nobody's lateness or failed finger is called through the hall. */
const spoken = {
  early: 'early',
  on_time: 'on_time',
  out_ok: 'out_ok',
  received: 'received',
  claim_confirmed: 'claim_confirmed',
  claimed: 'claimed',
  claim_refused: 'desk',
  repeat: 'repeat',
  late: 'noted',
  left_early: 'noted',
  unused: 'noted',
  covered: 'noted',
  pending: 'noted',
  rest_day: 'noted',
  quarantined: 'noted',
  parked: 'desk',
  not_recognised: 'unread',
  poor_image: 'unread',
  finger_held: 'lift',
} as const satisfies Record<KioskCode, string>

/** The words of a greeting for the ear. Source: design guide §6 (calm, no blame), product (greeting). */
export function spokenText(t: T, greeting: KioskGreeting): string {
  const part = triedEnough(greeting) ? 'desk' : spoken[greeting.code]
  const name = greeting.person === null ? '' : spokenName(t.locale, greeting.person)
  const text = t(`alternates.kiosk.spoken.${part}`, { name, hello: t(helloKey(greeting.second)) })
  return name === '' ? text.replace(/^[,，\s]+/, '') : text
}

/** A Chinese voice reads characters well and leaves out those it does not know: such a name is given by its reading. */
export function spokenName(locale: Locale, { name, nameEn, reading }: KioskPerson): string {
  if (locale === 'en') return nameEn === '' ? name : nameEn
  if (![...name].some(isRareOnScreen)) return name.replace(/·/g, ' ')
  return reading || nameEn || name
}

/** The judged greeting follows what was only received within this time, and is the one worth saying. */
export const waitForJudgedMs = 1_200

export type SpeechState = 'on' | 'muted' | 'off' | 'none' | 'blocked'
const storageKey = 'kiosk-muted'

function storedMute(): boolean {
  try {
    return localStorage.getItem(storageKey) === '1'
  } catch {
    // A browser that keeps nothing is asked anew each time.
    return false
  }
}

function storeMute(muted: boolean): void {
  try {
    localStorage.setItem(storageKey, muted ? '1' : '0')
  } catch {
    // As above.
  }
}

function voiceFor(lang: string): SpeechSynthesisVoice | null {
  const voices = speechSynthesis.getVoices().filter((one) => one.lang.replace('_', '-').startsWith(lang.slice(0, 2)))
  return voices.find((one) => one.lang.replace('_', '-') === lang && one.localService) ?? voices[0] ?? null
}

/** Says a text at once; what was being said or waited to be said is dropped. */
function say(text: string, locale: Locale, onBlocked: () => void): void {
  const utterance = new SpeechSynthesisUtterance(text)
  utterance.lang = locale === 'en' ? 'en-GB' : 'zh-CN'
  utterance.voice = voiceFor(utterance.lang)
  utterance.onerror = ({ error }) => {
    if (error === 'not-allowed') onBlocked()
  }
  speechSynthesis.cancel()
  speechSynthesis.speak(utterance)
}

/** Speaks greetings where the centre and this screen want it and the browser can; a new one cancels the old. */
export function useSpeech(greeting: KioskGreeting | null, allowed: boolean, t: T) {
  const [able, setAble] = useState(false)
  const [muted, setMuted] = useState(false)
  const [blocked, setBlocked] = useState(false)
  const last = useRef('')
  useEffect(() => {
    setAble('speechSynthesis' in window && 'SpeechSynthesisUtterance' in window)
    setMuted(storedMute())
  }, [])
  const on = able && allowed && !muted
  useEffect(() => {
    if (!on || greeting === null) return
    const key = `${greeting.key} ${greeting.code}`
    if (last.current === key) return
    const speak = () => {
      last.current = key
      say(spokenText(t, greeting), t.locale, () => setBlocked(true))
    }
    if (greeting.code !== 'received') return speak()
    const timer = setTimeout(speak, waitForJudgedMs)
    return () => clearTimeout(timer)
  }, [on, greeting, t])
  const toggle = useCallback(() => {
    if (blocked) {
      // A browser lets a page speak after somebody has touched it; this was the touch.
      setBlocked(false)
      return
    }
    setMuted((before) => {
      storeMute(!before)
      if (!before) speechSynthesis.cancel()
      return !before
    })
  }, [blocked])
  const state: SpeechState = !able ? 'none' : !allowed ? 'off' : blocked ? 'blocked' : muted ? 'muted' : 'on'
  return { state, toggle }
}
