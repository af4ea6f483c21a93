import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { guard, readForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { personName } from '#app/db/enrolment-view.server.ts'
import { copyTemplate } from '#app/services/devices/copy-template.server.ts'

export const handle = { access: 'enrolment.manage' } satisfies RouteAccess

const asked = z.object({ personId: z.uuid(), enrolmentId: z.uuid(), targets: z.array(z.uuid()).max(16) })

/** Nothing is read here: whoever comes by the address is led to where copying begins. */
export async function loader(args: LoaderFunctionArgs) {
  await guard(args, 'enrolment.manage')
  return redirect('/people/enrol')
}

/** Asks for a copy of a template and goes back to the person's page, which says what came of it. */
export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'enrolment.manage')
  const form = await readForm(args, visitor)
  const read = asked.safeParse({
    personId: form.get('personId'),
    enrolmentId: form.get('enrolmentId'),
    targets: form.getAll('target'),
  })
  if (!read.success) throw data({ code: 'bad_request' }, { status: 400 })
  const { centreId, centre, accountId, role, address } = visitor
  const { personId } = read.data
  if ((await personName(prisma, centreId, personId)) === null) throw data({ code: 'not_found' }, { status: 404 })
  const copied = await copyTemplate({ centreId, zone: centre.zone, accountId, role, address }, read.data, now())
  return redirect(`/people/${personId}/enrol?copy=${copied.ok ? 'asked' : copied.code}`)
}

/** A page only so that a refusal is drawn as one; an answer always leads elsewhere. */
export default function Copy() {
  return null
}
