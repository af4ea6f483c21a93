import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { guard, readForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { addPeople, type PastePreview, previewPaste } from '#app/services/people/paste-people.server.ts'
import { pageTitle } from '#app/ui/access/title.ts'
import { type PasteModel, PastePage } from '#app/ui/people/paste-page.tsx'
import { byOf } from './people.form/by.ts'

export const handle = { access: 'people.manage' } satisfies RouteAccess

/** A table of five hundred people with every column filled is about half of this. */
const longest = 400_000

export async function loader(args: LoaderFunctionArgs) {
  await guard(args, 'people.manage')
  return null
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'people.manage')
  const form = await readForm(args, visitor)
  const text = String(form.get('text') ?? '').slice(0, longest)
  if (form.get('intent') !== 'save') return answer(text, await previewPaste(byOf(visitor), text, now()))
  const saved = await addPeople(byOf(visitor), text, now())
  return saved.added > 0 ? redirect(`/people?state=all&added=${saved.added}`) : answer(text, saved)
}

function answer(text: string, { header, missing, tooMany, rows, ready }: PastePreview) {
  const model: PasteModel = { text, preview: { header, missing, tooMany, rows, ready } }
  const good = rows.length > 0 && ready === rows.length
  return data(model, { status: good ? 200 : 400, headers: { 'Cache-Control': 'no-store' } })
}

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'people.paste_title')

export default function Paste() {
  return <PastePage {...(useActionData<typeof action>() ?? { text: '', preview: null })} />
}
