import { describe, expect, it } from 'vitest'
import { leavingOf } from '#app/domain/people/leaving.ts'

const day = '2026-11-20'
const open = { state: 'active', waiting: [] }

describe('what is still to do for who leaves', () => {
  it('is nothing while a posting goes on, and for who was never posted', () => {
    expect(leavingOf({ postings: [], readers: 2, account: open }, day)).toBeNull()
    const postings = [{ endsOn: null }, { endsOn: '2026-01-31' }]
    expect(leavingOf({ postings, readers: 2, account: open }, day)).toBeNull()
  })

  it('names the last day, the readers and the account', () => {
    const postings = [{ endsOn: '2026-01-31' }, { endsOn: '2026-11-19' }]
    const left = { lastDay: '2026-11-19', over: true, readers: 2, account: 'open' }
    expect(leavingOf({ postings, readers: 2, account: open }, day)).toEqual(left)
    const today = [{ endsOn: day }]
    expect(leavingOf({ postings: today, readers: 0, account: open }, day)).toMatchObject({ over: false, readers: 0 })
  })

  it('knows that the account was asked to be disabled, and ends when all is done', () => {
    const postings = [{ endsOn: '2026-11-19' }]
    const asked = { state: 'active', waiting: ['disable'] }
    expect(leavingOf({ postings, readers: 0, account: asked }, day)).toMatchObject({ account: 'asked' })
    for (const account of [null, { state: 'none', waiting: [] }, { state: 'disabled', waiting: [] }]) {
      expect(leavingOf({ postings, readers: 0, account }, day)).toBeNull()
      expect(leavingOf({ postings, readers: 1, account }, day)).toMatchObject({ account: 'settled' })
    }
  })
})
