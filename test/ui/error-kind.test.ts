import { describe, expect, it } from 'vitest'
import { kindOf } from '#app/ui/errors/error-page.tsx'

const thrown = (status: number, data: unknown) => ({ status, statusText: '', internal: false, data })

describe('what a page says when it cannot be shown', () => {
  it('follows the code that was thrown', () => {
    expect(kindOf(thrown(403, { code: 'form_token' }))).toBe('form_token')
    expect(kindOf(thrown(403, { code: 'forbidden', role: 'staff' }))).toBe('forbidden')
  })

  it('else follows the status', () => {
    expect(kindOf(thrown(404, null))).toBe('not_found')
    expect(kindOf(thrown(403, 'text'))).toBe('forbidden')
    expect(kindOf(thrown(400, { code: 'something new' }))).toBe('bad_request')
    expect(kindOf(thrown(405, ''))).toBe('bad_request')
    expect(kindOf(thrown(429, ''))).toBe('too_many')
  })

  it('else is an incident', () => {
    expect(kindOf(new Error('no'))).toBe('incident')
    expect(kindOf(thrown(503, null))).toBe('incident')
    expect(kindOf(undefined)).toBe('incident')
  })
})
