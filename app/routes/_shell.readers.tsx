import '#app/ui/devices/readers.css'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { openAlarms } from '#app/db/alarms.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { readersView } from '#app/db/readers-view.server.ts'
import { namingChoices } from '#app/db/source-names.server.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { createPairing } from '#app/services/devices/create-pairing.server.ts'
import { nameReader } from '#app/services/devices/name-reader.server.ts'
import { requestCommand } from '#app/services/devices/request-command.server.ts'
import { revokeDevice } from '#app/services/devices/revoke-device.server.ts'
import type { Naming } from '#app/ui/devices/name-reader.tsx'
import type { PairingMade, PairingTyped } from '#app/ui/devices/readers-acts.tsx'
import { ReadersFrame } from '#app/ui/devices/readers-frame.tsx'

export const handle = { access: 'readers.read', action: 'readers.manage' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'readers.read')
  const title = translator(localeOf(args.request))('devices.readers.title')
  const view = await readersView(prisma, { id: visitor.centreId, zone: visitor.centre.zone }, now())
  const manages = visitor.can('readers.manage')
  const search = new URL(args.request.url).searchParams
  const act = manages ? actOf(search) : null
  const naming = manages ? await namingOf(visitor, search) : null
  const alarms = await openAlarms(prisma, visitor.centreId)
  return { title, view, alarms, manages, act, naming, done: search.get('done'), refused: search.get('refused') }
}

/** The reader that the address asks a name for. */
async function namingOf(visitor: Visitor, search: URLSearchParams): Promise<Omit<Naming, 'refused'> | null> {
  const id = search.get('id') ?? ''
  if (search.get('act') !== 'name-reader' || !uuid.test(id)) return null
  return await namingChoices(prisma, visitor.centreId, id)
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

type Act =
  | { readonly act: 'add' }
  | { readonly act: 'pair' | 'revoke'; readonly kind: 'agent' | 'kiosk'; readonly id: string }

function actOf(search: URLSearchParams): Act | null {
  if (search.get('act') === 'add') return { act: 'add' }
  const asked = /^(pair|revoke)-(agent|kiosk)$/.exec(search.get('act') ?? '')
  if (asked === null) return null
  return { act: asked[1] as 'pair' | 'revoke', kind: asked[2] as 'agent' | 'kiosk', id: search.get('id') ?? '' }
}

type Answer = {
  readonly made: PairingMade | null
  readonly typed: PairingTyped | null
  readonly misnamed?: Naming['refused']
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'readers.manage')
  const form = await readForm(args, visitor)
  const intent = String(form.get('intent') ?? '')
  if (intent === 'pair_agent' || intent === 'pair_kiosk')
    return pair(visitor, intent === 'pair_agent' ? 'agent' : 'kiosk', form)
  if (intent === 'revoke_agent' || intent === 'revoke_kiosk') {
    return revoke(visitor, intent === 'revoke_agent' ? 'agent' : 'kiosk', uuidOf(form, 'id'))
  }
  if (intent === 'light' || intent === 'self_test') return command(visitor, intent, uuidOf(form, 'sourceId'))
  if (intent === 'name_reader') return name(visitor, form)
  throw data({ code: 'bad_request' }, { status: 400 })
}

function uuidOf(form: FormData, name: string): string {
  const text = String(form.get(name) ?? '')
  if (!uuid.test(text)) throw data({ code: 'not_found' }, { status: 404 })
  return text
}

async function pair(visitor: Visitor, kind: 'agent' | 'kiosk', form: FormData) {
  const name = String(form.get('name') ?? '').trim()
  const length = [...name].length
  if (length < 1 || length > 40) {
    const typed: Answer = { made: null, typed: { name, problem: 'name_missing' } }
    return data(typed, { status: 400 })
  }
  const sourceId = kind === 'kiosk' && form.get('sourceId') ? uuidOf(form, 'sourceId') : null
  const { centreId, accountId: actor, role, address } = visitor
  const made = await createPairing({ centreId, kind, name, sourceId, actor, role, address }, now())
  const answer: Answer = { made: { kind, ...made }, typed: null }
  return data(answer, { headers: { 'Cache-Control': 'no-store' } })
}

async function revoke(visitor: Visitor, kind: 'agent' | 'kiosk', id: string) {
  const { centreId, accountId, role, address } = visitor
  const done = await revokeDevice({ centreId, kind, id, accountId, role, address }, now())
  if (!done.ok) throw data({ code: 'not_found' }, { status: 404 })
  return redirect(`/readers?done=${kind}_revoked`)
}

async function name(visitor: Visitor, form: FormData) {
  const { centreId, accountId, role, address } = visitor
  const typed = { name: String(form.get('name') ?? ''), nameEn: String(form.get('nameEn') ?? '') }
  const zoneId = form.get('zoneId') ? uuidOf(form, 'zoneId') : null
  const named = await nameReader({ centreId, id: uuidOf(form, 'id'), ...typed, zoneId, accountId, role, address })
  if (named.ok) return redirect('/readers?done=named')
  if (named.code === 'source_unknown') throw data({ code: 'not_found' }, { status: 404 })
  const answer: Answer = { made: null, typed: null, misnamed: typed }
  return data(answer, { status: 400 })
}

async function command(visitor: Visitor, kind: 'light' | 'self_test', sourceId: string) {
  const { centreId, accountId, role, address } = visitor
  const sent = await requestCommand({ centreId, sourceId, kind, accountId, role, address }, now())
  if (!sent.ok && sent.code === 'source_unknown') throw data({ code: 'not_found' }, { status: 404 })
  return redirect(sent.ok ? `/readers?done=${kind}` : `/readers?refused=${sent.code}`)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function Readers() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const naming = page.naming && { ...page.naming, refused: answer?.misnamed ?? null }
  return <ReadersFrame {...page} naming={naming} made={answer?.made ?? null} typed={answer?.typed ?? null} />
}
