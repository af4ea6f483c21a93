import { data } from '@remix-run/node'
import { prisma } from '#app/db/client.server.ts'
import { hashSecret } from '#app/db/secrets.server.ts'
import { kioskCookieName, readCookie, writeCookie } from './cookies.server.ts'

export type KioskVisitor = {
  readonly centreId: string
  readonly kioskId: string
  readonly sourceId: string | null
  readonly zone: string
  readonly centreName: string
  readonly centreNameEn: string
}

type Asked = { readonly request: Request; readonly context?: unknown }

const tenYears = 315_360_000

/** The Set-Cookie header that lets a paired screen back in; it neither idles out nor ends with the browser. */
export function kioskCookie(secret: string): string {
  return writeCookie(kioskCookieName, secret, tenYears)
}

/** The screen behind the kiosk cookie, or null when it was never paired or was revoked. */
export async function kioskOrNull({ request }: Asked): Promise<KioskVisitor | null> {
  const secret = readCookie(request, kioskCookieName)
  if (!secret) return null
  const row = await prisma.kiosk.findUnique({
    where: { tokenHash: hashSecret(secret) },
    include: { centre: { select: { name: true, nameEn: true, zone: true } } },
  })
  if (!row || row.revokedAt) return null
  const { name, nameEn, zone } = row.centre
  return {
    centreId: row.centreId,
    kioskId: row.id,
    sourceId: row.sourceId,
    zone,
    centreName: name,
    centreNameEn: nameEn,
  }
}

/** The first line of what only a paired screen may ask for. */
export async function guardKiosk(args: Asked): Promise<KioskVisitor> {
  const kiosk = await kioskOrNull(args)
  if (!kiosk) throw data({ code: 'kiosk_unknown' }, { status: 401 })
  return kiosk
}
