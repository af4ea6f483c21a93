import { describe, expect, it } from 'vitest'
import { personMatches, windowMatches } from '#app/domain/duty/find.ts'

const person = {
  id: 'p',
  staffNumber: '30525',
  name: '阿依古丽·买买提',
  nameEn: 'Ayguli Maimaiti',
  reading: 'ayiguli maimaiti',
  initials: 'aygl mmt',
  identityKind: 'civil_servant',
}
const window = { id: 'w', number: 'E01', name: '出入境', nameEn: 'Exit-entry', phone: null, zoneId: 'z' }

describe('finding on the board', () => {
  it.each(['阿依', '古丽买', 'ayigu', 'Maimai', 'ayiguli m', 'ayglm', '30525', '305', 'ayguli'])(
    'knows %s',
    (asked) => {
      expect(personMatches(person, asked)).toBe(true)
    },
  )

  it.each(['', ' ', '·', '李', 'guli x', '99'])('does not take %j for her', (asked) => {
    expect(personMatches(person, asked)).toBe(false)
  })

  it('knows windows by number and name', () => {
    expect(['e01', 'E0', '出入', 'exit'].every((asked) => windowMatches(window, asked))).toBe(true)
    expect(windowMatches(window, 'A')).toBe(false)
  })
})
