import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { accessSettingsOf } from '#app/db/centres.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { landing } from '#app/domain/access/navigation.ts'
import { changePassword } from '#app/services/access/change-password.server.ts'
import { PasswordView } from '#app/ui/access/password-view.tsx'
import { pageTitle } from '#app/ui/access/title.ts'

export const handle = { access: 'password.change', place: 'access.password.title' } satisfies RouteAccess & {
  place: string
}

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'password.change')
  const settings = await accessSettingsOf(prisma, visitor.centreId)
  return {
    first: visitor.mustChangePassword,
    home: landing(visitor.role),
    length: settings.password_length,
    classes: settings.password_classes,
  }
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'password.change')
  const form = await readForm(args, visitor)
  const text = (name: string) => String(form.get(name) ?? '').slice(0, 500)
  const settings = await accessSettingsOf(prisma, visitor.centreId)
  const change = { current: text('current'), wanted: text('wanted'), again: text('again'), at: now(), settings }
  const changed = await changePassword(visitor, change)
  if (changed.ok) return data({ done: { ended: changed.value, first: visitor.mustChangePassword }, problems: [] })
  const problems = String(changed.facts.problems ?? changed.code).split(' ')
  return data({ done: null, problems }, { status: 400 })
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'access.password.title')

export default function Password() {
  return <PasswordView {...useLoaderData<typeof loader>()} result={useActionData<typeof action>() ?? null} />
}
