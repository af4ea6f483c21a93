import { describe, expect, it } from 'vitest'
import { type ReaderFacts, silentReaders } from '#app/domain/duty/silence.ts'

const quiet: ReaderFacts = { id: 'r', state: 'online', stateSince: null, lastPunch: 33_000, recent: 0, usual: 8 }

describe('a silent reader', () => {
  it('is one that heard nothing where earlier days had at least four punches', () => {
    expect(silentReaders([quiet])).toEqual([{ readerId: 'r', why: 'quiet', since: 33_000, usualEvery: 4 }])
    expect(silentReaders([{ ...quiet, recent: 1 }])).toEqual([])
    expect(silentReaders([{ ...quiet, usual: 3.9 }])).toEqual([])
  })

  it('is one whose agent says that it is down, however quiet the hour', () => {
    const down = silentReaders([{ ...quiet, state: 'offline', stateSince: 30_000, usual: 0 }])
    expect(down).toEqual([{ readerId: 'r', why: 'offline', since: 30_000, usualEvery: null }])
  })
})
