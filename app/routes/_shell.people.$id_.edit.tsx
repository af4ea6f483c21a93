import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { type PersonRecord, personRecord } from '#app/db/person-record.server.ts'
import { readPerson } from '#app/domain/people/person-input.ts'
import { problemField } from '#app/domain/people/posting-rules.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { editPerson } from '#app/services/people/edit-person.server.ts'
import { useT } from '#app/ui/locale.tsx'
import { type FormState, PersonForm, untouched } from '#app/ui/people/person-form.tsx'
import type { Problems } from '#app/ui/people/words.ts'
import { byOf, isId } from './people.form/by.ts'
import { personTyped, stepOf, typedOf } from './people.form/steps.ts'

export const handle = { access: 'people.manage' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'people.manage')
  const t = translator(localeOf(args.request))
  const record = await recordOf(visitor, args.params.id)
  const name = t('people.edit_title', { name: record.name })
  const { personnel } = record
  const kept = { phone: personnel?.phoneMasked ?? null, idNumber: personnel?.idNumberMasked ?? null }
  return {
    title: t('common.title', { page: name, product: t('common.product') }),
    id: record.id,
    name: record.name,
    revision: record.revision,
    kept,
    typed: typedFrom(record),
  }
}

async function recordOf(visitor: Visitor, id: string | undefined): Promise<PersonRecord> {
  const { day } = civilOf(now(), visitor.centre.zone)
  const record = isId(id) ? await personRecord(prisma, visitor.scope, id, day) : null
  if (!record) throw data({ code: 'not_found' }, { status: 404 })
  return record
}

/** The record as its form shows it; the sealed numbers stay empty. */
function typedFrom(record: PersonRecord): Record<string, string> {
  const { name, staffNumber, reading, initials, nameEn, nameNote, identityKind, title, duties, personnel } = record
  const own = { name, staffNumber, reading, initials, nameEn, nameNote, identityKind, title, duties }
  const { phoneMasked: _phone, idNumberMasked: _id, ...rest } = personnel ?? { phoneMasked: null, idNumberMasked: null }
  return Object.fromEntries(Object.entries({ ...own, ...rest }).map(([key, value]) => [key, value ?? '']))
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'people.manage')
  const form = await readForm(args, visitor)
  const record = await recordOf(visitor, args.params.id)
  const typed = typedOf(form)
  const step = stepOf(form, typed)
  if (step) return { ...untouched, ...step } satisfies FormState
  return save(visitor, record, typed, Number(form.get('revision') ?? -1))
}

async function save(visitor: Visitor, record: PersonRecord, typed: Record<string, string>, revision: number) {
  const read = readPerson(personTyped(typed))
  if ('problems' in read) return again(typed, read.problems)
  const { person } = read
  const done = await editPerson(byOf(visitor), { personId: record.id, revision, person }, now())
  if (done.ok) return redirect(`/people/${record.id}?done=${done.value.changed > 0 ? 'edited' : 'unchanged'}`)
  if (done.code === 'person_unknown') throw data({ code: 'not_found' }, { status: 404 })
  // The page comes back with the newest revision, so that saving again is a decision and not an accident.
  if (done.code === 'edited_meanwhile') return data({ ...untouched, typed, stale: true }, { status: 409 })
  return again(typed, { [problemField[done.code] ?? '']: { code: done.code, facts: done.facts } })
}

function again(typed: Record<string, string>, problems: Problems) {
  return data({ ...untouched, typed, problems } satisfies FormState, { status: 400 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function EditPerson() {
  const t = useT()
  const page = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>() ?? { ...untouched, typed: page.typed }
  const model = {
    mode: 'edit',
    title: t('people.edit_title', { name: page.name }),
    back: `/people/${page.id}`,
    revision: page.revision,
    kept: page.kept,
    choices: { units: [], windows: [] },
  } as const
  return <PersonForm model={model} state={state} />
}
