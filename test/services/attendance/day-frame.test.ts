import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { toDate } from '#app/db/dates.ts'
import { loadDayFacts } from '#app/db/day-facts.server.ts'
import { newId } from '#app/db/id.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { fourPunchProfile, twoPunchProfile } from '#app/domain/attendance/presets.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { instant } from './facts.ts'
import { withQueryCount } from './query-count.ts'

const database = useDatabase()
const day = '2026-11-20'
const at = instant('2026-11-20 09:00')
let fixture: Fixture

beforeAll(async () => {
  fixture = await makeCentre(prisma)
})

async function today(db: Parameters<typeof loadDayFacts>[0] = prisma) {
  const found = await loadDayFacts(db, { id: fixture.centreId, zone: 'Asia/Shanghai' }, [fixture.personIds[0]], day, at)
  const one = found.get(fixture.personIds[0])
  if (!one) throw new Error('the day could not be judged')
  return one
}

/** Another process changes something: a connection of its own, and nothing told to this one. */
function elsewhere(sql: string, ...values: unknown[]) {
  return database.asOwner(sql, [fixture.centreId, ...values])
}

function ruleSet(version: string, validFrom: string, document: object) {
  const said = JSON.stringify({ ...document, version, valid_from: validFrom })
  return elsewhere(
    `INSERT INTO rule_set (centre_id, id, kind, version, name, source, valid_from, document, state, created_at)
     VALUES ($1, $2, 'attendance', $3, $3, '{}', $4, $5, 'active', now())`,
    newId(),
    version,
    validFrom,
    said,
  )
}

const layer = (kind: string) =>
  JSON.stringify({ year: 2026, layer: 'centre', title: 't', number: null, days: { [day]: kind } })

describe('what a process remembers of rules and calendar', () => {
  it('costs one query for a day it knows', async () => {
    await today()
    expect(await withQueryCount(today)).toBe(1)
  })

  it('gives way to a rule set of another process at once', async () => {
    await today()
    await ruleSet('other-process', '2026-11-10', twoPunchProfile)
    expect((await today()).rules.version).toBe('other-process')
    expect(await withQueryCount(today)).toBe(1)
  })

  it('gives way to a rule set of its own process at once, and comes back when that was not committed', async () => {
    const own = async (tx: Parameters<typeof loadDayFacts>[0]) => {
      const set = { centreId: fixture.centreId, id: newId(), kind: 'attendance', version: 'own', name: 'own' }
      const document = JSON.parse(JSON.stringify({ ...fourPunchProfile, version: 'own', valid_from: '2026-11-15' }))
      const dates = { validFrom: toDate('2026-11-15'), createdAt: new Date(at) }
      await tx.ruleSet.create({ data: { ...set, ...dates, source: {}, state: 'active', document } })
      return (await today(tx)).rules.version
    }
    const undone = inTransaction(async (tx) => {
      expect(await own(tx)).toBe('own')
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect((await today()).rules.version).toBe('other-process')
    expect(await own(prisma)).toBe('own')
    expect((await today()).rules.version).toBe('own')
  })

  it('gives way to a calendar layer that is added, edited and taken away elsewhere', async () => {
    const id = newId()
    expect((await today()).facts.calendar).toEqual({ am: 'work', pm: 'work' })
    await elsewhere(
      `INSERT INTO calendar_layer (centre_id, id, year, layer, title, document, created_at)
       VALUES ($1, $2, 2026, 'centre', 't', $3, now())`,
      id,
      layer('rest'),
    )
    expect((await today()).facts.calendar).toEqual({ am: 'rest', pm: 'rest' })
    await elsewhere('UPDATE calendar_layer SET document = $3 WHERE centre_id = $1 AND id = $2', id, layer('makeup'))
    expect((await today()).facts.calendar).toEqual({ am: 'work', pm: 'work' })
    await elsewhere('UPDATE calendar_layer SET document = $3 WHERE centre_id = $1 AND id = $2', id, layer('rest'))
    expect((await today()).facts.calendar).toEqual({ am: 'rest', pm: 'rest' })
    await elsewhere('DELETE FROM calendar_layer WHERE centre_id = $1 AND id = $2', id)
    expect((await today()).facts.calendar).toEqual({ am: 'work', pm: 'work' })
  })
})
