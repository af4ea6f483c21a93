import { useRevalidator } from '@remix-run/react'
import { type RefObject, useEffect, useRef, useState } from 'react'
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
  const answered = await fetch('/api/own-words', { method: 'POST', body })
  // A page instead of an answer is the sign-in, or a proxy that speaks for the server.
  const json: unknown = await answered.json().catch(() => null)
  return { status: answered.status, body: json as SaveAnswer['body'] }
}

type View = Pick<Saving, 'state' | 'time' | 'revision' | 'words' | 'restored'>

/** The boxes of one's own words: counted while typing, saved in pauses, kept when they cannot be. */
export function useOwnWords(box: RefObject<HTMLElement>, own: OwnWords): Saving {
  const { personId, year, writable } = own
  const [view, setView] = useState<View>({
    state: 'idle',
    time: null,
    revision: own.revision,
    words: own.shown,
    restored: false,
  })
  const saver = useRef<Autosave | null>(null)
  const token = useToken()
  const first = useRef(own)

  useEffect(() => {
    const { shown, stored, answering, revision } = first.current
    const left = writable && !answering ? leftBackup(personId, year, stored) : null
    const base = left?.revision ?? revision
    const show = (change: Partial<View>) => setView((before) => ({ ...before, ...change }))
    const made = saverOf({ ...first.current, revision: base }, token, show)
    saver.current = writable ? made : null
    if (left) fill(box.current, left)
    // What was typed before the script arrived counts too.
    const typed = read(box.current)
    show({ words: typed, revision: base, restored: left !== null })
    if (left || typed.summary !== shown.summary || typed.training !== shown.training) made.typed(typed)
    return () => made.stop()
  }, [personId, year, writable, box, token])

  useLeaving(saver)

  return {
    ...view,
    typed: () => {
      const words = read(box.current)
      setView((before) => ({ ...before, words }))
      keepBackup(personId, year, { ...words, revision: view.revision })
      saver.current?.typed(words)
    },
    flush: async () => saver.current?.flush(),
    dirty: () => saver.current?.dirty() ?? false,
    leave: () => saver.current?.stop(),
  }
}

function saverOf(own: OwnWords, token: Token, show: (change: Partial<View>) => void): Autosave {
  const { personId, year, stored, revision } = own
  return autosave({
    saved: stored,
    revision,
    send: (typed, at) =>
      post({ csrf: token.now(), person: personId, year: String(year), revision: String(at), ...typed }),
    renew: token.renew,
    onState: (state, facts) => {
      show({
        state,
        ...(facts.time ? { time: facts.time } : {}),
        ...(facts.revision === undefined ? {} : { revision: facts.revision }),
      })
      if (state === 'saved') dropBackup(personId, year)
    },
  })
}

function read(box: HTMLElement | null): Words {
  const text = (name: string) => box?.querySelector<HTMLTextAreaElement>(`#${name}`)?.value ?? ''
  return { summary: text('summary'), training: text('training') }
}

function fill(box: HTMLElement | null, words: Words): void {
  for (const name of ['summary', 'training'] as const) {
    const area = box?.querySelector<HTMLTextAreaElement>(`#${name}`)
    if (area) area.value = words[name]
  }
}

type Token = { readonly now: () => string; readonly renew: () => Promise<void> }

/** The form token as it is now, and a way to ask for it again after somebody signed in anew. */
function useToken(): Token {
  const csrf = useRootData()?.csrf ?? ''
  const { revalidate } = useRevalidator()
  const current = useRef(csrf)
  current.current = csrf
  const ask = useRef(revalidate)
  ask.current = revalidate
  const token = useRef<Token>({
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
