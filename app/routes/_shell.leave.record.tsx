import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { peopleInService } from '#app/db/people.server.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { recordLeave } from '#app/services/leave/record-leave.server.ts'
import { LeaveFormPage } from '#app/ui/leave/form-page.tsx'
import { blankTyped, type LeaveTyped, type Problems, problemsOf, typedOf } from '#app/ui/leave/typed.ts'
import { formModel, nextWorkday, problemsFrom, todayOf } from './_shell.leave.new/form.server.ts'
import { slipOf } from './_shell.leave.new/slip.server.ts'

export const handle = { access: 'leave.record' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'leave.record')
  const t = translator(localeOf(args.request))
  const title = t('common.title', { page: t('leave.form.record_title'), product: t('common.product') })
  const person = new URL(args.request.url).searchParams.get('person') ?? ''
  return { title, model: await recordModel(visitor, blankTyped(await nextWorkday(visitor), person), {}) }
}

/** The form for those whom the visitor may record for; a person he may not is as good as none chosen. */
async function recordModel(visitor: Visitor, typed: LeaveTyped, problems: Problems) {
  const people = await peopleFor(visitor)
  const personId = people.find(({ id }) => id === typed.person)?.id ?? null
  return await formModel(visitor, { mode: 'record', typed, problems, personId, people })
}

async function peopleFor(visitor: Visitor) {
  const people = await peopleInService(prisma, visitor.scope, todayOf(visitor))
  return people
    .filter(({ id }) => id !== visitor.personId)
    .map(({ id, staffNumber, name, nameEn }) => ({ id, staffNumber, name, nameEn }))
}

async function paperOf(form: FormData) {
  const file = form.get('paper')
  if (!(file instanceof File) || file.size === 0) return null
  return { name: file.name.slice(0, 200) || 'paper', bytes: new Uint8Array(await file.arrayBuffer()) }
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'leave.record')
  const form = await readForm(args, visitor)
  const typed = { ...typedOf(form), id: '' }
  const intent = String(form.get('intent') ?? '')
  if (intent === 'preview') return { model: await recordModel(visitor, typed, {}) }
  if (intent !== 'submit') throw data({ code: 'bad_request' }, { status: 400 })
  const paper = await paperOf(form)
  const known = (await peopleFor(visitor)).some(({ id }) => id === typed.person)
  const problems: Problems = {
    ...(known ? {} : { person: { code: 'person_missing', facts: {} } }),
    ...problemsOf(typed, todayOf(visitor), true),
    ...(paper ? {} : { paper: { code: 'paper_missing', facts: {} } }),
  }
  if (Object.keys(problems).length > 0 || !paper) {
    return data({ model: await recordModel(visitor, typed, problems) }, { status: 400 })
  }
  const request = { by: visitor, personId: typed.person, slip: slipOf(typed), paper, note: null }
  const done = await recordLeave({ ...request, decided: typed.decided }, now())
  if (!done.ok) return data({ model: await recordModel(visitor, typed, problemsFrom(done)) }, { status: 409 })
  throw redirect(`/leave/${done.value.id}?done=recorded&of=${done.value.id}`)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function LeaveRecord() {
  const { model } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return <LeaveFormPage model={answer?.model ?? model} />
}
