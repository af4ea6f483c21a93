import { useCallback, useEffect, useRef, useState } from 'react'
import type { ClaimAnswer, KioskState } from '#app/domain/devices/alternate-answer.ts'
import type { KioskGreeting } from '#app/domain/devices/greeting.ts'
import { greetingLastsMs, type KioskView, takesScreen, withGreeting } from '#app/domain/devices/kiosk-view.ts'
import { useClaims } from './kiosk-claims.ts'
import { follow } from './kiosk-follow.ts'

/** Counts on from what the server last said, so that a wrong clock of the screen does no harm. */
function useSecond(said: { readonly second: number }): number {
  const [second, setSecond] = useState(said.second)
  useEffect(() => {
    const started = performance.now()
    setSecond(said.second)
    const timer = setInterval(() => setSecond(said.second + Math.floor((performance.now() - started) / 1000)), 250)
    return () => clearInterval(timer)
  }, [said])
  return second
}

export type Live = {
  readonly view: KioskView
  /** Second of the day, going on by itself; past midnight it counts on until the next view. */
  readonly second: number
  readonly shown: Shown | null
  readonly connected: boolean
  readonly state: KioskState
  /** A card or a number is on its way to the server. */
  readonly sending: boolean
  readonly claim: (fields: Readonly<Record<string, string>>) => Promise<ClaimAnswer>
}

/** A fresh page greets whoever has just punched, as the page without script does. */
function justNow(view: KioskView): KioskGreeting | null {
  const latest = view.recent[0]
  return latest !== undefined && view.second - latest.second <= greetingLastsMs / 1000 ? latest : null
}

export type Shown =
  | { readonly kind: 'greeting'; readonly greeting: KioskGreeting }
  | { readonly kind: 'answer'; readonly answer: ClaimAnswer }

/** What the screen says for eight seconds: the greeting of the last finger, or the answer to the last card or number. */
function useShown(first: Shown | null) {
  const [shown, setShown] = useState(first)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const heard = useRef(new Set<string>())
  const show = useCallback((next: Shown) => {
    setShown(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setShown(null), greetingLastsMs)
  }, [])
  const greet = useCallback((next: KioskGreeting) => {
    // Read now: the state is set later, when this one would count as heard before.
    const known = heard.current
    setShown((before) => {
      const now = before?.kind === 'greeting' ? before.greeting : null
      if (!takesScreen(now, known, next)) return before
      return { kind: 'greeting', greeting: next }
    })
    heard.current = new Set([...known, next.key].slice(-50))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setShown(null), greetingLastsMs)
  }, [])
  useEffect(() => {
    timer.current = setTimeout(() => setShown(null), greetingLastsMs)
    return () => clearTimeout(timer.current)
  }, [])
  return { shown, show, greet }
}

export type First = {
  readonly first: KioskView
  readonly state: KioskState
  readonly answer: ClaimAnswer | null
  readonly csrf: string
  readonly events: string
}

function shownFirst({ first, answer }: First): Shown | null {
  if (answer !== null) return { kind: 'answer', answer }
  const greeting = justNow(first)
  return greeting === null ? null : { kind: 'greeting', greeting }
}

/** The screen's state: what the server last said, and what it says to whoever stands there. */
export function useKiosk(page: First): Live {
  const { first, events } = page
  const [said, setSaid] = useState(first)
  const [heard, setHeard] = useState<readonly KioskGreeting[]>([])
  const [connected, setConnected] = useState(true)
  const { shown, show, greet } = useShown(shownFirst(page))
  const claims = useClaims(page.state, page.csrf, greet)
  const { changed, send } = claims
  useEffect(
    () =>
      follow(events, {
        onGreeting: (one) => {
          greet(one)
          setHeard((before) => withGreeting(before, one))
        },
        onView: (view) => {
          setSaid(view)
          setHeard([])
          changed(view.recent)
        },
        onConnected: setConnected,
      }),
    [events, greet, changed],
  )
  const [sending, setSending] = useState(false)
  const claim = useCallback(
    async (fields: Readonly<Record<string, string>>) => {
      setSending(true)
      const answer = await send(fields)
      setSending(false)
      show({ kind: 'answer', answer })
      return answer
    },
    [send, show],
  )
  const recent = [...heard]
    .reverse()
    .concat([...claims.state.claims].reverse())
    .reduce(withGreeting, said.recent)
  const view = { ...said, recent }
  return { view, second: useSecond(said), shown, connected, state: claims.state, sending, claim }
}
