import { describe, expect, it } from 'vitest'
import { incident } from '#app/server/incident.server.ts'
import { plainHttpBeyondHere } from '#app/server/plain-http.ts'
import { startProblem } from '#app/server/start-problem.ts'

describe('incident numbers', () => {
  it('look like E-7F21, stay with their error and reach the context', () => {
    const error = new Error('broken')
    const context = { nonce: '', closed: new AbortController().signal, requestId: 'r', address: '' }
    const number = incident(error, { context, request: new Request('http://x/today?q=secret') })
    expect(number).toMatch(/^E-[0-9A-F]{4}$/)
    expect(incident(error)).toBe(number)
    expect(context).toMatchObject({ incident: number })
    expect(incident('a text')).toMatch(/^E-[0-9A-F]{4}$/)
  })
})

describe('problems at the start', () => {
  it('name the remedy in both languages', () => {
    const text = startProblem(Object.assign(new Error('x'), { code: 'EADDRINUSE' }), 3000)
    expect(text).toContain('端口 3000')
    expect(text).toContain('PORT=3001 npm start')
    expect(text).toContain('port 3000 is used')
    expect(startProblem(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 3000)).toContain('DATABASE_URL')
    expect(startProblem(new Error('PORT: too big'), null)).toContain('PORT: too big')
  })
})

describe('plain http', () => {
  it('is a danger only where other machines can hear it', () => {
    expect(plainHttpBeyondHere({ HOST: '127.0.0.1' })).toBe(false)
    expect(plainHttpBeyondHere({ HOST: '0.0.0.0' })).toBe(true)
    expect(plainHttpBeyondHere({ HOST: '0.0.0.0', PUBLIC_URL: 'http://x' })).toBe(true)
    expect(plainHttpBeyondHere({ HOST: '0.0.0.0', PUBLIC_URL: 'https://x' })).toBe(false)
  })
})
