import type { z } from 'zod'
import type { By } from '#app/db/record-changes.server.ts'
import { chiefInput, groupInput, postInput, postingEnd, postingInput } from '#app/domain/people/posting-input.ts'
import { problemField } from '#app/domain/people/posting-rules.ts'
import type { PersonRecord } from '#app/domain/people/record.ts'
import type { Result } from '#app/domain/result.ts'
import { endPosting } from '#app/services/people/end-posting.server.ts'
import {
  appointChief,
  endChief,
  endGroup,
  endPost,
  startGroup,
  startPost,
} from '#app/services/people/hold-post.server.ts'
import { editPosting, startPosting } from '#app/services/people/start-posting.server.ts'
import { type ActName, actNames } from '#app/ui/people/person-model.ts'
import type { Problems } from '#app/ui/people/words.ts'
import { isId, problemsIn } from './by.ts'

type Asked = {
  readonly by: By
  readonly personId: string
  readonly on: string
  readonly seen: string
  readonly at: number
}
type Done = Result<unknown>
/** Null when an act names something that is not this person's. */
type Outcome = { readonly done: true } | { readonly problems: Problems } | null

const fieldNames = [
  'unitId',
  'startsOn',
  'endsOn',
  'dueOn',
  'documentNumber',
  'documentOn',
  'assessmentMode',
  'endReason',
  'note',
  'post',
  'windowId',
  'group',
] as const

export function actOf(text: string | null): ActName | null {
  return actNames.find((one) => one === text) ?? null
}

/** What was typed in the form of an act. */
export function typedAct(form: FormData): Record<string, string> {
  return Object.fromEntries(
    fieldNames.map((name) => [name, [...String(form.get(name) ?? '')].slice(0, 500).join('')] as const),
  )
}

/** What an act's form shows before anybody typed: the posting to change, or the day from which something begins or ends. */
export function startOf(act: ActName, record: PersonRecord, on: string, day: string): Record<string, string> {
  const posting = record.postings.find((one) => one.id === on)
  if (act === 'edit_posting' && posting) return postingTyped(posting)
  if (act === 'end_posting' && posting)
    return { endsOn: posting.endsOn ?? day, endReason: '', note: posting.note ?? '' }
  return act.startsWith('end_') ? { endsOn: day } : { startsOn: day }
}

export function postingTyped(posting: PersonRecord['postings'][number]): Record<string, string> {
  const { unit, startsOn, endsOn, dueOn, documentNumber, documentOn, assessmentMode, endReason, note } = posting
  const all = { unitId: unit.id, startsOn, endsOn, dueOn, documentNumber, documentOn, assessmentMode, endReason, note }
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value ?? '']))
}

async function read<T>(schema: z.ZodType<T>, typed: object, run: (input: T) => Promise<Done>): Promise<Outcome> {
  const found = schema.safeParse(typed)
  if (!found.success) return { problems: problemsIn(found.error) }
  return outcomeOf(await run(found.data))
}

function outcomeOf(done: Done): Outcome {
  if (done.ok) return { done: true }
  if (/^(person|posting|held|unit|window)_unknown$/u.test(done.code)) return null
  return { problems: { [problemField[done.code] ?? '']: { code: done.code, facts: done.facts } } }
}

type Typed = Readonly<Record<string, string>>

function ending(run: (by: By, request: { personId: string; id: string; endsOn: string }, at: number) => Promise<Done>) {
  return (asked: Asked, typed: Typed): Promise<Outcome> =>
    read(postingEnd.pick({ endsOn: true }), typed, ({ endsOn }) =>
      run(asked.by, { personId: asked.personId, id: asked.on, endsOn }, asked.at),
    )
}

function starting<T>(
  schema: z.ZodType<T>,
  run: (by: By, request: { personId: string; input: T }, at: number) => Promise<Done>,
) {
  return ({ by, personId, at }: Asked, typed: Typed): Promise<Outcome> =>
    read(schema, typed, (input) => run(by, { personId, input }, at))
}

const acts: Readonly<Record<ActName, (asked: Asked, typed: Typed) => Promise<Outcome>>> = {
  start_posting: ({ by, personId, at }, typed) =>
    read(postingInput, typed, (posting) => startPosting(by, { personId, posting }, at)),
  edit_posting: ({ by, personId, on, seen, at }, typed) =>
    read(postingInput, typed, (posting) => editPosting(by, { personId, id: on, posting, seen: seenOf(seen) }, at)),
  end_posting: ({ by, personId, on, at }, typed) =>
    read(postingEnd, typed, (end) => endPosting(by, { personId, id: on, end }, at)),
  start_post: starting(postInput, startPost),
  appoint_chief: starting(chiefInput, appointChief),
  start_group: starting(groupInput, startGroup),
  end_post: ending(endPost),
  end_chief: ending(endChief),
  end_group: ending(endGroup),
}

function seenOf(text: string) {
  try {
    return postingInput.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Does an act with what was typed; says the problems by field, or null when it is about something unknown. */
export function doAct(act: ActName, asked: Asked, typed: Typed): Promise<Outcome> {
  const beginning = act.startsWith('start_') || act === 'appoint_chief'
  if (!beginning && !isId(asked.on)) return Promise.resolve(null)
  return acts[act](asked, typed)
}
