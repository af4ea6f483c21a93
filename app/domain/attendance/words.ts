import { z } from 'zod'

/** Words that stand in many places of a rule-set document. */
export const identifier = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)

/** Whether a value stands in the published regulation or is proposed by us; for a whole part, or key by key. */
export const basisWord = z.enum(['published', 'proposed'])
export const basis = z.union([basisWord, z.record(z.string(), basisWord)]).optional()

/** Article of the source, for reading the regulation and its document side by side. */
export const clause = z.string().max(200).optional()
