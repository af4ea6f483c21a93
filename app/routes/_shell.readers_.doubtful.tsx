import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import type { Refusal } from '#app/domain/result.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { type T, translator } from '#app/i18n/translator.ts'
import { DoubtfulPage, type Told } from '#app/ui/doubtful/doubtful-page.tsx'
import type { Typed } from '#app/ui/doubtful/model.ts'
import { actOf } from './_shell.readers_.doubtful/acts.server.ts'
import { doubtfulModel } from './_shell.readers_.doubtful/model.server.ts'

export const handle = { access: 'punches.rule' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'punches.rule')
  const t = translator(localeOf(args.request))
  const search = new URL(args.request.url).searchParams
  const title = t('common.title', { page: t('doubtful.title'), product: t('common.product') })
  return { title, told: doneText(t, search), model: await doubtfulModel(visitor, search) }
}

function doneText(t: T, search: URLSearchParams): Told | null {
  const key = `doubtful.done.${search.get('done')}`
  if (!t.has(key)) return null
  return { tone: 'ok', text: t(key, { count: Number(search.get('count')) || 1 }) }
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'punches.rule')
  const form = await readForm(args, visitor)
  const intent = String(form.get('intent') ?? '')
  const search = new URL(args.request.url).searchParams
  const done = await actOf(visitor, intent)(visitor, form)
  if (!done.ok)
    return data({ told: refusedText(visitor, args.request, done), typed: typedOf(intent, form) }, { status: 409 })
  const to = new URLSearchParams({ show: search.get('show') ?? '', done: done.done, count: String(done.count) })
  for (const name of ['source', 'day']) {
    const value = search.get(name)
    if (value) to.set(name, value)
  }
  return redirect(`/readers/doubtful?${to}`)
}

function typedOf(intent: string, form: FormData): Typed {
  const fields = Object.fromEntries(
    [...form].filter(([name]) => name !== 'key' && name !== 'csrf').map(([name, value]) => [name, String(value)]),
  )
  return { intent, fields, chosen: form.getAll('key').map(String) }
}

/** Why it was not done, with names and times as the reader writes them. */
function refusedText(visitor: Visitor, request: Request, { code, facts }: Refusal): Told {
  const t = translator(localeOf(request))
  const at = (ms: unknown) => (typeof ms === 'number' ? formatInstant(ms, visitor.centre.zone, t.locale, 'full') : '')
  const english = t.locale === 'en' && facts.nameEn ? { name: facts.nameEn } : {}
  const key = `doubtful.refused.${code === 'already_ruled' ? `${code}_${facts.decision}` : code}`
  const text = t.has(key) ? t(key, { ...facts, ...english, time: at(facts.atMs), from: at(facts.fromMs) }) : code
  return { tone: 'bad', text }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function Doubtful() {
  const { model, told } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return <DoubtfulPage model={model} told={answer?.told ?? told} typed={answer?.typed ?? null} />
}
