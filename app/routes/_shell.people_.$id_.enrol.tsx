import '#app/ui/enrolment/enrol.css'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { copyChoices } from '#app/db/copy-choices.server.ts'
import { enrolmentView, personName } from '#app/db/enrolment-view.server.ts'
import { fingerNumber, noticeVersion } from '#app/domain/devices/enrol-attempt.ts'
import { env } from '#app/env.server.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import type { ConsentTyped } from '#app/ui/enrolment/consent-card.tsx'
import { EnrolPage } from '#app/ui/enrolment/enrol-page.tsx'
import { actOn } from './people.enrol/act.ts'
import { refusedNames } from './people.enrol/refused.ts'

export const handle = { access: 'enrolment.manage' } satisfies RouteAccess

const id = z.uuid()
const optionalId = id.nullable().catch(null)

function personOf(args: LoaderFunctionArgs | ActionFunctionArgs): string {
  const known = id.safeParse(args.params.id)
  if (!known.success) throw data({ code: 'not_found' }, { status: 404 })
  return known.data
}

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'enrolment.manage')
  const search = new URL(args.request.url).searchParams
  const asked = {
    personId: personOf(args),
    finger: fingerNumber.nullable().catch(null).parse(search.get('finger')),
    sourceId: optionalId.parse(search.get('reader')),
  }
  const view = await enrolmentView(prisma, { id: visitor.centreId, zone: visitor.centre.zone }, asked, now())
  if (view === null) throw data({ code: 'not_found' }, { status: 404 })
  const copies = await copyChoices(prisma, { id: visitor.centreId, zone: visitor.centre.zone }, asked.personId, now())
  const t = translator(localeOf(args.request))
  return {
    title: `${t('enrolment.title')} · ${view.person.name}`,
    view,
    copies,
    version: noticeVersion,
    ask: askOf(search),
    done: search.get('done'),
    refused: await refusedNames(visitor.centreId, search, t.locale),
    demo: env.DEMO,
  }
}

function askOf(search: URLSearchParams) {
  const ask = search.get('ask')
  if (ask !== 'delete' && ask !== 'withdraw') return null
  return { ask, enrolment: search.get('enrolment') } as const
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'enrolment.manage')
  const form = await readForm(args, visitor)
  const personId = personOf(args)
  await mustBeKnown(visitor, personId)
  return actOn({ visitor, personId, form, locale: localeOf(args.request) })
}

async function mustBeKnown(visitor: Visitor, personId: string): Promise<void> {
  if ((await personName(prisma, visitor.centreId, personId)) === null) {
    throw data({ code: 'not_found' }, { status: 404 })
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function Enrol() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as { typed: ConsentTyped } | undefined
  return <EnrolPage {...page} typed={answer?.typed ?? null} />
}
