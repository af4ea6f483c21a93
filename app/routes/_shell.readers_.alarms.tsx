import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { openAlarms, outageLines, pastAlarms } from '#app/db/alarms.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { outageSources } from '#app/db/outage-sources.server.ts'
import type { Action } from '#app/domain/access/can.ts'
import { readDeclared } from '#app/domain/devices/declared-outage.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import {
  type AlarmAct,
  acceptIdentity,
  confirmOutage,
  declareOutage,
  noteAlarmSeen,
  noteReaderWorks,
} from '#app/services/devices/act-on-alarm.server.ts'
import { AlarmsPage } from '#app/ui/alarms/alarms-page.tsx'
import type { DeclareTyped } from '#app/ui/alarms/declare-outage.tsx'
import type { Handle } from '#app/ui/shell/bar.tsx'

export const handle = { access: 'readers.read', place: 'alarms.title' } satisfies RouteAccess & Handle

const month = 30 * 86_400_000

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'readers.read')
  const t = translator(localeOf(args.request))
  const since = now() - month
  const view = {
    open: await openAlarms(prisma, visitor.centreId),
    past: await pastAlarms(prisma, visitor.centreId, since),
    outages: await outageLines(prisma, visitor.centreId, since),
    readers: await outageSources(prisma, visitor.centreId),
  }
  const title = t('common.title', { page: t('alarms.title'), product: t('common.product') })
  const asked = new URL(args.request.url).searchParams
  return { title, view, done: asked.get('done'), about: asked.get('source') }
}

type Act = {
  readonly needs: Action
  readonly done: string
  readonly run: (act: AlarmAct, nowMs: number) => ReturnType<typeof noteAlarmSeen>
}

const acts: ReadonlyMap<string, Act> = new Map<string, Act>([
  ['seen', { needs: 'readers.read', done: 'seen', run: noteAlarmSeen }],
  ['works', { needs: 'outage.manage', done: 'works', run: noteReaderWorks }],
  ['confirm', { needs: 'outage.manage', done: 'confirmed', run: confirmOutage }],
  ['accept', { needs: 'readers.manage', done: 'accepted', run: acceptIdentity }],
])

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'readers.read')
  const form = await readForm(args, visitor)
  const intent = String(form.get('intent') ?? '')
  if (intent === 'declare') return declare(visitor, form)
  const act = acts.get(intent)
  const id = String(form.get('id') ?? '')
  if (act === undefined) throw data({ code: 'bad_request' }, { status: 400 })
  mustBeAble(visitor, act.needs)
  if (!uuid.test(id)) throw data({ code: 'not_found' }, { status: 404 })
  const done = await act.run(by(visitor, id), now())
  return redirect(`/readers/alarms?done=${done.ok ? act.done : 'gone'}`)
}

function mustBeAble(visitor: Visitor, action: Action): void {
  if (!visitor.can(action)) throw data({ code: 'forbidden', action, role: visitor.role }, { status: 403 })
}

function by({ centreId, accountId, role, address }: Visitor, id: string): AlarmAct {
  return { centreId, id, accountId, role, address }
}

async function declare(visitor: Visitor, form: FormData) {
  mustBeAble(visitor, 'outage.manage')
  const text = (name: string) => String(form.get(name) ?? '')
  const typed = { sourceId: text('sourceId'), from: text('from'), to: text('to'), reason: text('reason') }
  const declared = readDeclared(typed, visitor.centre.zone, now())
  if (!declared.ok) {
    const answer: DeclareTyped = { ...typed, problems: declared.facts as Record<string, string> }
    return data(answer, { status: 400 })
  }
  const done = await declareOutage({ ...by(visitor, typed.sourceId), ...declared.value }, now())
  if (!done.ok) throw data({ code: 'not_found' }, { status: 404 })
  return redirect('/readers/alarms?done=declared')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function Alarms() {
  const { view, done, about } = useLoaderData<typeof loader>()
  const typed = useActionData<typeof action>() ?? null
  return <AlarmsPage view={view} done={done} about={about} typed={typed} />
}
