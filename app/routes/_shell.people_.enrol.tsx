import '#app/ui/enrolment/enrol.css'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { guard, readForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { enrolmentList } from '#app/db/enrolment-list.server.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { deleteEnrolment, deleteUnowned } from '#app/services/devices/enrol-delete.server.ts'
import { requestCommand } from '#app/services/devices/request-command.server.ts'
import { ListPage } from '#app/ui/enrolment/list-page.tsx'
import { refusedNames } from './people.enrol/refused.ts'

export const handle = { access: 'enrolment.manage' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'enrolment.manage')
  const t = translator(localeOf(args.request))
  const search = new URL(args.request.url).searchParams
  const list = await enrolmentList(prisma, { id: visitor.centreId, zone: visitor.centre.zone }, now())
  const refused = await refusedNames(visitor.centreId, search, t.locale)
  return { title: t('enrolment.list.title'), list, done: search.get('done'), refused }
}

const acts = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('delete'), person: z.uuid(), enrolment: z.uuid() }),
  z.object({ intent: z.literal('delete_unowned'), reader: z.uuid(), slot: z.coerce.number().int().min(0).max(65535) }),
  z.object({ intent: z.literal('reread'), reader: z.uuid() }),
])

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'enrolment.manage')
  const asked = acts.safeParse(Object.fromEntries(await readForm(args, visitor)))
  if (!asked.success) throw data({ code: 'bad_request' }, { status: 400 })
  const { centreId, centre, accountId, role, address } = visitor
  const by = { centreId, zone: centre.zone, accountId, role, address }
  const act = asked.data
  const result =
    act.intent === 'delete'
      ? await deleteEnrolment(by, { personId: act.person, enrolmentId: act.enrolment }, now())
      : act.intent === 'delete_unowned'
        ? await deleteUnowned(by, { sourceId: act.reader, slot: act.slot }, now())
        : await requestCommand({ centreId, sourceId: act.reader, kind: 'self_test', accountId, role, address }, now())
  if (result.ok) return redirect(`/people/enrol?done=${act.intent === 'reread' ? 'read' : 'deleting'}`)
  if (['enrolment_unknown', 'source_unknown', 'reader_unknown'].includes(result.code)) {
    throw data({ code: 'not_found' }, { status: 404 })
  }
  return redirect(`/people/enrol?refused=${result.code}`)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function EnrolList() {
  return <ListPage {...useLoaderData<typeof loader>()} />
}
