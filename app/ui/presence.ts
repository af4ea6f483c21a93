import { useEffect } from 'react'
import { presenceCookie } from '#app/domain/access/session.ts'

const gestures = ['pointerdown', 'keydown', 'wheel'] as const

/** Says to the server that somebody is here; what a page asks for by itself says nothing. */
function markPresent(): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is newer than the oldest browser we serve
  document.cookie = `${presenceCookie.name}=1; Path=/; Max-Age=${presenceCookie.seconds}; SameSite=Lax`
}

/** Keeps the session from idling out while somebody uses the page. */
export function usePresence(): void {
  useEffect(() => {
    for (const gesture of gestures) addEventListener(gesture, markPresent, { capture: true, passive: true })
    return () => {
      for (const gesture of gestures) removeEventListener(gesture, markPresent, { capture: true })
    }
  }, [])
}

/** For a screen that nobody touches: it stays signed in until its session ends for good. */
export function useStandingPresence(): void {
  useEffect(() => {
    markPresent()
    const timer = setInterval(markPresent, (presenceCookie.seconds * 1000) / 2)
    return () => clearInterval(timer)
  }, [])
}
