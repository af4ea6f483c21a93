import { data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { yearAtHand } from '#app/domain/assessment/summary.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { printOne } from '#app/services/assessment/print-one.server.ts'
import { pdfResponse } from './papers/pdf-response.ts'

export const handle = { access: 'register.print' } satisfies RouteAccess

/** One person's register as a PDF in the browser: /papers/register/<person>.pdf?year=2026. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const visitor = await guard(args, 'register.print', { resource: true })
  const personId = (args.params.id ?? '').replace(/\.pdf$/, '')
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(personId)) throw data({ code: 'not_found' }, { status: 404 })
  const { centreId, centre, scope, accountId, role, address } = visitor
  const today = civilOf(now(), centre.zone).day
  const year = Number(new URL(args.request.url).searchParams.get('year')) || yearAtHand(today)
  const by = { accountId, role, address }
  const made = await printOne({ centre: { id: centreId, name: centre.name }, scope, personId, year, today, by }, now())
  if (made.ok) return pdfResponse(made.value, args.request)
  if (made.code === 'person_unknown') throw data({ code: 'not_found' }, { status: 404 })
  return redirect(`/papers?year=${year}&refused=${personId}`)
}
