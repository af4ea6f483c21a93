import '#app/ui/enrolment/enrol.css'
import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { enrolmentReceipt } from '#app/db/enrolment-receipt.server.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { ReceiptPage } from '#app/ui/enrolment/receipt-page.tsx'

export const handle = { access: 'enrolment.manage' } satisfies RouteAccess

const asked = z.object({ person: z.uuid(), enrolment: z.uuid() })

/** What proves that a template was stored, or that it is gone; to be printed and signed by both. */
export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'enrolment.manage')
  const enrolment = new URL(args.request.url).searchParams.get('enrolment')
  const known = asked.safeParse({ person: args.params.id, enrolment })
  const { centreId, centre } = visitor
  const receipt = known.success
    ? await enrolmentReceipt(prisma, centreId, { personId: known.data.person, enrolmentId: known.data.enrolment })
    : null
  if (receipt === null) throw data({ code: 'not_found' }, { status: 404 })
  const t = translator(localeOf(args.request))
  const title = t(receipt.endsMs === null ? 'enrolment.receipt.stored_title' : 'enrolment.receipt.title')
  return { title, receipt, zone: centre.zone, centre: { name: centre.name, nameEn: centre.nameEn }, nowMs: now() }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function Receipt() {
  return <ReceiptPage {...useLoaderData<typeof loader>()} />
}
