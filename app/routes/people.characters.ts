import type { LoaderFunctionArgs } from '@remix-run/node'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { findCharacters } from '#app/domain/people/characters/search.ts'
import { normaliseName } from '#app/domain/people/name-input.ts'
import { proposeReading } from '#app/domain/people/reading.ts'

export const handle = { access: 'people.manage' } satisfies RouteAccess

const longest = 100

/** What the form asks while it is filled in: characters by parts, reading or number (`q`), the reading of a name (`name`). */
export async function loader(args: LoaderFunctionArgs) {
  await guard(args, 'people.manage', { resource: true })
  const search = new URL(args.request.url).searchParams
  const asked = (name: string) => [...(search.get(name) ?? '')].slice(0, longest).join('')
  return { answer: findCharacters(asked('q')), proposed: proposeReading(normaliseName(asked('name')).name) }
}
