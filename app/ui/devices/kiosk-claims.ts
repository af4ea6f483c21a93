import { useCallback, useEffect, useRef, useState } from 'react'
import {
  type ClaimAnswer,
  type KioskState,
  nothingTyped,
  ruledSince,
  typedOn,
  waitingClaims,
} from '#app/domain/devices/alternate-answer.ts'
import type { KioskGreeting } from '#app/domain/devices/greeting.ts'

const path = '/api/kiosk/claims'
/** Without a claim in doubt the screen asks so often, because the rule about speaking may have changed. */
const everyMs = 300_000

export type Claims = {
  readonly state: KioskState
  /** To be called when something in the centre changed. */
  readonly changed: (recent: readonly KioskGreeting[]) => void
  readonly send: (fields: Readonly<Record<string, string>>) => Promise<ClaimAnswer>
}

const unreachable: ClaimAnswer = { code: 'unreachable', greeting: null, attempts: 0, minutes: 0 }

/** Whoever stands there is not kept waiting longer for a server that does not answer. */
const answersWithinMs = 10_000

async function post(csrf: string, fields: Readonly<Record<string, string>>): Promise<ClaimAnswer> {
  const waiting = new AbortController()
  const timer = setTimeout(() => waiting.abort(), answersWithinMs)
  try {
    const body = new URLSearchParams({ ...fields, csrf })
    const answer = await fetch(path, { method: 'POST', body, signal: waiting.signal })
    return answer.ok ? ((await answer.json()) as ClaimAnswer) : unreachable
  } catch {
    // No server, no claim: the screen says where to sign instead.
    return unreachable
  } finally {
    clearTimeout(timer)
  }
}

/** The claims made at this screen, asked for anew while one waits; `onRuled` hears of each that was decided. */
export function useClaims(first: KioskState, csrf: string, onRuled: (ruled: KioskGreeting) => void): Claims {
  const [state, setState] = useState(first)
  const known = useRef(first)
  const askedMs = useRef(0)
  const hear = useRef(onRuled)
  hear.current = onRuled
  const ask = useCallback(async () => {
    askedMs.current = performance.now()
    try {
      const answer = await fetch(path, { cache: 'no-store' })
      if (!answer.ok) return
      const next = (await answer.json()) as KioskState
      const [ruled] = ruledSince(known.current.claims, next.claims)
      known.current = next
      setState(next)
      if (ruled !== undefined) hear.current(ruled)
    } catch {
      // The next change asks again.
    }
  }, [])
  const strange = useRef('')
  const changed = useCallback(
    (recent: readonly KioskGreeting[]) => {
      const waits = waitingClaims(known.current.claims).length > 0
      // A punch in doubt may be a claim made at another screen; each is asked about once.
      const doubtful = recent.find((one) => one.code === 'quarantined')?.key ?? ''
      const fresh = doubtful !== '' && doubtful !== strange.current
      strange.current = doubtful
      if (waits || fresh || performance.now() - askedMs.current > everyMs) void ask()
    },
    [ask],
  )
  const send = useCallback(
    async (fields: Readonly<Record<string, string>>) => {
      const answer = await post(csrf, fields)
      if (answer.greeting !== null) await ask()
      return answer
    },
    [ask, csrf],
  )
  return { state, changed, send }
}

/** Where a key would act by itself: in a field, or on what Enter presses. */
function focusOf({ target }: KeyboardEvent): { readonly field: HTMLInputElement | null; readonly inField: boolean } {
  const field = target instanceof HTMLInputElement ? target : null
  return { field, inField: field !== null || (target instanceof HTMLElement && target.closest('a, button') !== null) }
}

/** Hears a card reader that types: the number goes to `onCard` and out of the field it landed in. */
export function useWedge(onCard: (card: string) => void): void {
  const hear = useRef(onCard)
  hear.current = onCard
  useEffect(() => {
    let typed = nothingTyped
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return
      const { field, inField } = focusOf(event)
      const next = typedOn(typed, { key: event.key, atMs: event.timeStamp, inField })
      typed = next.typed
      if (next.card === null) return
      event.preventDefault()
      event.stopPropagation()
      if (field !== null) field.value = ''
      hear.current(next.card)
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [])
}
