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

/** The width of a code point in thousandths of the size. */
export function advanceIn(setting: Setting): (codePoint: number) => number {
  return (codePoint) => advance(setting.faceOf(codePoint), codePoint)
}

/** The width of a text in points. */
export function widthOf(text: string, size: number, setting: Setting): number {
  let sum = 0
  for (const character of text) {
    const codePoint = character.codePointAt(0) as number
    sum += advance(setting.faceOf(codePoint), codePoint)
  }
  return (sum * size) / 1000
}
