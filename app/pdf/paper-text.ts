import { faceFor } from './faces.ts'

const kangxi = /[\u2f00-\u2fd5]/g
const others = /[\u2219\u2610\u2714-\u2717\u2e80-\u2eff\uf06c-\uf0fc]/g

/** Radicals of the supplement that share their drawing with a character: texts copied out of other PDFs are full of them. */
const pairs =
  '⺂乛 ⺃乚 ⺅亻 ⺉刂 ⺎兀 ⺏尣 ⺐尢 ⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖忄 ⺘扌 ⺙攵 ⺛旡 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺣灬 ⺦丬 ⺨犭 ⺫罒 ⺭礻 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺹耂 ⺺肀 ⺾艹 ⻁虎 ⻂衤 ⻃覀 ⻅见 ' +
  '⻆角 ⻈讠 ⻉贝 ⻋车 ⻌辶 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻖阝 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻟飠 ⻠饣 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟'
/** Signs that no shipped font has beside those that it has; the last line is what word processors leave of their bullets. */
const signs = [
  '☐□',
  '✔✓',
  '∙·',
  '✕×',
  '✗×',
  '\uf0b7•',
  '\uf06c●',
  '\uf06e■',
  '\uf0a7■',
  '\uf075◆',
  '\uf0d8•',
  '\uf0fc✓',
]
const lookalikes = new Map([...pairs.split(' '), ...signs].map((pair) => [pair.slice(0, 1), pair.slice(1)]))
const spaces = /(?!\u3000)\p{Zs}/gu
const unseen = /\p{Default_Ignorable_Code_Point}/gu
const controls = /(?!\n)\p{Cc}/gu

/**
 * A text as paper takes it: one kind of line feed, composed letters, no characters that cannot be seen, and the unified character in the
 * place of a radical, which looks the same and is found by no search. Source: stack.md, fonts for PDF.
 */
export function paperText(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .normalize('NFC')
    .replace(kangxi, (radical) => radical.normalize('NFKC'))
    .replace(others, (sign) => lookalikes.get(sign) ?? sign)
    .replace(controls, ' ')
    .replace(unseen, '')
    .replace(spaces, ' ')
}

/** The characters of a text, each once, that no shipped font has; of a name these are asked before it is saved. */
export function missingGlyphs(text: string): string[] {
  const characters = new Set(paperText(text).replaceAll('\n', ''))
  return [...characters].filter((character) => faceFor(character.codePointAt(0) as number, 'song') === null)
}
