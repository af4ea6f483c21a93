import { prisma } from '#app/db/client.server.ts'
import { personName } from '#app/db/enrolment-view.server.ts'
import type { Locale } from '#app/i18n/catalogue.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export type Refused = { readonly code: string; readonly facts: Readonly<Record<string, string>> }

/** What was refused, read back from the address: the ids in it become names only for who may see them. */
export async function refusedNames(centreId: string, search: URLSearchParams, locale: Locale): Promise<Refused | null> {
  const code = search.get('refused')
  if (code === null) return null
  const person = search.get('person') ?? ''
  const by = search.get('by') ?? ''
  const known = uuid.test(person) ? await personName(prisma, centreId, person) : null
  const account = uuid.test(by)
    ? await prisma.account.findUnique({
        where: { centreId_id: { centreId, id: by } },
        select: { displayName: true },
      })
    : null
  const name = locale === 'en' && known?.nameEn ? known.nameEn : (known?.name ?? '—')
  return { code, facts: { name, by: account?.displayName ?? '—', slot: (search.get('slot') ?? '').slice(0, 6) } }
}
