import { describe, expect, it } from 'vitest'
import { daysFrom } from '#app/domain/time/day.ts'
import { isWorkday, serves } from '../../prisma/seed/days.ts'
import { demoCentre, demoDays, demoSeed } from '../../prisma/seed/demo.ts'
import { windows, zones } from '../../prisma/seed/hall.ts'
import { consentTables } from '../../prisma/seed/papers.ts'
import { instant, punchTable, readerTables, signIns } from '../../prisma/seed/tables.ts'
import { absencesOverlap } from './support.ts'

const today = '2026-11-23'
const demo = demoCentre(today)

describe('the demo centre', () => {
  it('comes out the same every time', () => {
    expect(JSON.stringify(demoCentre(today))).toBe(JSON.stringify(demo))
    expect(JSON.stringify(demoCentre(today, 'other').presses)).not.toBe(JSON.stringify(demo.presses))
  })

  it('has the hall, the people and the names that the product must not spoil', () => {
    expect([zones.length, windows.length, demo.people.length]).toEqual([6, 36, 126])
    const names = new Set(demo.people.map((person) => person.name))
    expect(names.size).toBe(126)
    for (const name of ['陆𬭎', '王㛃', '李喆', '阿依古丽·买买提', '赵䶮']) expect(names).toContain(name)
    const readings = Object.fromEntries(demo.people.map((person) => [person.name, person.reading]))
    expect(readings).toMatchObject({
      曾祥瑞: 'zeng xiangrui',
      单宏志: 'shan hongzhi',
      查文静: 'zha wenjing',
      仇美玲: 'qiu meiling',
      区少坤: 'ou shaokun',
      解明远: 'xie mingyuan',
      任盈: 'ren ying',
    })
  })

  it('asked everybody before the finger was stored', () => {
    const given = new Map(consentTables(demo).flatMap(({ rows }) => rows.map((row) => [row.person_id, row.given_at])))
    const stored = readerTables(demo).flatMap(({ name, rows }) => (name === 'enrolment' ? rows : []))
    expect(stored.length).toBeGreaterThan(200)
    const late = stored.filter((row) => String(given.get(row.person_id) ?? '9999') >= String(row.starts_at))
    expect(late).toEqual([])
  })

  it('gives initials by syllable', () => {
    const initials = Object.fromEntries(demo.people.map((person) => [person.name, person.initials]))
    expect(initials).toMatchObject({ 欧阳若楠: 'oyrn', 邓子昂: 'dza', 王㛃: 'wj', 阿依古丽·买买提: 'ayglmmt' })
  })

  it('has punches on working days only, never after today, in the order of time', () => {
    expect(demo.presses.every((press) => isWorkday(demo.calendar, press.day) && press.day <= today)).toBe(true)
    const instants = demo.presses.map((press) => Date.parse(instant(press.day, press.second)))
    expect(instants).toEqual([...instants].sort((a, b) => a - b))
    const days = daysFrom(demo.from, today).filter((day) => isWorkday(demo.calendar, day))
    const served = days.reduce((sum, day) => sum + demo.people.filter((person) => serves(person, day)).length, 0)
    const perDay = demo.presses.length / served
    expect(perDay).toBeGreaterThan(3.4)
    expect(perDay).toBeLessThan(4.3)
  })

  it('has ledger keys that are unique and number each spool from one without a gap', () => {
    const rows = punchTable(demo.seed, demo.presses).rows
    const keys = new Set(rows.map((row) => [row.source_id, row.spool_epoch, row.seq, row.at].join()))
    expect(keys.size).toBe(rows.length)
    const last = new Map<unknown, number>()
    for (const row of rows) {
      expect(row.seq).toBe((last.get(row.spool_epoch) ?? 0) + 1)
      last.set(row.spool_epoch, Number(row.seq))
    }
  })

  it('never has one person in two absences at once', () => {
    expect(absencesOverlap(demo.absences)).toEqual([])
  })

  it('adds later days exactly as if it had been made with them', () => {
    const later = demoDays(demo.people, '2026-11-24', '2026-11-25', demoSeed)
    const ordinary = later.presses.filter((press) => press.day === '2026-11-24')
    const again = demoDays(demo.people, '2026-11-24', '2026-11-30', demoSeed).presses
    expect(again.filter((press) => press.day === '2026-11-24')).toEqual(ordinary)
  })

  it('has somebody to sign in for every role', () => {
    expect(signIns(demo.people).filter((one) => one.signIn === '')).toEqual([])
    expect(new Set(signIns(demo.people).map((one) => one.signIn)).size).toBe(18)
  })
})
