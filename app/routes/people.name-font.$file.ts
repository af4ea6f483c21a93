import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { kioskOrNull, publicRoute } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { visitorOrNull } from '#app/auth/visitor.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { rareCharactersOf } from '#app/db/rare-names.server.ts'
import { type FontPart, nameFont, nameFontKey } from '#app/fonts/name-font.server.ts'

export const handle = { access: 'public' } satisfies RouteAccess

const asked = /^([0-9a-f]{16})(?:\.css|-(sans-400|sans-700|song-400)\.woff2)$/u

/** The font for rare characters of names, for everybody who is signed in and for paired screens. */
export async function loader(args: LoaderFunctionArgs) {
  publicRoute(args)
  const who = (await visitorOrNull(args)) ?? (await kioskOrNull(args))
  if (!who) throw data({ code: 'unauthorized' }, { status: 401 })
  const [, key, part] = asked.exec(args.params.file ?? '') ?? []
  const characters = await rareCharactersOf(prisma, who.centreId)
  const current = nameFontKey(characters)
  if (key === undefined || current === null) throw data({ code: 'not_found' }, { status: 404 })
  const font = await nameFont(characters)
  // A page from before the last saved name asks by the old number: it gets today's font, and may not keep it under that name.
  const cache = key === current ? 'private, max-age=31536000, immutable' : 'no-store'
  if (part === undefined) return answer(font.css, 'text/css; charset=utf-8', cache)
  const bytes = font.parts.get(part as FontPart)
  if (!bytes) throw data({ code: 'not_found' }, { status: 404 })
  return answer(new Uint8Array(bytes), 'font/woff2', cache)
}

function answer(body: string | Uint8Array<ArrayBuffer>, type: string, cache: string): Response {
  return new Response(body, { headers: { 'Content-Type': type, 'Cache-Control': cache } })
}
