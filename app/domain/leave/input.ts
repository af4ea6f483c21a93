import { z } from 'zod'
import { isCivilDay } from '#app/domain/time/day.ts'
import { isPhone, longestNote, plainPhone, plainText } from './plain-text.ts'
import { leaveKinds } from './view.ts'

const maxima = { reason: 500, destination: 100, handover: 1000, note: longestNote } as const

/** Trimmed text; an empty one is null. Lengths are counted in characters as people see them, never in UTF-16 units. */
function text(max: number) {
  return z
    .string()
    .optional()
    .transform(
      (typed) =>
        plainText(typed ?? '')
          .normalize('NFC')
          .trim() || null,
    )
    .refine((typed) => typed === null || [...typed].length <= max, {
      params: { code: 'too_long', max },
      message: 'too_long',
    })
}

const day = z.string({ error: 'empty' }).refine(isCivilDay, { params: { code: 'not_a_day' }, message: 'not_a_day' })
const half = z.enum(['am', 'pm'], { error: 'not_one_of' })

/**
 * A leave slip 请假单 as it is typed, for the form and for 代录. What the rules say of it (counts, overlaps, routes) is asked when it is
 * saved or sent; the reason may be empty in a draft. Source: domain study §1.4, leave slip fields.
 */
export const leaveInput = z.object({
  kind: z.enum(leaveKinds, { error: 'not_one_of' }),
  firstDay: day,
  firstHalf: half,
  lastDay: day,
  lastHalf: half,
  reason: text(maxima.reason),
  destination: text(maxima.destination),
  leavesTown: z
    .union([z.boolean(), z.literal('on')])
    .optional()
    .transform((typed) => typed === true || typed === 'on'),
  phone: text(30).refine((typed) => typed === null || isPhone(plainPhone(typed)), {
    params: { code: 'not_a_phone' },
    message: 'not_a_phone',
  }),
  handover: text(maxima.handover),
  standInId: z
    .string()
    .optional()
    .transform((typed) => typed || null)
    .refine((typed) => typed === null || z.uuid().safeParse(typed).success, { message: 'not_one_of' }),
})

/** "138****1234": enough to recognise a number, not enough to call it. */
export function maskedPhone(phone: string): string {
  const digits = [...phone]
  return digits.length < 8 ? '****' : `${digits.slice(0, 3).join('')}****${digits.slice(-4).join('')}`
}

/** A scan of the paper slip: what it may be, told by its first bytes and not by its name. */
export const paperTypes = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46],
  'image/png': [0x89, 0x50, 0x4e, 0x47],
  'image/jpeg': [0xff, 0xd8, 0xff],
} as const

export type PaperType = keyof typeof paperTypes
export const paperLimit = 10 * 1024 * 1024

/** The media type of a scan, or null when it is none of those that can be shown. */
export function paperTypeOf(bytes: Uint8Array): PaperType | null {
  const found = Object.entries(paperTypes).find(([, start]) => start.every((byte, index) => bytes[index] === byte))
  return found ? (found[0] as PaperType) : null
}
