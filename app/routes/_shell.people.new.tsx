import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { peopleChoices } from '#app/db/people-list.server.ts'
import { readPerson } from '#app/domain/people/person-input.ts'
import { postInput, postingInput } from '#app/domain/people/posting-input.ts'
import { problemField } from '#app/domain/people/posting-rules.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { addPerson } from '#app/services/people/add-person.server.ts'
import { pageTitle } from '#app/ui/access/title.ts'
import { useT } from '#app/ui/locale.tsx'
import { type FormState, PersonForm, untouched } from '#app/ui/people/person-form.tsx'
import type { Problems } from '#app/ui/people/words.ts'
import { byOf, problemsIn } from './people.form/by.ts'
import { personTyped, stepOf, typedOf } from './people.form/steps.ts'

export const handle = { access: 'people.manage' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'people.manage')
  const { day } = civilOf(now(), visitor.centre.zone)
  const { units, windows } = await peopleChoices(prisma, visitor.centreId, day)
  return { day, choices: { units, windows } }
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'people.manage')
  const form = await readForm(args, visitor)
  const typed = typedOf(form)
  const step = stepOf(form, typed)
  if (step) return { ...untouched, ...step } satisfies FormState
  return save(visitor, typed)
}

async function save(visitor: Visitor, typed: Record<string, string>) {
  const read = readPerson(personTyped(typed))
  const begun = beginningOf(typed)
  const problems: Problems = { ...begun.problems, ...('problems' in read ? read.problems : {}) }
  if ('problems' in read || Object.keys(problems).length > 0) return again(typed, problems)
  const { posting, post } = begun
  const added = await addPerson(byOf(visitor), { person: read.person, posting, post }, now())
  if (!added.ok) return again(typed, { [problemField[added.code] ?? '']: { code: added.code, facts: added.facts } })
  return redirect(`/people/${added.value.id}?done=added`)
}

/** The first posting and post, as far as the form names them; both begin on the same day. */
function beginningOf(typed: Record<string, string>) {
  const open = { ...typed, endsOn: '' }
  const posting = typed.unitId || typed.startsOn ? postingInput.safeParse(open) : null
  const post = typed.post ? postInput.safeParse(open) : null
  const problems: Problems = {
    ...(post?.error ? problemsIn(post.error) : {}),
    ...(posting?.error ? problemsIn(posting.error) : {}),
  }
  return { posting: posting?.data ?? null, post: post?.data ?? null, problems }
}

function again(typed: Record<string, string>, problems: Problems) {
  return data({ ...untouched, typed, problems } satisfies FormState, { status: 400 })
}

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'people.new_title')

export default function NewPerson() {
  const t = useT()
  const { choices } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>() ?? { ...untouched, typed: {} }
  const model = { mode: 'new', title: t('people.new_title'), back: '/people', revision: null } as const
  return <PersonForm model={{ ...model, kept: { phone: null, idNumber: null }, choices }} state={state} />
}
