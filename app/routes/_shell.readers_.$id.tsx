import '#app/ui/devices/readers.css'
import '#app/ui/readers/reader.css'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { guard, readForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { openAlarms } from '#app/db/alarms.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { readerPage } from '#app/db/reader-page.server.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { type Ask, type AskKind, asks } from '#app/ui/readers/ask-card.tsx'
import { ReaderView } from '#app/ui/readers/reader-view.tsx'
import { actOn } from './readers.reader/act.ts'

export const handle = { access: 'readers.read' } satisfies RouteAccess

const id = z.uuid()

function sourceOf(args: LoaderFunctionArgs | ActionFunctionArgs): string {
  const known = id.safeParse(args.params.id)
  if (!known.success) throw data({ code: 'not_found' }, { status: 404 })
  return known.data
}

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'readers.read')
  const asked = { id: sourceOf(args), names: visitor.can('enrolment.manage') }
  const page = await readerPage(prisma, { id: visitor.centreId, zone: visitor.centre.zone }, asked, now())
  if (page === null) throw data({ code: 'not_found' }, { status: 404 })
  const t = translator(localeOf(args.request))
  const search = new URL(args.request.url).searchParams
  const ask = askOf(search)
  const mayAsk = ask !== null && visitor.can(ask.slot === null ? 'readers.manage' : 'enrolment.manage')
  const name = t.locale === 'en' && page.reader.nameEn !== '' ? page.reader.nameEn : page.reader.name
  // Another module has a place of its own on this page.
  const alarms = (await openAlarms(prisma, visitor.centreId)).filter(
    (one) => one.sourceId === page.reader.id && one.kind !== 'identity_changed',
  )
  return {
    title: `${name} · ${t('devices.readers.title')}`,
    page,
    alarms,
    ask: mayAsk ? ask : null,
    done: search.get('done'),
    refused: search.get('refused'),
  }
}

function askOf(search: URLSearchParams): Ask | null {
  const kind = asks.find((one) => one === search.get('ask'))
  if (kind === undefined) return null
  const slot = z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .safeParse(search.get('slot') ?? 'none')
  if (ofReader.includes(kind)) return { kind, slot: null }
  return slot.success ? { kind, slot: slot.data } : null
}

const ofReader: readonly AskKind[] = ['retire', 'bring_back']

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'readers.read')
  const form = await readForm(args, visitor)
  const sourceId = sourceOf(args)
  const came = await actOn({ visitor, sourceId, form }, now())
  if (came.refused === 'forbidden') throw data({ code: 'forbidden' }, { status: 403 })
  if (came.refused === 'bad_request') throw data({ code: 'bad_request' }, { status: 400 })
  if (came.refused === 'source_unknown' || came.refused === 'not_there') {
    throw data({ code: 'not_found' }, { status: 404 })
  }
  const told = came.refused === null ? `done=${came.done}` : `refused=${came.refused}`
  return redirect(`/readers/${sourceId}?${told}`)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function Reader() {
  const page = useLoaderData<typeof loader>()
  return <ReaderView {...page} />
}
