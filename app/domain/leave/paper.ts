/** A scan of the paper slip: what it may be, told by its first bytes and not by its name. */
export const paperTypes = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46],
  'image/png': [0x89, 0x50, 0x4e, 0x47],
  'image/jpeg': [0xff, 0xd8, 0xff],
} as const

export type PaperType = keyof typeof paperTypes
export const paperLimit = 10 * 1024 * 1024

/** The media type of a scan, or null when it is none of those that can be shown. */
export function paperTypeOf(bytes: Uint8Array): PaperType | null {
  const found = Object.entries(paperTypes).find(([, start]) => start.every((byte, index) => bytes[index] === byte))
  return found ? (found[0] as PaperType) : null
}
