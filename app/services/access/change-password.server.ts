import { accountSecrets, savePassword } from '#app/db/accounts.server.ts'
import { audit } from '#app/db/audit.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { hashPassword, verifyPassword } from '#app/db/password-hash.server.ts'
import { endOtherSessions } from '#app/db/sessions.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { type PasswordProblem, passwordProblems, plainCode } from '#app/domain/access/password.ts'
import type { Role } from '#app/domain/access/roles.ts'
import type { AccessSettings } from '#app/domain/access/settings.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

type Changing = {
  readonly centreId: string
  readonly accountId: string
  readonly sessionId: string
  readonly role: Role
  readonly address: string | null
}

export type PasswordChange = {
  readonly current: string
  readonly wanted: string
  readonly again: string
  readonly at: number
  readonly settings: AccessSettings
}

type Code = 'wrong_current' | 'not_the_same' | PasswordProblem

/** Replaces one's own password and ends one's sessions elsewhere. All problems of the new one are in `facts.problems`. */
export async function changePassword(visitor: Changing, change: PasswordChange): Promise<Result<number, Code>> {
  const { centreId, accountId, sessionId, role, address } = visitor
  const account = await accountSecrets(prisma, centreId, accountId)
  const current = account.mustChangePassword ? plainCode(change.current) : change.current
  if (!(await verifyPassword(current, account.passwordHash))) return refuse('wrong_current')
  const facts = { password: change.wanted, signIn: account.signIn, name: account.displayName, previous: change.current }
  const problems = passwordProblems(facts, change.settings)
  const first = problems[0]
  if (first) return refuse(first, { problems: problems.join(' ') })
  if (change.wanted !== change.again) return refuse('not_the_same')
  const hash = await hashPassword(change.wanted)
  const ended = await inTransaction(async (tx) => {
    await savePassword(tx, centreId, accountId, hash)
    const others = await endOtherSessions(tx, { centreId, accountId, sessionId }, change.at, 'password_changed')
    const detail = { sessions_ended: others }
    await audit(tx, {
      centreId,
      actor: accountId,
      role,
      action: 'password.changed',
      subject: accountId,
      detail,
      address,
    })
    return others
  })
  return ok(ended)
}
