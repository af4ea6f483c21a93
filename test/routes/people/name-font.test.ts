import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { rareCharactersOf } from '#app/db/rare-names.server.ts'
import { nameFont, nameFontKey } from '#app/fonts/name-font.server.ts'
import { loader } from '#app/routes/people.name-font.$file.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { ask, contextOf, get, type SignedIn, signedIn } from '../requests.ts'

useDatabase()

let centre: Fixture
let staff: SignedIn
beforeAll(async () => {
  centre = await makeCentre(prisma)
  staff = await signedIn(centre.centreId, ['staff'])
})

async function fetched(file: string, cookie: string): Promise<Response> {
  const answer = await loader({
    request: get(`/people/name-font/${file}`, cookie),
    params: { file },
    context: contextOf(),
  } as never)
  return answer as Response
}

describe('the font for names', () => {
  it('holds what office machines lack and nothing else', async () => {
    expect(await rareCharactersOf(prisma, centre.centreId)).toEqual(['㛃', '𬭎'])
    const { css, parts } = await nameFont(['㛃', '鿬', '𬭎'])
    expect(css).toContain('unicode-range: U+36C3, U+2CB4E')
    // Only the Song file draws 鿬.
    expect(css).toContain('unicode-range: U+9FEC')
    expect([...parts.keys()]).toEqual(['sans-400', 'sans-700', 'song-400'])
    for (const bytes of parts.values()) {
      expect(bytes.subarray(0, 4).toString('latin1')).toBe('wOF2')
      expect(bytes.length).toBeLessThan(8_000)
    }
  })

  it('is kept for ever under its number, and gets another when a name is saved', async () => {
    const before = nameFontKey(await rareCharactersOf(prisma, centre.centreId))
    const css = await fetched(`${before}.css`, staff.cookie)
    expect(css.headers.get('cache-control')).toContain('immutable')
    expect(await css.text()).toContain(`/people/name-font/${before}-sans-400.woff2`)
    const font = await fetched(`${before}-sans-400.woff2`, staff.cookie)
    expect(font.headers.get('content-type')).toBe('font/woff2')
    await prisma.person.updateMany({ where: { id: centre.personIds[2] }, data: { name: '赵䶮' } })
    const after = nameFontKey(await rareCharactersOf(prisma, centre.centreId))
    expect(after).not.toBe(before)
    const old = await fetched(`${before}.css`, staff.cookie)
    expect(old.headers.get('cache-control')).toBe('no-store')
    expect(await old.text()).toContain('U+4DAE')
  })

  it('is for those who are inside', async () => {
    const key = nameFontKey(await rareCharactersOf(prisma, centre.centreId))
    expect(await ask(loader, get(`/people/name-font/${key}.css`), { file: `${key}.css` })).toMatchObject({
      status: 401,
    })
    for (const file of ['x.css', `${key}.ttf`, `${key}-sans-900.woff2`, '../secret'])
      expect(await ask(loader, get('/people/name-font/x', staff.cookie), { file })).toMatchObject({ status: 404 })
  })

  it('does not exist where no name needs it', async () => {
    const plain = await makeCentre(prisma)
    await prisma.person.updateMany({ where: { centreId: plain.centreId }, data: { name: '李喆' } })
    await prisma.account.updateMany({ where: { centreId: plain.centreId }, data: { displayName: '李喆' } })
    expect(nameFontKey(await rareCharactersOf(prisma, plain.centreId))).toBeNull()
  })
})
