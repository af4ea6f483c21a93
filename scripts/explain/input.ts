import { z } from 'zod'
import { coverageKinds } from '#app/domain/attendance/marks.ts'
import { calendarDocument } from '#app/domain/calendar/year.ts'
import { isCivilDay } from '#app/domain/time/day.ts'
import { isZone } from '#app/domain/time/zone.ts'

const day = z.string().refine(isCivilDay, { params: { code: 'not_a_day' } })
const id = z.string().min(1).max(200)

/** Wall-clock time of the zone, or with Z or an offset an instant that is put into the zone. */
const moment = z.string().refine((text) => isMoment(text), { params: { code: 'not_a_moment' } })

function isMoment(text: string): boolean {
  const match = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/.exec(
    text,
  )
  return match !== null && isCivilDay(match[1] ?? '')
}

const person = z.strictObject({
  id,
  postings: z.array(z.strictObject({ from: day, to: day.nullable().optional() })).optional(),
  groups: z.array(z.strictObject({ group: id, from: day, to: day.nullable().optional() })).optional(),
  roster: z.array(z.strictObject({ date: day, plan: z.string().nullable() })).optional(),
  coverage: z
    .array(z.strictObject({ kind: z.enum(coverageKinds), from: moment, to: moment, id: id.optional() }))
    .optional(),
  outages: z.array(z.strictObject({ source: id, from: moment, to: moment, id: id.optional() })).optional(),
  corrections: z
    .array(
      z.strictObject({
        date: day,
        slot: id,
        by: z.enum(['roll', 'correction']).optional(),
        at: moment.nullable().optional(),
        witnessed: z.boolean().optional(),
        id: id.optional(),
      }),
    )
    .optional(),
  punches: z
    .array(z.strictObject({ at: moment, source: id, seq: z.union([z.int().min(0), z.string().max(40)]) }))
    .optional(),
})

/** What `explain` reads. Rule sets are parsed by the domain, which finds more than their shape. */
export const explainInput = z.strictObject({
  version: z.union([z.literal(1), z.literal('1')]),
  zone: z.string().refine(isZone, { params: { code: 'not_a_zone' } }),
  rule_sets: z.array(z.unknown()).min(1),
  calendar: z.array(calendarDocument).optional(),
  people: z.array(person),
  days: z.strictObject({ from: day, to: day }),
  as_of: moment.optional(),
})

export type ExplainInput = z.infer<typeof explainInput>
export type ExplainPerson = ExplainInput['people'][number]
