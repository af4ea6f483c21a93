import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { guard, readForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { accountNames } from '#app/db/accounts.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { fileSize, printJob } from '#app/db/print-jobs.server.ts'
import { namesOfPeople } from '#app/db/register-people.server.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { cancelPrint } from '#app/services/assessment/cancel-print.server.ts'
import { pageTitle } from '#app/ui/access/title.ts'
import { printModel } from '#app/ui/papers/print-model.ts'
import { PrintPage } from '#app/ui/papers/print-page.tsx'
import type { Handle } from '#app/ui/shell/bar.tsx'

export const handle = { access: 'register.print', place: 'assessment.print.title' } satisfies RouteAccess & Handle

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'register.print')
  const { centreId, centre } = visitor
  const job = await printJob(prisma, centreId, idOf(args.params.id))
  if (!job) throw data({ code: 'not_found' }, { status: 404 })
  const [size, names, accounts] = await Promise.all([
    fileSize(prisma, centreId, job.id),
    namesOfPeople(prisma, centreId, job.personIds),
    accountNames(prisma, centreId, [job.requestedBy]),
  ])
  const t = translator(localeOf(args.request))
  const who = accounts.get(job.requestedBy) ?? t('assessment.print.unknown')
  const model = printModel({ t, zone: centre.zone, now: now(), job, size, names, who })
  return { model, tooLate: new URL(args.request.url).searchParams.has('too_late') }
}

function idOf(text: string | undefined): string {
  if (text === undefined || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text))
    throw data({ code: 'not_found' }, { status: 404 })
  return text
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'register.print')
  const form = await readForm(args, visitor)
  const id = idOf(args.params.id)
  if (form.get('intent') !== 'cancel') throw data({ code: 'bad_request' }, { status: 400 })
  const { centreId, accountId, role, address } = visitor
  const done = await cancelPrint({ centreId, id, accountId, role, address }, now())
  if (!done.ok && done.code === 'job_unknown') throw data({ code: 'not_found' }, { status: 404 })
  return redirect(`/papers/prints/${id}${done.ok ? '' : '?too_late'}`)
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'assessment.print.title')

export default function Print() {
  return <PrintPage {...useLoaderData<typeof loader>()} />
}
