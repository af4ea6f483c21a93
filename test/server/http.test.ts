import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { type AddressInfo, createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createServer, type ServerOptions } from '#app/server/http.ts'
import { stubBuild } from './stub-build.ts'

const client = mkdtempSync(path.join(tmpdir(), 'client-'))
mkdirSync(path.join(client, 'assets'))
writeFileSync(path.join(client, 'assets', 'page-1a2b.js'), 'export default 1')

const open: Server[] = []

async function serve(options: Partial<ServerOptions> = {}): Promise<string> {
  const { app } = createServer({ build: stubBuild(), client, ...options })
  const server = app.listen(0, '127.0.0.1')
  open.push(server)
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

let base = ''
beforeAll(async () => {
  base = await serve()
})
afterAll(() => {
  for (const server of open) server.close()
  rmSync(client, { recursive: true })
})

function post(url: string, headers: Record<string, string> = {}) {
  const body = 'a=1'
  return fetch(url, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
  })
}

describe('security headers', () => {
  it('allow only our own files and this page’s scripts', async () => {
    const response = await fetch(base)
    const policy = response.headers.get('content-security-policy') ?? ''
    const nonce = /nonce-([^']+)/.exec(policy)?.[1]
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("style-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(policy).not.toContain('upgrade-insecure-requests')
    expect(await response.text()).toContain(`nonce="${nonce}"`)
    expect(response.headers.get('referrer-policy')).toBe('same-origin')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('strict-transport-security')).toBeNull()
    expect(response.headers.get('x-powered-by')).toBeNull()
  })

  it('change the nonce with every answer', async () => {
    const policies = await Promise.all([fetch(base), fetch(base)])
    const [a, b] = policies.map((response) => response.headers.get('content-security-policy'))
    expect(a).not.toBe(b)
  })

  it('let the browser’s own viewer show a PDF, in no frame of another page', async () => {
    const { headers } = await fetch(`${base}/?pdf`)
    const policy = headers.get('content-security-policy') ?? ''
    expect(headers.get('content-type')).toBe('application/pdf')
    for (const directive of ['default-src', 'object-src', 'style-src']) expect(policy).not.toContain(directive)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('ask for https for ever once the public address is https', async () => {
    const response = await fetch(await serve({ publicUrl: 'https://ck.yunxi.intra' }))
    expect(response.headers.get('strict-transport-security')).toContain('max-age=31536000')
    expect(response.headers.get('content-security-policy')).toContain('upgrade-insecure-requests')
  })
})

describe('where a form may come from', () => {
  it('takes a form of this site, and one without Origin', async () => {
    expect((await post(base, { Origin: base })).status).toBe(200)
    expect((await post(base)).status).toBe(200)
  })

  it('refuses one of another site with a page that says so', async () => {
    for (const origin of ['http://evil.example', 'null', 'http://127.0.0.1:1']) {
      const response = await post(base, { Origin: origin, Accept: 'text/html' })
      expect(response.status).toBe(403)
      expect(await response.text()).toContain('没有提交')
    }
    const english = await post(`${base}/?lang=en`, { Origin: 'http://evil.example', Accept: 'text/html' })
    expect(await english.text()).toContain('Not submitted')
    expect((await post(base, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
  })

  it('leaves the agents alone, whose requests are signed', async () => {
    const response = await post(`${base}/api/agent/punches`, { Origin: 'http://evil.example' })
    expect(response.status).not.toBe(403)
  })

  it('leaves the terminals alone under their address, and frees no other by it', async () => {
    const foreign = { Origin: 'http://10.8.1.40', 'Sec-Fetch-Site': 'cross-site' }
    for (const path of ['/iclock/cdata?SN=X', '/iclock/devicecmd?SN=X']) {
      expect((await post(base + path, foreign)).status, path).not.toBe(403)
    }
    const others = [
      '/iclock',
      '/iclockx',
      '/readers/terminals?x=/iclock/',
      '/readers/import',
      '/x/iclock/cdata',
      '/ICLOCK/cdata',
    ]
    for (const path of others) expect((await post(base + path, foreign)).status, path).toBe(403)
  })
})

describe('limits', () => {
  it('refuses a body that is too long or does not say how long it is', async () => {
    const long = await fetch(base, { method: 'POST', body: 'x'.repeat(300_000) })
    expect(long.status).toBe(413)
    const stream = new Blob(['x'.repeat(100_000)]).stream()
    const chunked = await fetch(base, { method: 'POST', body: stream, duplex: 'half' } as RequestInit)
    expect(chunked.status).toBe(411)
  })

  it('says of a scan that is too long how long it may be', async () => {
    const answer = await fetch(`${base}/leave/record`, {
      method: 'POST',
      headers: { Accept: 'text/html' },
      body: new Uint8Array(12 * 1024 * 1024),
    })
    expect(answer.status).toBe(413)
    expect(await answer.text()).toContain('10 MB')
  })

  it('leaves room for the records of a terminal, pushed or on a stick', async () => {
    const send = (path: string, megabytes: number) =>
      fetch(base + path, {
        method: 'POST',
        headers: { Accept: 'text/html' },
        body: new Uint8Array(megabytes * 1024 * 1024),
      })
    expect((await send('/iclock/cdata?SN=X', 7)).status).not.toBe(413)
    expect((await send('/readers/import', 20)).status).not.toBe(413)
    const answer = await send('/readers/import', 22)
    expect(answer.status).toBe(413)
    expect(await answer.text()).toContain('20 MB')
    expect((await send('/readers/terminals', 1)).status).toBe(413)
  })

  it('slows one address down at sign-in, and only posts', async () => {
    const slow = await serve({ postsPerMinute: 3 })
    const statuses: number[] = []
    for (let i = 0; i < 5; i++) statuses.push((await post(`${slow}/sign-in`)).status)
    expect(statuses.slice(3)).toEqual([429, 429])
    expect((await fetch(`${slow}/sign-in`)).status).not.toBe(429)
  })

  it.each(['/sign-in.data', '/set-up', '/password', '/kiosk', '/kiosk.data', '/api/kiosk/claims', '/api/agent/pair'])(
    'slows down whoever guesses at %s',
    async (path) => {
      const slow = await serve({ postsPerMinute: 1 })
      expect((await post(`${slow}${path}`)).status).not.toBe(429)
      expect((await post(`${slow}${path}`)).status).toBe(429)
    },
  )
})

describe('files and faults', () => {
  it('keeps files with a hash for ever and answers 404 for missing ones', async () => {
    const file = await fetch(`${base}/assets/page-1a2b.js`)
    expect(file.headers.get('cache-control')).toContain('immutable')
    const missing = await fetch(`${base}/assets/page-gone.js`)
    expect(missing.status).toBe(404)
    expect(missing.headers.get('cache-control')).toBe('no-store')
  })

  it('gives every answer its number in the log', async () => {
    const [a, b] = await Promise.all([fetch(base), fetch(base)])
    expect(a.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(a.headers.get('x-request-id')).not.toBe(b.headers.get('x-request-id'))
  })

  it('answers a broken address as a bad request, not as a fault', async () => {
    const { port } = new URL(base)
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = createConnection(Number(port), '127.0.0.1', () =>
        socket.end('GET /%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
      )
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('end', () => resolve(text))
      socket.on('error', reject)
    })
    expect(answer.split(' ')[1]).not.toBe('200')
    expect(answer).not.toContain('    at ')
  })
})

function raw(text: string): Promise<string> {
  const { port } = new URL(base)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = createConnection({ host: '127.0.0.1', port: Number(port) }, () => socket.write(text))
    socket.on('data', (chunk) => (answer += chunk))
    socket.on('end', () => resolve(answer))
    socket.on('error', reject)
  })
}

describe('a request that nobody can read', () => {
  const end = 'Connection: close\r\n\r\n'
  it.each([
    ['an address with half a character', `GET /%E0%A4%A HTTP/1.1\r\nHost: here\r\n${end}`, 400],
    ['the address of another site', `GET http://elsewhere.example/today HTTP/1.1\r\nHost: here\r\n${end}`, 400],
    ['no address', `OPTIONS * HTTP/1.1\r\nHost: here\r\n${end}`, 400],
    ['a host that is none', `GET / HTTP/1.1\r\nHost: a b<>\r\n${end}`, 400],
    ['a method nobody serves', `TRACE / HTTP/1.1\r\nHost: here\r\n${end}`, 405],
  ])('is refused with a page and no incident: %s', async (_what, text, status) => {
    const answer = await raw(text)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer).toContain('看不懂这个请求')
    expect(answer).not.toMatch(/x-incident/i)
  })
})
