import { z } from 'zod'
import { isCivilDay, yearOf } from '#app/domain/time/day.ts'

/** workday: an ordinary working day; makeup: a rest day worked in exchange 调休上班; rest: a weekend or free day; holiday: 放假. */
export const dayKinds = ['workday', 'makeup', 'rest', 'holiday'] as const
export type DayKind = (typeof dayKinds)[number]

const civilDay = z.string().refine(isCivilDay, { params: { code: 'not_a_day' } })
const name = z.strictObject({ zh: z.string().min(1).max(40), en: z.string().min(1).max(80) })
const halfKind = z.enum(['work', 'rest', 'holiday', 'half_holiday'])
const halves = z.strictObject({ am: halfKind.optional(), pm: halfKind.optional() })

/**
 * What a layer says of one day: a kind, or a kind with a name and halves that differ from it; for named groups only (women on
 * 8 March, youth on 4 May) when `groups` is given. A group entry needs no kind: it changes halves, not the day.
 */
const dayEntry = z.union([
  z.enum(dayKinds),
  z.strictObject({
    kind: z.enum(dayKinds).optional(),
    name: name.optional(),
    halves: halves.optional(),
    groups: z.array(z.string().min(1)).min(1).optional(),
  }),
])

/** A stored calendar layer 日历图层 of one year: State Council notice, local government, or the centre's own days. */
export const calendarDocument = z
  .strictObject({
    year: z.int().min(1900).max(2200),
    layer: z.enum(['centre', 'local', 'state']),
    title: z.string().min(1).max(200),
    number: z.string().max(80).nullable(),
    issued_on: civilDay.nullable().optional(),
    days: z.record(civilDay, dayEntry),
  })
  .superRefine(({ year, days }, context) => {
    for (const day of Object.keys(days)) {
      if (yearOf(day) === year) continue
      context.addIssue({ code: 'custom', path: ['days', day], params: { code: 'day_of_other_year' } })
    }
  })

export type CalendarLayer = z.infer<typeof calendarDocument>
export type DayEntry = z.infer<typeof dayEntry>
