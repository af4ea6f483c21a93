import { data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { yearAtHand } from '#app/domain/assessment/summary.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { printOne } from '#app/services/assessment/print-one.server.ts'
import { pdfResponse } from './papers/pdf-response.ts'

export const handle = { access: 'register.write' } satisfies RouteAccess

/** One's own form as its pages will be, to look at. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const visitor = await guard(args, 'register.write', { resource: true })
  const { personId, centreId, centre, scope } = visitor
  if (personId === null) throw data({ code: 'not_found' }, { status: 404 })
  const today = civilOf(now(), centre.zone).day
  const year = Number(new URL(args.request.url).searchParams.get('year')) || yearAtHand(today)
  const asked = { centre: { id: centreId, name: centre.name }, scope, personId, year, today, by: null }
  const made = await printOne(asked, now())
  if (made.ok) return pdfResponse(made.value, args.request)
  if (made.code === 'person_unknown') throw data({ code: 'not_found' }, { status: 404 })
  // The page says which characters cannot be printed, or that there is no register to print.
  return redirect(`/papers/mine?year=${year}`)
}
