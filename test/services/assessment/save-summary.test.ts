import { beforeAll, describe, expect, it } from 'vitest'
import { ownRegister } from '#app/db/annual-registers.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { type SaveRequest, saveSummary } from '#app/services/assessment/save-summary.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'

useDatabase()

let centre: Fixture
const at = Date.parse('2026-11-20T09:00:00+08:00')

beforeAll(async () => {
  centre = await makeCentre(prisma)
})

function request(person: number, year: number, change: Partial<SaveRequest>): SaveRequest {
  return {
    centreId: centre.centreId,
    personId: centre.personIds[person] as string,
    year,
    summary: '',
    training: '',
    revision: 0,
    accountId: centre.accountIds.staff,
    role: 'staff',
    address: null,
    ...change,
  }
}

describe('own words', () => {
  it('get the next number when first saved, and keep it', async () => {
    const first = await saveSummary(request(0, 2026, { summary: '一年来\r\n' }), at)
    expect(first).toEqual({
      ok: true,
      value: { number: 'KH-2026-0001', revision: 1, savedAtMs: at, changed: true },
    })
    expect(await saveSummary(request(0, 2026, { summary: '一年来，', revision: 1 }), at)).toMatchObject({
      value: { number: 'KH-2026-0001', revision: 2 },
    })
    expect(await saveSummary(request(1, 2026, { summary: '我' }), at)).toMatchObject({
      value: { number: 'KH-2026-0002' },
    })
    expect(await saveSummary(request(0, 2025, { summary: '去年' }), at)).toMatchObject({
      value: { number: 'KH-2025-0001' },
    })
  })

  it('of two tabs never overwrite each other, whichever comes second', async () => {
    const tab = (summary: string) => saveSummary(request(2, 2026, { summary }), at)
    const both = await Promise.all([tab('左边'), tab('右边')])
    expect(both.filter((one) => one.ok).length).toBe(1)
    expect(both.find((one) => !one.ok)).toMatchObject({ code: 'changed_meanwhile', facts: { revision: 1 } })
    const kept = await ownRegister(prisma, { ...request(2, 2026, {}) })
    expect(['左边', '右边']).toContain(kept?.summary)
    // The same words again are no conflict, whatever the revision.
    expect(await saveSummary(request(2, 2026, { summary: kept?.summary ?? '' }), at)).toMatchObject({
      value: { revision: 1, changed: false },
    })
    expect(await saveSummary(request(2, 2026, { summary: '都要', revision: 1 }), at)).toMatchObject({ ok: true })
  })

  it('are taken up to the limit and refused above it, with the number of characters', async () => {
    const full = '𬭎'.repeat(20_000)
    expect(await saveSummary(request(3, 2026, { summary: `${full}字` }), at)).toEqual({
      ok: false,
      code: 'too_long',
      facts: { field: 'summary', over: 1, count: 20_001, limit: 20_000 },
    })
    expect(await saveSummary(request(3, 2026, { summary: full }), at)).toMatchObject({ ok: true })
    expect(await saveSummary(request(3, 2026, { training: '训'.repeat(4_001), revision: 1 }), at)).toMatchObject({
      code: 'too_long',
      facts: { field: 'training', over: 1 },
    })
    expect((await ownRegister(prisma, { ...request(3, 2026, {}) }))?.summary).toBe(full)
  })

  it('leave a note of who saved and when, never of what', async () => {
    const notes = await prisma.auditEntry.findMany({ where: { action: 'register.saved' } })
    expect(notes.length).toBeGreaterThan(4)
    expect(notes.every((note) => note.actor === centre.accountIds.staff)).toBe(true)
    expect(JSON.stringify(notes)).not.toContain('一年来')
  })
})
