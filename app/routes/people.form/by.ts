import type { z } from 'zod'
import type { Visitor } from '#app/auth/guard.server.ts'
import type { By } from '#app/db/record-changes.server.ts'
import { problemsOf } from '#app/domain/people/person-input.ts'
import type { Problems } from '#app/ui/people/words.ts'

/** Who does it, as services of people want it said. */
export function byOf({ centreId, accountId, role, address }: Visitor): By {
  return { centreId, accountId, role, address }
}

/** The first problem of each field of a form. */
export function problemsIn(error: z.ZodError): Problems {
  return problemsOf(error)
}

/** An id from an address; what is none was never given out. */
export function isId(text: string | undefined): text is string {
  return text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(text)
}
