import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deviceProfile } from '#app/domain/devices/device-rules.ts'
import {
  changesBetween,
  type NumberPath,
  numberPaths,
  readRules,
  switchPaths,
  valueAt,
} from '#app/domain/devices/device-rules-form.ts'

const typed = (changes: Record<string, string> = {}) => {
  const numbers = numberPaths.map((path) => [path, String(valueAt(deviceProfile, path))])
  const switches = switchPaths.filter((path) => valueAt(deviceProfile, path)).map((path) => [path, 'on'])
  return { ...Object.fromEntries([...numbers, ...switches]), ...changes }
}

describe('the rules for readers as typed', () => {
  it('come back as they stand, so that saving them changes nothing', () => {
    const read = readRules(typed())
    expect(read.ok && changesBetween(deviceProfile, read.value)).toEqual([])
  })

  it('name the one field that changed, with what was and what will be', () => {
    const read = readRules(typed({ 'queue.punches': '８０', copy_templates: 'on' }))
    expect(read.ok && changesBetween(deviceProfile, read.value)).toEqual([
      { path: 'queue.punches', before: 50, after: 80 },
      { path: 'copy_templates', before: false, after: true },
    ])
  })

  it('are refused field by field, all at once', () => {
    const read = readRules(typed({ 'clock.warn_seconds': '0', 'queue.punches': 'viele', 'alternate.attempts': '99' }))
    expect(read).toEqual({
      ok: false,
      problems: [
        { path: 'clock.warn_seconds', code: 'too_small', limit: 1 },
        { path: 'queue.punches', code: 'not_a_number', limit: 0 },
        { path: 'alternate.attempts', code: 'too_big', limit: 20 },
      ],
    })
  })

  it('put quarantine above the warning', () => {
    expect(readRules(typed({ 'clock.warn_seconds': '200' }))).toMatchObject({
      problems: [{ path: 'clock.quarantine_seconds', code: 'below_warning', limit: 200 }],
    })
  })

  it('never take anything but whole numbers, and always say which field', () => {
    fc.assert(
      fc.property(fc.constantFrom(...numberPaths), fc.string(), (path: NumberPath, text) => {
        const read = readRules(typed({ [path]: text }))
        if (read.ok) expect(valueAt(read.value, path)).toBe(Number(text.normalize('NFKC').trim()))
        else
          expect(
            read.problems.every((one) => one.path !== 'name' && numberPaths.includes(one.path as NumberPath)),
          ).toBe(true)
      }),
    )
  })
})
