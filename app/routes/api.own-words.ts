import type { ActionFunctionArgs } from '@remix-run/node'
import { guard, readForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { writableYears } from '#app/domain/assessment/summary.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { saveSummary } from '#app/services/assessment/save-summary.server.ts'
import { wordsOf } from './papers/typed.ts'

export const handle = { access: 'register.write' } satisfies RouteAccess

/** Saves what a page has been typed into, and answers with the revision that the page goes on from. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const visitor = await guard(args, 'register.write', { resource: true })
  const form = await readForm(args, visitor)
  const { personId, centreId, accountId, role, address, centre } = visitor
  if (personId === null || form.get('person') !== personId) return answer({ code: 'other_person' }, 409)
  const year = Number(form.get('year'))
  const revision = Number(form.get('revision')) || 0
  if (!writableYears(civilOf(now(), centre.zone).day).includes(year)) {
    return answer({ code: 'year_closed' }, 409)
  }
  const by = { accountId, role, address }
  const saved = await saveSummary({ centreId, personId, year, revision, ...wordsOf(form), ...by }, now())
  if (!saved.ok) return answer({ code: saved.code }, saved.code === 'too_long' ? 422 : 409)
  const time = formatInstant(saved.value.savedAtMs, centre.zone, localeOf(args.request), 'time')
  return answer({ revision: saved.value.revision, number: saved.value.number, time }, 200)
}

/** A response of its own: the status of returned data is lost on a route without a page. */
function answer(body: Readonly<Record<string, string | number>>, status: number): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } })
}
