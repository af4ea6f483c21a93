import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'

/** A browser without JavaScript: keeps cookies, sends what forms hold. */
export type Client = {
  readonly get: (path: string) => Promise<{ status: number; text: string; location: string | null }>
  /** Opens a page, fills its form's fields in, and sends it. */
  readonly submit: (
    path: string,
    fields: Readonly<Record<string, string>>,
  ) => Promise<{ status: number; text: string; location: string | null }>
  /** A file behind a link. */
  readonly bytes: (path: string) => Promise<Buffer>
  /** Lines of an event stream, until it is closed. */
  readonly events: (path: string, onData: (data: string) => void) => Promise<() => void>
}

/** The form that posts to the page's own address; a page also holds those of its frame. */
function formIn(html: string, path: string): string {
  const forms = [...html.matchAll(/<form\b[\s\S]*?<\/form>/g)].map(([form]) => form)
  const own = forms.filter((form) => /method="post"/i.test(form) && actionOf(form, path) === path.split('?')[0])
  return own.at(-1) ?? html
}

function actionOf(form: string, path: string): string | undefined {
  const action = /<form[^>]*action="([^"?]*)/.exec(form)?.[1]
  return action || path.split('?')[0]
}

function hiddenFields(html: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [input] of html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1]
    if (name !== undefined) fields[name] = /value="([^"]*)"/.exec(input)?.[1] ?? ''
  }
  return fields
}

export function makeClient(address: string): Client {
  const cookies = new Map<string, string>()

  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(new URL(path, address), {
      redirect: 'manual',
      ...init,
      headers: { ...(cookie ? { cookie } : {}), ...(init.method === 'POST' ? { origin: address } : {}) },
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return response
  }

  async function read(response: Response) {
    return { status: response.status, text: await response.text(), location: response.headers.get('location') }
  }

  return {
    get: async (path) => read(await ask(path)),
    async submit(path, fields) {
      const page = await read(await ask(path))
      const body = new URLSearchParams({ ...hiddenFields(formIn(page.text, path)), ...fields })
      return read(await ask(path, { method: 'POST', body }))
    },
    async bytes(path) {
      const response = await ask(path)
      if (!response.ok) throw new Error(`${path}: ${response.status}`)
      return Buffer.from(await response.arrayBuffer())
    },
    async events(path, onData) {
      const stop = new AbortController()
      const response = await ask(path, { signal: stop.signal })
      if (!response.ok || !response.body) throw new Error(`${path}: ${response.status}`)
      void listen(response.body, onData).catch(() => {})
      return () => stop.abort()
    },
  }
}

async function listen(body: ReadableStream<Uint8Array>, onData: (data: string) => void): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of Readable.fromWeb(body as WebStream)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith('data:')) onData(line.slice(5).trim())
  }
}
