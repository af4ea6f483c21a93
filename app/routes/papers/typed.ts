import { data } from '@remix-run/node'
import type { Words } from '#app/ui/papers/autosave.ts'
import type { Kept } from '#app/ui/papers/kept-words.tsx'

/** The words of a form, as typed. */
export function wordsOf(form: FormData): Words {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  return { summary: text('summary'), training: text('training') }
}

/** Throws a refusal on, and with it what the refused form held, so that its page can give it back. */
export function keepTyped(from: Request | FormData): (thrown: unknown) => Promise<never> {
  return async (thrown) => {
    const form = from instanceof FormData ? from : await from.formData().catch(() => new FormData())
    const typed = wordsOf(form)
    if (thrown instanceof Error || (typed.summary === '' && typed.training === '')) throw thrown
    const { code, status } = reasonOf(thrown)
    const kept: Kept = { code, typed, year: String(form.get('year') ?? '') }
    throw data({ code: code === 'signed_out' ? 'unauthorized' : code, kept }, { status })
  }
}

type Wrapped = { readonly data?: { readonly code?: string } | null; readonly init?: ResponseInit | null }

function reasonOf(thrown: unknown): { code: Kept['code']; status: number } {
  // The way to the sign-in page, which would leave the words behind.
  if (thrown instanceof Response) return { code: 'signed_out', status: 401 }
  const { data: body, init } = thrown as Wrapped
  if (body?.code === 'form_token') return { code: 'form_token', status: 403 }
  return init?.status === 400 ? { code: 'bad_request', status: 400 } : { code: 'forbidden', status: 403 }
}
