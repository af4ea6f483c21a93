import { audit } from '#app/db/audit.server.ts'
import { deviceRulesOn } from '#app/db/device-rules.server.ts'
import { addDeviceRules, lockDeviceRules, nextVersion } from '#app/db/device-rules-history.server.ts'
import type { By } from '#app/db/enrolment-sending.server.ts'
import { publish } from '#app/db/events.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { type DeviceRules, deviceRules } from '#app/domain/devices/device-rules.ts'
import { changesBetween, type DeviceRuleValues } from '#app/domain/devices/device-rules-form.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'
import { civilOf } from '#app/domain/time/zone.ts'

export type RulesToSave = { readonly values: DeviceRuleValues; readonly name: string }

/** Puts new rules for readers in force from today 设备规则; the version that was in force is kept as it was. */
export async function saveDeviceRules(
  by: By,
  { values, name }: RulesToSave,
  nowMs: number,
): Promise<Result<string, 'unchanged'>> {
  const { centreId, accountId: actor, role, address, zone } = by
  const { day } = civilOf(nowMs, zone)
  return inTransaction(async (tx) => {
    await lockDeviceRules(tx, centreId)
    const before = await deviceRulesOn(tx, centreId, day)
    const changes = changesBetween(before, values)
    if (changes.length === 0) return refuse('unchanged')
    const version = await nextVersion(tx, centreId, day)
    const source = { status: 'set', account: actor }
    const rules: DeviceRules = deviceRules.parse({ ...values, kind: 'devices', version, name, source, valid_from: day })
    const id = await addDeviceRules(tx, centreId, rules, nowMs)
    const detail = Object.fromEntries(changes.map(({ path, before, after }) => [path, `${before} → ${after}`]))
    await audit(tx, {
      centreId,
      actor,
      role,
      action: 'device_rules.saved',
      subject: id,
      detail: { version, ...detail },
      address,
    })
    await publish(tx, { topic: 'source', centreId, kind: 'rules', id })
    return ok(id)
  })
}
