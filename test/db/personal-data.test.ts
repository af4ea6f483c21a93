import { describe, expect, it } from 'vitest'
import { blindIndex, open, seal } from '#app/db/personal-data.server.ts'

const number = '11010519491231002X'

describe('personal data', () => {
  it('comes back as it went in, rare characters too', () => {
    for (const text of [number, '13800138000', '陆𬭎·㛃', '']) expect(open(seal(text))).toBe(text)
  })

  it('never looks the same twice and holds nothing readable', () => {
    const [first, second] = [seal(number), seal(number)]
    expect(first.equals(second)).toBe(false)
    expect(first.includes(Buffer.from('1949'))).toBe(false)
  })

  it('does not open after a single bit has changed, wherever it is', () => {
    const sealed = seal(number)
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(() => open(changed), `byte ${index}`).toThrow()
    }
  })

  it('is found again through the blind index, however it was typed', () => {
    expect(blindIndex('11010519491231002x')).toEqual(blindIndex(number))
    expect(blindIndex('138 0013-8000')).toEqual(blindIndex('13800138000'))
    expect(blindIndex('１３８００１３８０００')).toEqual(blindIndex('13800138000'))
    expect(blindIndex('13800138001')).not.toEqual(blindIndex('13800138000'))
    expect(blindIndex(number)).toHaveLength(32)
  })
})
