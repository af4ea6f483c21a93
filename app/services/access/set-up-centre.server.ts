import { createAccount } from '#app/db/accounts.server.ts'
import { type FreshCode, freshCode } from '#app/db/activation-codes.server.ts'
import { audit } from '#app/db/audit.server.ts'
import {
  anyCentre,
  createActiveRuleSet,
  createCalendarLayer,
  createCentre,
  waitForSetUp,
} from '#app/db/centres.server.ts'
import { addGrant } from '#app/db/role-grants.server.ts'
import { inTransaction, type Tx } from '#app/db/transaction.server.ts'
import { codeEnd } from '#app/domain/access/activation.ts'
import type { FirstAccount, SetUp } from '#app/domain/access/set-up.ts'
import { fourPunchProfile, twoPunchProfile } from '#app/domain/attendance/presets.ts'
import { stateNotices } from '#app/domain/calendar/notices.ts'
import { leaveProfile } from '#app/domain/leave/preset.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { civilOf } from '#app/domain/time/zone.ts'

export type Slip = FirstAccount & { readonly code: string; readonly endsAt: number }
type Ready = FirstAccount & FreshCode

/** Makes the centre with its rules, calendar and first accounts in one transaction; the codes are answered and kept nowhere. */
export async function setUpCentre(
  setUp: SetUp,
  at: number,
  address: string | null,
): Promise<Result<readonly Slip[], 'already_set_up'>> {
  const ready = await Promise.all(setUp.accounts.map(withCode))
  return await inTransaction(async (tx) => {
    await waitForSetUp(tx)
    if (await anyCentre(tx)) return refuse('already_set_up')
    const { name, nameEn, zone, publicUrl } = setUp
    const centreId = await createCentre(tx, { name, nameEn, zone, publicUrl, createdAt: at })
    await createRules(tx, centreId, setUp, at)
    for (const notice of stateNotices) await createCalendarLayer(tx, centreId, notice, at)
    await audit(tx, { centreId, actor: 'system', action: 'centre.set_up', subject: centreId, address })
    for (const account of ready) await open(tx, centreId, setUp.zone, account, at, address)
    const endsAt = codeEnd(at)
    return ok(ready.map(({ role, signIn, name: person, code }) => ({ role, signIn, name: person, code, endsAt })))
  })
}

async function withCode(account: FirstAccount): Promise<Ready> {
  return { ...account, ...(await freshCode()) }
}

async function createRules(tx: Tx, centreId: string, setUp: SetUp, at: number): Promise<void> {
  const profile = setUp.preset === 'two' ? twoPunchProfile : fourPunchProfile
  const { day } = civilOf(at, setUp.zone)
  // Nobody could punch before there was a centre: earlier days are not judged, or all would be absent in them.
  // Leave that had begun by then is recorded as usual.
  const firsts = [
    ['attendance', profile, day],
    ['leave', leaveProfile, `${day.slice(0, 7)}-01`],
  ] as const
  for (const [kind, first, validFrom] of firsts) {
    const document = { ...first, valid_from: validFrom }
    const { version, name, source } = document
    await createActiveRuleSet(tx, centreId, { kind, version, name, source, validFrom, document, createdAt: at })
  }
}

async function open(
  tx: Tx,
  centreId: string,
  zone: string,
  account: Ready,
  at: number,
  address: string | null,
): Promise<void> {
  const { signIn, name, role, hash } = account
  const startsOn = civilOf(at, zone).day
  const id = await createAccount(tx, {
    centreId,
    signIn,
    name,
    personId: null,
    passwordHash: hash,
    codeEndsAt: codeEnd(at),
    createdAt: at,
  })
  if (id === null) throw new Error(`the number ${signIn} is taken in an empty database`)
  await addGrant(tx, { centreId, accountId: id, role, unitId: null, startsOn, endsOn: null, grantedBy: null })
  await audit(tx, { centreId, actor: 'system', action: 'account.created', subject: id, detail: { role }, address })
}
