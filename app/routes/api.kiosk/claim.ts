import { claimsOfKiosk } from '#app/db/alternate-claims.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { deviceRulesOn } from '#app/db/device-rules.server.ts'
import type { ClaimAnswer, KioskState } from '#app/domain/devices/alternate-answer.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { type ClaimRequest, claimByKiosk } from '#app/services/devices/claim-by-kiosk.server.ts'

export type Kiosk = {
  readonly centreId: string
  readonly kioskId: string
  readonly sourceId: string | null
  readonly zone: string
}

/** Whether the screen may speak, and what was registered at it today without a finger. */
export async function kioskState(kiosk: Kiosk, nowMs: number): Promise<KioskState> {
  const { centreId, kioskId, sourceId, zone } = kiosk
  const { speak_greetings: speaks } = await deviceRulesOn(prisma, centreId, civilOf(nowMs, zone).day)
  const of = sourceId === null ? null : kioskId
  return { speaks, claims: await claimsOfKiosk(prisma, { id: centreId, zone }, of, nowMs) }
}

/** A number alone is a card's: whoever swipes while a field has the cursor, without script, sends it as a staff number. */
function wayOf(form: FormData): ClaimRequest['by'] | null {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const [card, staffNumber, pin] = [text('card'), text('number'), text('pin')]
  if (card !== '') return { card }
  if (staffNumber !== '' && pin !== '') return { staffNumber, pin }
  return staffNumber === '' ? null : { card: staffNumber }
}

/** Registers who holds a card or knows a PIN, and says so; a wrong one is answered alike whatever was wrong. */
export async function answerClaim(
  kiosk: Kiosk,
  form: FormData,
  address: string | null,
  nowMs: number,
): Promise<ClaimAnswer> {
  const nobody = { greeting: null, attempts: 0, minutes: 0 }
  const by = wayOf(form)
  if (by === null) return { ...nobody, code: 'missing' }
  const { centreId, kioskId, zone } = kiosk
  const claimed = await claimByKiosk({ centreId, kioskId, zone, address, by }, nowMs)
  if (!claimed.ok) {
    const { attempts, minutes } = claimed.facts
    return { ...nobody, code: 'refused', attempts: Number(attempts), minutes: Number(minutes) }
  }
  const { key, already } = claimed.value
  const { claims } = await kioskState(kiosk, nowMs)
  const greeting = claims.find((one) => one.key === key) ?? null
  return { ...nobody, code: already ? 'already' : 'claimed', greeting }
}
