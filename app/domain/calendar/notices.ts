import { daysFrom } from '#app/domain/time/day.ts'
import { type Holiday, holidayNames } from './holidays.ts'
import type { CalendarLayer, DayEntry } from './layer.ts'

/** One paragraph of a notice: days off from–to, and the weekend days worked in exchange. Days are "MM-DD". */
type Paragraph = readonly [holiday: Holiday, from: string, to: string, makeup: readonly string[]]

type Notice = {
  readonly year: number
  readonly number: string | null
  readonly issuedOn: string
  readonly paragraphs: readonly Paragraph[]
}

const notices: readonly Notice[] = [
  {
    year: 2025,
    number: '国办发明电〔2024〕12号',
    issuedOn: '2024-11-12',
    paragraphs: [
      ['new_year', '01-01', '01-01', []],
      ['spring_festival', '01-28', '02-04', ['01-26', '02-08']],
      ['tomb_sweeping', '04-04', '04-06', []],
      ['labour_day', '05-01', '05-05', ['04-27']],
      ['dragon_boat', '05-31', '06-02', []],
      ['national_day', '10-01', '10-08', ['09-28', '10-11']],
      ['mid_autumn', '10-06', '10-06', []],
    ],
  },
  {
    year: 2026,
    number: null,
    issuedOn: '2025-11-04',
    paragraphs: [
      ['new_year', '01-01', '01-03', ['01-04']],
      ['spring_festival', '02-15', '02-23', ['02-14', '02-28']],
      ['tomb_sweeping', '04-04', '04-06', []],
      ['labour_day', '05-01', '05-05', ['05-09']],
      ['dragon_boat', '06-19', '06-21', []],
      ['mid_autumn', '09-25', '09-27', []],
      ['national_day', '10-01', '10-07', ['09-20', '10-10']],
    ],
  },
]

function asLayer(notice: Notice): CalendarLayer {
  const days: Record<string, DayEntry> = {}
  for (const [holiday, from, to, makeup] of notice.paragraphs) {
    const name = holidayNames[holiday]
    for (const day of daysFrom(`${notice.year}-${from}`, `${notice.year}-${to}`)) days[day] = { kind: 'holiday', name }
    for (const day of makeup) days[`${notice.year}-${day}`] = { kind: 'makeup', name }
  }
  return {
    year: notice.year,
    layer: 'state',
    title: `国务院办公厅关于${notice.year}年部分节假日安排的通知`,
    number: notice.number,
    issued_on: notice.issuedOn,
    days,
  }
}

/** The State Council's yearly notices known to the program 国务院办公厅放假通知. A number that we have not read is null. */
export const stateNotices: readonly CalendarLayer[] = notices.map(asLayer)
