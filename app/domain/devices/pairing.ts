export type PairingRefusal = 'pairing_unknown' | 'pairing_used' | 'pairing_expired'

/** How long a pairing code is good for, shown once to whoever made it (proposed by us). */
export const pairingLastsMs = 600_000

/** Why a pairing code 配对码 does not let a device in: unknown, used before, or older than ten minutes. Source: decisions 21. */
export function pairingProblem(
  pairing: { readonly used: boolean; readonly endsAtMs: number } | null,
  nowMs: number,
): PairingRefusal | null {
  if (pairing === null) return 'pairing_unknown'
  if (pairing.used) return 'pairing_used'
  return pairing.endsAtMs <= nowMs ? 'pairing_expired' : null
}

const mark = ' @'

/** The label of a kiosk's pairing carries the reader it will show, if only one. Source: schema (Pairing has a label only). */
export function kioskPairingLabel(name: string, sourceId: string | null): string {
  return sourceId === null ? name : `${name}${mark}${sourceId}`
}

/** Reads back the label of a kiosk's pairing. Source: `kioskPairingLabel`. */
export function kioskLabel(label: string): { readonly name: string; readonly sourceId: string | null } {
  const at = label.lastIndexOf(mark)
  const id = at < 0 ? '' : label.slice(at + mark.length)
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
  return isId ? { name: label.slice(0, at), sourceId: id } : { name: label, sourceId: null }
}
