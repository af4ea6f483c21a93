import { setTimeout as sleep } from 'node:timers/promises'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { publicRoute } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { pool } from '#app/db/client.server.ts'

const patienceMs = 3000

export const handle = { access: 'public' } satisfies RouteAccess

/** For whoever watches the server: 200 when it can reach its database, else 503. Says nothing else. */
export async function loader(args: LoaderFunctionArgs) {
  publicRoute(args)
  const asked = pool.query('select 1').then(
    () => true,
    () => false,
  )
  // A database that is stuck does not refuse, it is silent.
  const healthy = await Promise.race([asked, sleep(patienceMs, false, { ref: false })])
  return Response.json({ ok: healthy }, { status: healthy ? 200 : 503, headers: { 'Cache-Control': 'no-store' } })
}
