import { sessionCookieName } from '#app/auth/cookies.server.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { hashSecret, newSecret } from '#app/db/secrets.server.ts'
import { createSession } from '#app/db/sessions.server.ts'
import type { Role } from '#app/domain/access/roles.ts'
import type { Fixture } from '#test/support/fixture.ts'

/** A session of the fixture's own account of a role, with its person. */
export async function as(fixture: Fixture, role: Role): Promise<string> {
  const at = now()
  const secret = newSecret()
  const accountId = fixture.accountIds[role]
  const more = { role, at, endsAt: at + 3_600_000, address: null, userAgent: null }
  await createSession(prisma, { centreId: fixture.centreId, accountId, tokenHash: hashSecret(secret), ...more })
  return `${sessionCookieName}=${secret}`
}
