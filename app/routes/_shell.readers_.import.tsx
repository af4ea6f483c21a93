import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { importById, importTargets, recentImports } from '#app/db/terminal-imports.server.ts'
import { attlogLayouts } from '#app/domain/devices/attlog-layouts.ts'
import { importStage } from '#app/domain/devices/terminal-import.ts'
import { readOffset } from '#app/domain/devices/terminals-view.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { discardImport, previewAgain, uploadAttlog } from '#app/services/devices/import-attlog.server.ts'
import { storeImport } from '#app/services/devices/import-attlog-store.server.ts'
import { ImportPage, type UploadAnswer } from '#app/ui/terminals/import-page.tsx'

export const handle = { access: 'readers.import' } satisfies RouteAccess

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'readers.import')
  const t = translator(localeOf(args.request))
  const title = t('common.title', { page: t('terminals.import.title'), product: t('common.product') })
  const search = new URL(args.request.url).searchParams
  const { centreId } = visitor
  const id = search.get('id') ?? ''
  const opened = uuid.test(id) ? await importById(prisma, centreId, id) : null
  if (id !== '' && opened === null) throw data({ code: 'not_found' }, { status: 404 })
  return {
    title,
    zone: visitor.centre.zone,
    targets: await importTargets(prisma, centreId),
    imports: await recentImports(prisma, centreId),
    opened,
    stage: opened === null ? null : importStage(opened.counts, now()),
    done: search.get('done'),
    refused: search.get('refused'),
    rules: visitor.can('punches.rule'),
  }
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'readers.import')
  const form = await readForm(args, visitor)
  const intent = String(form.get('intent') ?? '')
  if (intent === 'upload') return await upload(visitor, form)
  const id = String(form.get('id') ?? '')
  if (!uuid.test(id)) throw data({ code: 'not_found' }, { status: 404 })
  if (intent === 'layout') return answerTo(id, await previewAgain(byOf(visitor), id, layoutOf(form), now()))
  if (intent === 'store') return answerTo(id, await storeImport({ ...byOf(visitor), id }, now()))
  if (intent !== 'discard') throw data({ code: 'bad_request' }, { status: 400 })
  const done = await discardImport(byOf(visitor), id)
  if (!done.ok) throw data({ code: 'not_found' }, { status: 404 })
  return redirect('/readers/import?done=discarded')
}

function byOf({ centreId, accountId, role, address, centre }: Visitor) {
  return { centreId, zone: centre.zone, accountId, role, address }
}

function layoutOf(form: FormData) {
  return attlogLayouts.find((layout) => layout === form.get('layout')) ?? null
}

function answerTo(id: string, done: { readonly ok: boolean; readonly code?: string }) {
  if (done.ok) return redirect(`/readers/import?id=${id}`)
  if (done.code === 'unknown') throw data({ code: 'not_found' }, { status: 404 })
  return redirect(`/readers/import?id=${id}&refused=${done.code}`)
}

async function upload(visitor: Visitor, form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '')
  const typed = { target: text('target'), serial: text('serial'), name: text('name'), offset: text('offset') }
  const request = {
    by: byOf(visitor),
    file: await fileOf(form),
    ...typed,
    utcOffsetMinutes: readOffset(typed.offset) ?? Number.NaN,
  }
  const done = await uploadAttlog(request, now())
  if (done.ok) return redirect(`/readers/import?id=${done.value.id}`)
  return data({ problem: done.code, facts: done.facts, typed } satisfies UploadAnswer, { status: 400 })
}

async function fileOf(form: FormData) {
  const file = form.get('file')
  if (!(file instanceof File) || (file.size === 0 && file.name === '')) return null
  return { name: file.name.slice(-200) || 'attlog.dat', bytes: new Uint8Array(await file.arrayBuffer()) }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function ImportRecords() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return <ImportPage {...page} answer={answer ?? null} />
}
