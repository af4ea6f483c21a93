import { type ActionFunctionArgs, json, type LoaderFunctionArgs } from '@remix-run/node'
import { guardKiosk, readAnonymousForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { answerClaim, kioskState } from './api.kiosk/claim.ts'

export const handle = { access: 'kiosk' } satisfies RouteAccess

/** What the screen asks for when something changed: its claims with what was decided, and whether it may speak. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const kiosk = await guardKiosk(args)
  return json(await kioskState(kiosk, now()), { headers: { 'Cache-Control': 'no-store' } })
}

/** A card or a number from a screen whose script sends it without leaving the page. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const kiosk = await guardKiosk(args)
  const form = await readAnonymousForm(args)
  return json(await answerClaim(kiosk, form, args.context.address ?? null, now()))
}
