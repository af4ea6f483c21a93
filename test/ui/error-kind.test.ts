import { describe, expect, it } from 'vitest'
import { kindOf } from '#app/ui/errors/error-page.tsx'
import { incidentCookie, incidentOf } from '#app/ui/errors/incident.ts'

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

describe('the number of an incident', () => {
  it('travels by a cookie and back', () => {
    const incident = { number: 'E-7F21', time: '2026-11-20 09:42:18' }
    const cookie = incidentCookie(incident).split('; ')[0]
    expect(incidentOf(`lang=en; ${cookie}`)).toEqual(incident)
  })

  it('is only believed when it looks like one', () => {
    expect(incidentOf('')).toBeUndefined()
    expect(incidentOf('incident=call%20me')).toBeUndefined()
  })
})
