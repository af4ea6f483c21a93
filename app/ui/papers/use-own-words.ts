import { useRevalidator } from '@remix-run/react'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { useRootData } from '#app/ui/root-data.tsx'
import { type AutoState, type Autosave, autosave, type SaveAnswer, type Words } from './autosave.ts'
import { dropBackup, keepBackup, leftBackup } from './own-backup.ts'

type OwnWords = {
  readonly personId: string
  readonly year: number
  /** What the boxes show when the page opens. */
  readonly shown: Words
  readonly stored: Words
  readonly revision: number
  readonly writable: boolean
  /** The page answers a form: what is shown was just typed, and nothing older is looked for. */
  readonly answering: boolean
}

export type Saving = {
  readonly state: AutoState
  readonly time: string | null
  readonly revision: number
  readonly words: Words
  readonly restored: boolean
  readonly typed: () => void
  readonly flush: () => Promise<void>
  readonly dirty: () => boolean
  readonly leave: () => void
}

async function post(fields: Readonly<Record<string, string>>): Promise<SaveAnswer> {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  const answered = await fetch('/papers/mine/save', { method: 'POST', body })
  // A page instead of an answer is the sign-in, or a proxy that speaks for the server.
  const json: unknown = await answered.json().catch(() => null)
  return { status: answered.status, body: json as SaveAnswer['body'] }
}

/** The boxes of one's own words: counted while typing, saved in pauses, kept when they cannot be. */
export function useOwnWords(box: RefObject<HTMLElement>, own: OwnWords): Saving {
  const { personId, year, writable } = own
  const [words, setWords] = useState(own.shown)
  const [state, setState] = useState<AutoState>('idle')
  const [time, setTime] = useState<string | null>(null)
  const [revision, setRevision] = useState(own.revision)
  const [restored, setRestored] = useState(false)
  const saver = useRef<Autosave | null>(null)
  const token = useToken()
  const first = useRef(own)

  const read = useCallback((): Words => {
    const text = (name: string) => box.current?.querySelector<HTMLTextAreaElement>(`#${name}`)?.value ?? ''
    return { summary: text('summary'), training: text('training') }
  }, [box])

  useEffect(() => {
    const { shown, stored, answering } = first.current
    const left = writable && !answering ? leftBackup(personId, year, stored) : null
    const base = left?.revision ?? first.current.revision
    const made = autosave({
      saved: stored,
      revision: base,
      send: (typed, at) =>
        post({ csrf: token.now(), person: personId, year: String(year), revision: String(at), ...typed }),
      renew: token.renew,
      onState: (next, facts) => {
        setState(next)
        if (facts.time) setTime(facts.time)
        if (facts.revision !== undefined) setRevision(facts.revision)
        if (next === 'saved') dropBackup(personId, year)
      },
    })
    saver.current = writable ? made : null
    if (left) {
      fill(box.current, left)
      setRevision(base)
      setRestored(true)
    }
    // What was typed before the script arrived counts too.
    const typed = read()
    setWords(typed)
    if (left || typed.summary !== shown.summary || typed.training !== shown.training) made.typed(typed)
    return () => made.stop()
  }, [personId, year, writable, box, read, token])

  useLeaving(saver)

  return {
    state,
    time,
    revision,
    words,
    restored,
    typed: () => {
      const typed = read()
      setWords(typed)
      keepBackup(personId, year, { ...typed, revision })
      saver.current?.typed(typed)
    },
    flush: async () => saver.current?.flush(),
    dirty: () => saver.current?.dirty() ?? false,
    leave: () => saver.current?.stop(),
  }
}

function fill(box: HTMLElement | null, words: Words): void {
  for (const name of ['summary', 'training'] as const) {
    const area = box?.querySelector<HTMLTextAreaElement>(`#${name}`)
    if (area) area.value = words[name]
  }
}

/** The form token as it is now, and a way to ask for it again after somebody signed in anew. */
function useToken() {
  const csrf = useRootData()?.csrf ?? ''
  const { revalidate } = useRevalidator()
  const current = useRef(csrf)
  current.current = csrf
  const ask = useRef(revalidate)
  ask.current = revalidate
  const token = useRef({
    now: () => current.current,
    renew: async () => {
      const before = current.current
      ask.current()
      for (let turn = 0; turn < 30 && current.current === before; turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
  })
  return token.current
}

/** Saves when the page is left for another, tries again when it is come back to, and asks before unsaved words go. */
function useLeaving(saver: RefObject<Autosave | null>): void {
  useEffect(() => {
    const turned = () => void saver.current?.flush()
    const closing = (event: BeforeUnloadEvent) => {
      if (!saver.current?.dirty()) return
      event.preventDefault()
      event.returnValue = ''
    }
    document.addEventListener('visibilitychange', turned)
    window.addEventListener('focus', turned)
    window.addEventListener('online', turned)
    window.addEventListener('beforeunload', closing)
    return () => {
      document.removeEventListener('visibilitychange', turned)
      window.removeEventListener('focus', turned)
      window.removeEventListener('online', turned)
      window.removeEventListener('beforeunload', closing)
    }
  }, [saver])
}
