import { advance, type FaceId, faceFor, faceForName } from './faces.ts'

/** Which face prints each character of one text. */
export type Setting = { readonly faceOf: (codePoint: number) => FaceId; readonly name?: boolean }

export const plain: Setting = { faceOf: (codePoint) => faceFor(codePoint, 'song') ?? 'song' }
export const bold: Setting = { faceOf: (codePoint) => faceFor(codePoint, 'song_bold') ?? 'song_bold' }

/** A name in the one face that has all of it; only where no face has, by character. */
export function settingOfName(name: string): Setting {
  const whole = faceForName(name)
  return { faceOf: whole === null ? plain.faceOf : () => whole, name: true }
}

/** Widths of the usual setting, remembered for the process: a summary is measured at several sizes. One more than the width; 0 is unknown. */
const known = new Uint16Array(0x11_0000)

/** The width of a code point in thousandths of the size. */
export function advanceIn(setting: Setting): (codePoint: number) => number {
  if (setting !== plain) return (codePoint) => advance(setting.faceOf(codePoint), codePoint)
  return (codePoint) => (known[codePoint] || remember(codePoint)) - 1
}

function remember(codePoint: number): number {
  const width = Math.round(advance(plain.faceOf(codePoint), codePoint)) + 1
  known[codePoint] = width
  return width
}

/** The width of a text in points. */
export function widthOf(text: string, size: number, setting: Setting): number {
  const each = advanceIn(setting)
  let sum = 0
  for (const character of text) sum += each(character.codePointAt(0) as number)
  return (sum * size) / 1000
}
