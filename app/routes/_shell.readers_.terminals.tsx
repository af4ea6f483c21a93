import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { terminalsView, terminalZones } from '#app/db/terminals-view.server.ts'
import { isPin } from '#app/domain/devices/terminal-record.ts'
import { readOffset, writeOffset } from '#app/domain/devices/terminals-view.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { env } from '#app/env.server.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { allowTerminal, stopTerminal } from '#app/services/devices/allow-terminal.server.ts'
import { askTerminal } from '#app/services/devices/terminal-asks.server.ts'
import type { AllowTyped } from '#app/ui/terminals/terminal-dialogs.tsx'
import { TerminalsFrame } from '#app/ui/terminals/terminals-frame.tsx'

export const handle = { access: 'readers.read', action: 'readers.manage' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'readers.read')
  const t = translator(localeOf(args.request))
  const title = t('common.title', { page: t('terminals.title'), product: t('common.product') })
  const nowMs = now()
  const { zone } = visitor.centre
  const view = await terminalsView(prisma, { id: visitor.centreId, zone }, nowMs)
  const search = new URL(args.request.url).searchParams
  const manages = visitor.can('readers.manage')
  return {
    title,
    view,
    manages,
    imports: visitor.can('readers.import'),
    server: serverOf(args.request),
    open: manages ? openOf(search) : null,
    zones: manages ? await terminalZones(prisma, visitor.centreId) : [],
    offset: writeOffset(offsetNow(zone, nowMs)),
    today: civilOf(nowMs, zone).day,
    done: search.get('done'),
  }
}

/** How far the centre's own clocks are from UTC, which is what its terminals most likely are. */
function offsetNow(zone: string, nowMs: number): number {
  const here = civilOf(nowMs, zone)
  const there = civilOf(nowMs, 'UTC')
  const days = here.day === there.day ? 0 : here.day > there.day ? 1 : -1
  return Math.round((days * 86_400 + here.second - there.second) / 60)
}

/** The address that a terminal would have to be given: where this page was found. */
function serverOf(request: Request) {
  const url = new URL(env.PUBLIC_URL ?? request.url)
  return { host: url.hostname, port: url.port || (url.protocol === 'https:' ? '443' : '80') }
}

const acts = ['allow', 'ask', 'stop', 'erase'] as const

function openOf(search: URLSearchParams) {
  const act = acts.find((name) => search.has(name))
  if (act === undefined) return null
  const pin = search.get('pin')?.trim() ?? ''
  const about = search.get(act) ?? ''
  // A number that none can be goes back to where it was typed.
  return act === 'erase' && !isPin(pin)
    ? { act: 'ask' as const, about, pin: '', bad: true }
    : { act, about, pin, bad: false }
}

type Answer = { readonly problem: string; readonly typed: AllowTyped | null }

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'readers.manage')
  const form = await readForm(args, visitor)
  const intent = String(form.get('intent') ?? '')
  if (intent === 'allow') return await allow(visitor, form)
  const id = uuidOf(form, 'id')
  if (intent === 'stop') return await stop(visitor, id)
  return await ask(visitor, id, intent, form)
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function uuidOf(form: FormData, name: string): string {
  const text = String(form.get(name) ?? '')
  if (!uuid.test(text)) throw data({ code: 'not_found' }, { status: 404 })
  return text
}

function byOf({ centreId, accountId, role, address }: Visitor) {
  return { centreId, accountId, role, address }
}

async function allow(visitor: Visitor, form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '')
  const typed = {
    serial: text('serial'),
    name: text('name'),
    nameEn: text('nameEn'),
    zoneId: text('zoneId'),
    offset: text('offset'),
  }
  const zoneId = typed.zoneId === '' ? null : uuidOf(form, 'zoneId')
  const utcOffsetMinutes = readOffset(typed.offset) ?? Number.NaN
  const done = await allowTerminal({ ...byOf(visitor), ...typed, zoneId, utcOffsetMinutes }, now())
  if (done.ok) return redirect('/readers/terminals?done=allowed')
  return data({ problem: done.code, typed } satisfies Answer, { status: 400 })
}

async function stop(visitor: Visitor, id: string) {
  const done = await stopTerminal({ ...byOf(visitor), id }, now())
  if (!done.ok) throw data({ code: 'not_found' }, { status: 404 })
  return redirect('/readers/terminals?done=stopped')
}

async function ask(visitor: Visitor, id: string, kind: string, form: FormData) {
  const from = String(form.get('from') ?? '')
  const pin = String(form.get('pin') ?? '').trim()
  const { zone } = visitor.centre
  const done = await askTerminal({ ...byOf(visitor), zone, id, kind, from, pin }, now())
  if (done.ok) return redirect('/readers/terminals?done=asked')
  if (done.code === 'unknown') throw data({ code: 'not_found' }, { status: 404 })
  if (done.code === 'command_unknown') throw data({ code: 'bad_request' }, { status: 400 })
  return data({ problem: done.code, typed: null } satisfies Answer, { status: 400 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function Terminals() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return <TerminalsFrame {...page} problem={answer?.problem ?? null} typed={answer?.typed ?? null} />
}
