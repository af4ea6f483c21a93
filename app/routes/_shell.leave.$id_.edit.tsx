import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { leaveById } from '#app/db/leave.server.ts'
import { isEditable } from '#app/domain/leave/state.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { LeaveFormPage } from '#app/ui/leave/form-page.tsx'
import { typedFrom } from '#app/ui/leave/typed.ts'
import { formModel, uuidOrNull } from './_shell.leave.new/form.server.ts'
import { answerForm, opinionOf } from './_shell.leave.new/slip.server.ts'

export const handle = { access: 'leave.request' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'leave.request')
  const t = translator(localeOf(args.request))
  const title = t('common.title', { page: t('leave.form.edit_title'), product: t('common.product') })
  const { view, personId } = await ownLeave(visitor, args.params.id)
  if (!isEditable(view.state)) throw redirect(`/leave/${view.id}`)
  const model = await formModel(visitor, {
    mode: 'edit',
    typed: typedFrom(view),
    problems: {},
    personId,
    phoneMasked: view.phoneMasked,
    number: view.number,
    opinion: opinionOf(view),
    savedAtMs: view.state === 'draft' ? view.createdAtMs : null,
  })
  return { title, model }
}

/** The visitor's own request; anybody else's is not found. */
async function ownLeave(visitor: Visitor, id: string | undefined) {
  const found = uuidOrNull(id ?? '')
  const view = found ? await leaveById(prisma, visitor, found, now()) : null
  if (!view || visitor.personId === null || view.person.id !== visitor.personId) {
    throw data({ code: 'not_found' }, { status: 404 })
  }
  return { view, personId: visitor.personId }
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'leave.request')
  const form = await readForm(args, visitor)
  const { view, personId } = await ownLeave(visitor, args.params.id)
  return await answerForm({ visitor, personId, form, held: view })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function LeaveEdit() {
  const { model } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const shown = answer?.model ?? model
  return <LeaveFormPage key={shown.typed.id} model={shown} />
}
