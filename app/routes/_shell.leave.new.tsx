import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { LeaveFormPage } from '#app/ui/leave/form-page.tsx'
import { NobodyLeave } from '#app/ui/leave/mine-page.tsx'
import { blankTyped } from '#app/ui/leave/typed.ts'
import { formModel, nextWorkday } from './_shell.leave.new/form.server.ts'
import { answerForm } from './_shell.leave.new/slip.server.ts'

export const handle = { access: 'leave.request' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'leave.request')
  const t = translator(localeOf(args.request))
  const title = t('common.title', { page: t('leave.form.title'), product: t('common.product') })
  return { title, model: visitor.personId === null ? null : await blankModel(visitor, visitor.personId) }
}

async function blankModel(visitor: Visitor, personId: string) {
  const typed = blankTyped(await nextWorkday(visitor))
  return await formModel(visitor, { mode: 'new', typed, problems: {}, personId })
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'leave.request')
  const form = await readForm(args, visitor)
  if (visitor.personId === null) throw data({ code: 'not_found' }, { status: 404 })
  return await answerForm({ visitor, personId: visitor.personId, form, held: null })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function LeaveNew() {
  const { model } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const shown = answer?.model ?? model
  return shown ? <LeaveFormPage model={shown} /> : <NobodyLeave />
}
