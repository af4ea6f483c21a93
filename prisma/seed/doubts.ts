import type { CivilDay } from '#app/domain/attendance/day.ts'
import { addDays } from '#app/domain/time/day.ts'
import { isWorkday } from './days.ts'
import type { DemoData } from './demo.ts'
import { readers } from './hall.ts'
import { seedId } from './ids.ts'
import { at } from './story.ts'
import { idsOf, instant, type Row, type Secrets, type Table } from './tables.ts'

/** A time clock of the house that was here before: it pushes by itself, and knows people nobody has told the centre of. */
const terminal = {
  serial: 'CKJF201160388',
  name: '三楼后勤考勤机',
  nameEn: 'Back office terminal',
  place: '三楼电梯口',
}
const strangers = [
  { pin: '9017', name: '周师傅' },
  { pin: '9020', name: '' },
] as const

/** A serving person whose fingers are hard to read, and the card that may be tried at the demo's kiosk. */
const cardHolder = '何婳'
export const demoCard = '0009182736'

/** What waits for somebody's word 待处理: unknown numbers, a clock that had lost its date, a terminal that knocks. */
export function doubtTables(demo: DemoData, secrets: Secrets): Table[] {
  return [...terminalTables(demo), quarantineTable(demo), ...cardTables(demo, secrets)]
}

function workdays(demo: DemoData, count: number): CivilDay[] {
  const days: CivilDay[] = []
  for (let day = addDays(demo.today, -1); days.length < count; day = addDays(day, -1)) {
    if (isWorkday(demo.calendar, day)) days.push(day)
  }
  return days
}

function terminalTables(demo: DemoData): Table[] {
  const ids = idsOf(demo.seed)
  const [newest = demo.today] = workdays(demo, 1)
  const sourceId = ids.source(terminal.serial)
  const own = { centre_id: ids.centre, source_id: sourceId }
  const lastCall = instant(newest, at('18:31'))
  const source = {
    ...{ centre_id: ids.centre, id: sourceId, kind: 'terminal', serial: terminal.serial, state: 'unknown' },
    ...{ name: terminal.name, name_en: terminal.nameEn, place: terminal.place, place_en: '3rd floor, by the lift' },
  }
  const numbers = { utc_offset_minutes: 480, attlog_stamp: '9999', model: 'iClock680', firmware: 'Ver 8.0.4.2' }
  return [
    { name: 'source', rows: [source] },
    { name: 'terminal', rows: [{ ...own, ...numbers, allowed_at: instant(demo.from, at('09:00')) }] },
    { name: 'terminal_user', rows: [{ ...own, pin: strangers[0].pin, name: strangers[0].name, seen_at: lastCall }] },
    { name: 'punch', rows: workdays(demo, 4).flatMap((day, index) => strangerRows(own, day, index)) },
    {
      name: 'terminal_knock',
      rows: [{ serial: 'BYXK183560021', first_at: instant(newest, at('08:02')), last_at: lastCall, count: 14 }],
    },
  ]
}

function strangerRows(own: Row, day: CivilDay, index: number): Row[] {
  return strangers.flatMap(({ pin }, person) =>
    (['08:24', '18:07'] as const).map((time, half) => {
      const instantOf = instant(day, at(time) + index * 71 + person * 133)
      const seq = 1_000_000 + index * 10 + person * 2 + half
      const written = { state: half, verify: 1, score: null, offset_ms: null, quarantine: null }
      return {
        ...own,
        ...written,
        spool_epoch: own.source_id,
        seq,
        at: instantOf,
        subject: pin,
        received_at: instantOf,
      }
    }),
  )
}

/** After the power cut a week ago the agent's computer began in the year 2000, until somebody set its clock. */
function quarantineTable(demo: DemoData): Table {
  const ids = idsOf(demo.seed)
  const day = workdays(demo, 5).at(-1) ?? demo.today
  const source = ids.source(readers[1]?.serial ?? '')
  const spool = seedId(demo.seed, 'spool', 'lost-clock')
  const person = demo.people.find(({ name }) => name === '李喆')
  const row = (seq: number, recorded: string, received: string, why: string, offset: number | null) => ({
    ...{
      centre_id: ids.centre,
      source_id: source,
      spool_epoch: spool,
      seq,
      at: recorded,
      subject: String(person?.slot ?? 1),
    },
    ...{ received_at: received, quarantine: why, offset_ms: offset, score: 121 },
  })
  return {
    name: 'punch',
    rows: [
      row(1, instant('2000-01-01', 192), instant(day, at('08:47')), 'before_2020', null),
      row(2, instant(day, at('08:55')), instant(day, at('08:51')), 'clock_off', 214_000),
    ],
  }
}

function cardTables(demo: DemoData, secrets: Secrets): Table[] {
  const ids = idsOf(demo.seed)
  const person = demo.people.find(({ name }) => name === cardHolder)
  if (!person) return []
  const kiosk = ids.source('kiosk')
  const since = { starts_at: instant(addDays(demo.today, -20), 0), ends_at: null }
  const own = { centre_id: ids.centre, person_id: person.id }
  const way = {
    kind: 'card',
    card_index: secrets.index(demoCard),
    reason: 'unreadable',
    given_by: ids.account('30549'),
  }
  return [
    {
      name: 'source',
      rows: [
        {
          ...{ centre_id: ids.centre, id: kiosk, kind: 'kiosk', serial: 'kiosk', state: 'unknown' },
          ...{ name: '签到屏', name_en: 'Kiosks', place: '', place_en: '' },
        },
      ],
    },
    { name: 'alternate_way', rows: [{ ...own, ...way, ...since, id: seedId(demo.seed, 'way', person.staffNumber) }] },
    {
      name: 'enrolment',
      rows: [
        {
          ...own,
          ...since,
          id: seedId(demo.seed, 'at-kiosk', person.staffNumber),
          source_id: kiosk,
          subject: person.staffNumber,
        },
      ],
    },
  ]
}
