import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import subsetFont from 'subset-font'
import { unicodeRange } from '#app/domain/people/characters/rare.ts'
import { openFont } from '#app/pdf/font-file.ts'

const family = 'Window Staff Names'
const locate = createRequire(import.meta.url)

type Face = { readonly weight: 400 | 700; readonly style: 'sans' | 'song' }
export type FontPart = `${Face['style']}-${Face['weight']}`

/** Sans for what it draws, as the pages are set; Song for the few that only it has. */
const faces: readonly Face[] = [
  { style: 'sans', weight: 400 },
  { style: 'sans', weight: 700 },
  { style: 'song', weight: 400 },
]

const files: Readonly<Record<Face['style'], (weight: Face['weight']) => string>> = {
  sans: (weight) =>
    path.join(folderOf('@embedpdf/fonts-sc'), `fonts/NotoSansHans-${weight === 700 ? 'Bold' : 'Regular'}.otf`),
  song: () => path.join(folderOf('@expo-google-fonts/noto-serif-sc'), '400Regular/NotoSerifSC_400Regular.ttf'),
}

/** Where a package lies; asking for a file inside is what packages may forbid. */
function folderOf(name: string): string {
  const found = (locate.resolve.paths(name) ?? []).map((folder) => path.join(folder, name)).find(existsSync)
  if (found === undefined) throw new Error(`the package ${name} with the fonts for names is not installed`)
  return found
}

export type NameFont = { readonly css: string; readonly parts: ReadonlyMap<FontPart, Buffer> }

/** Changes when the way the font is cut does. */
const edition = 1

/** Names a font by what it holds: another set of characters is another address. */
export function nameFontKey(characters: readonly string[]): string | null {
  if (characters.length === 0) return null
  return createHash('sha256')
    .update(`${edition} ${characters.join('')}`)
    .digest('hex')
    .slice(0, 16)
}

const kept = new Map<string, Promise<NameFont>>()
const mostKept = 8

/** The font of exactly these characters, made once and kept while the process lives (decisions 19). */
export function nameFont(characters: readonly string[]): Promise<NameFont> {
  const key = nameFontKey(characters) ?? ''
  const known = kept.get(key)
  if (known) return known
  const made = make(key, characters)
  kept.set(key, made)
  made.catch(() => kept.delete(key))
  const oldest = kept.keys().next().value
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
  return made
}

async function make(key: string, characters: readonly string[]): Promise<NameFont> {
  const parts = new Map<FontPart, Buffer>()
  const rules: string[] = []
  let left = characters
  for (const style of ['sans', 'song'] as const) {
    const held = await drawn(style, left)
    left = left.filter((one) => !held.includes(one))
    if (held.length === 0) continue
    for (const face of faces.filter((one) => one.style === style)) {
      const part: FontPart = `${face.style}-${face.weight}`
      const whole = await readFile(files[style](face.weight))
      parts.set(part, await subsetFont(whole, held.join(''), { targetFormat: 'woff2' }))
      rules.push(rule(key, part, face.weight, held))
    }
  }
  return { css: rules.join('\n'), parts }
}

async function drawn(style: Face['style'], characters: readonly string[]): Promise<string[]> {
  if (characters.length === 0) return []
  const font = openFont(style, await readFile(files[style](400)))
  return characters.filter((one) => font.glyphOf(one.codePointAt(0) ?? 0) > 0)
}

function rule(key: string, part: FontPart, weight: number, characters: readonly string[]): string {
  const lines = [
    `font-family: "${family}"`,
    'font-style: normal',
    `font-weight: ${weight}`,
    'font-display: swap',
    `src: url("/people/name-font/${key}-${part}.woff2") format("woff2")`,
    `unicode-range: ${unicodeRange(characters)}`,
  ]
  return `@font-face { ${lines.join('; ')} }`
}
