import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { type FontFile, openFont } from './font-file.ts'

/** The shipped faces: Song for everything, its bold for titles, Hei where Song has no such character. Source: decisions 19. */
export type FaceId = 'song' | 'song_bold' | 'hei'

const find = createRequire(import.meta.url).resolve
const serif = '@expo-google-fonts/noto-serif-sc'

const places: Readonly<Record<FaceId, () => string>> = {
  song: () => find(`${serif}/400Regular/NotoSerifSC_400Regular.ttf`),
  song_bold: () => find(`${serif}/700Bold/NotoSerifSC_700Bold.ttf`),
  hei: () => path.join(path.dirname(find('@embedpdf/fonts-sc')), '../fonts/NotoSansHans-Regular.otf'),
}

const names: Readonly<Record<FaceId, string>> = {
  song: 'NotoSerifSC-Regular',
  song_bold: 'NotoSerifSC-Bold',
  hei: 'NotoSansHans-Regular',
}

const open = new Map<FaceId, FontFile>()

/** A shipped face, read from its file once per process. */
export function face(id: FaceId): FontFile {
  const known = open.get(id)
  if (known) return known
  const opened = openFont(names[id], readFileSync(places[id]()))
  open.set(id, opened)
  return opened
}

const chain: readonly FaceId[] = ['song', 'hei']

/** Whether a face may print this code point. A private-use code point means something else in every font, so it never may. */
export function has(id: FaceId, codePoint: number): boolean {
  return !isPrivate(codePoint) && face(id).glyphOf(asDrawn(codePoint)) !== 0
}

function isPrivate(codePoint: number): boolean {
  return (codePoint >= 0xe000 && codePoint <= 0xf8ff) || codePoint >= 0xf_0000
}

export const tickedBox = 0x2611
const emptyBox = 0x25a1

/** The ticked box is drawn as the empty one with a stroke over it: neither face has it. */
export function asDrawn(codePoint: number): number {
  return codePoint === tickedBox ? emptyBox : codePoint
}

/** The first face of the chain for one character; null when no shipped face has it. */
export function faceFor(codePoint: number, first: FaceId): FaceId | null {
  if (has(first, codePoint)) return first
  return chain.find((id) => has(id, codePoint)) ?? null
}

/** The one face a whole name is set in: mixed faces inside a name look like a mistake. Null when no single face has all of it. */
export function faceForName(name: string): FaceId | null {
  const codePoints = [...name].map((character) => character.codePointAt(0) as number)
  return chain.find((id) => codePoints.every((codePoint) => has(id, codePoint))) ?? null
}

/** The advance of a code point in thousandths of the size. */
export function advance(id: FaceId, codePoint: number): number {
  const font = face(id)
  return (font.advanceOf(font.glyphOf(asDrawn(codePoint))) * 1000) / font.unitsPerEm
}
