/**
 * Characters that are read differently as a surname 姓氏异读. A stored reading that follows the dictionary's first entry
 * ("ceng", "dan") is corrected by this table. Two readings are both in use where the table lists several: the stored one stands.
 */
const surnameReadings: Readonly<Record<string, readonly string[]>> = {
  曾: ['zeng'],
  单: ['shan'],
  查: ['zha'],
  仇: ['qiu'],
  区: ['ou'],
  解: ['xie'],
  任: ['ren'],
  朴: ['piao'],
  盖: ['ge'],
  尹: ['yin'],
  冼: ['xian'],
  洗: ['xian'],
  繁: ['po'],
  员: ['yun'],
  贠: ['yun'],
  秘: ['bi'],
  种: ['chong'],
  重: ['chong'],
  乐: ['yue', 'le'],
  召: ['shao'],
  华: ['hua'],
  纪: ['ji'],
  缪: ['miao'],
  翟: ['zhai', 'di'],
  覃: ['qin', 'tan'],
  谌: ['chen', 'shen'],
  葛: ['ge'],
  宁: ['ning'],
  甯: ['ning'],
  折: ['she'],
  黑: ['he', 'hei'],
  盛: ['sheng'],
  燕: ['yan'],
  万: ['wan'],
  牟: ['mou', 'mu'],
  那: ['na'],
  哈: ['ha'],
  句: ['gou'],
  佴: ['nai'],
  阚: ['kan'],
  适: ['kuo'],
  过: ['guo'],
  不: ['fou'],
  令: ['ling'],
  車: ['che'],
  车: ['che'],
  柏: ['bai', 'bo'],
  薄: ['bo'],
  卜: ['bu'],
  晟: ['cheng'],
  郗: ['xi', 'chi'],
  厘: ['xi'],
  撒: ['sa'],
  尉: ['wei'],
  隗: ['wei', 'kui'],
  祭: ['zhai'],
  褚: ['chu'],
  逄: ['pang'],
  訾: ['zi'],
  幺: ['yao'],
  瞿: ['qu'],
  臧: ['zang'],
  藏: ['zang'],
  长: ['chang'],
  曲: ['qu'],
  应: ['ying'],
  宿: ['su'],
  舍: ['she'],
  相: ['xiang'],
  行: ['xing'],
  少: ['shao'],
  否: ['fou'],
}

/** Compound surnames 复姓 with their reading; 尉迟 and 万俟 are read as nobody guesses. */
const compoundSurnames: Readonly<Record<string, readonly string[]>> = {
  欧阳: ['ou', 'yang'],
  上官: ['shang', 'guan'],
  司马: ['si', 'ma'],
  司徒: ['si', 'tu'],
  司空: ['si', 'kong'],
  诸葛: ['zhu', 'ge'],
  尉迟: ['yu', 'chi'],
  万俟: ['mo', 'qi'],
  长孙: ['zhang', 'sun'],
  夏侯: ['xia', 'hou'],
  皇甫: ['huang', 'fu'],
  令狐: ['ling', 'hu'],
  慕容: ['mu', 'rong'],
  宇文: ['yu', 'wen'],
  公孙: ['gong', 'sun'],
  轩辕: ['xuan', 'yuan'],
  独孤: ['du', 'gu'],
  南宫: ['nan', 'gong'],
  东方: ['dong', 'fang'],
  端木: ['duan', 'mu'],
  申屠: ['shen', 'tu'],
  澹台: ['tan', 'tai'],
  单于: ['chan', 'yu'],
  呼延: ['hu', 'yan'],
  钟离: ['zhong', 'li'],
  闻人: ['wen', 'ren'],
  赫连: ['he', 'lian'],
  拓跋: ['tuo', 'ba'],
  西门: ['xi', 'men'],
  濮阳: ['pu', 'yang'],
  淳于: ['chun', 'yu'],
  太史: ['tai', 'shi'],
  鲜于: ['xian', 'yu'],
  百里: ['bai', 'li'],
  东郭: ['dong', 'guo'],
  公冶: ['gong', 'ye'],
  完颜: ['wan', 'yan'],
  纳兰: ['na', 'lan'],
  第五: ['di', 'wu'],
  宗政: ['zong', 'zheng'],
}

const middleDots = /[·•・‧∙.．]/u

/** True for a name written with a middle dot, as many minority and foreign names are: it has no surname to cut off. */
export function isDottedName(name: string): boolean {
  return middleDots.test(name)
}

/** The surname 姓 of a Chinese name: two characters when they are a compound surname; empty for a name with ·, which has none. */
export function surnameOf(name: string): string {
  const characters = [...name.trim()]
  if (isDottedName(name) || characters.length === 0) return ''
  const two = characters.slice(0, 2).join('')
  return characters.length > 2 && Object.hasOwn(compoundSurnames, two) ? two : (characters[0] ?? '')
}

/** How a surname is read as a surname, syllable by syllable; null where the dictionary's own reading is right. */
export function surnameReading(surname: string): readonly string[] | null {
  if (Object.hasOwn(compoundSurnames, surname)) return compoundSurnames[surname] ?? null
  const single = Object.hasOwn(surnameReadings, surname) ? surnameReadings[surname]?.[0] : undefined
  return single === undefined ? null : [single]
}

/** A reading in plain letters: lower case, tones cut, ü as v, one space between syllables. */
export function plainReading(reading: string): string {
  return reading
    .normalize('NFD')
    .replace(/u([\u0300\u0301\u0304\u030c]*)\u0308/giu, 'v$1')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/gu, '')
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim()
}

/**
 * The key by which people are put in order: the surname by its reading as a surname, then the given name, then the characters
 * themselves, so that equal readings always come out alike. Source: product principle 8.
 */
export function sortKey(name: string, reading: string): string {
  const syllables = plainReading(reading).split(' ').filter(Boolean)
  const { surname, given } = splitReading(surnameOf(name), syllables)
  const characters = [...name].map((c) => (c.codePointAt(0) ?? 0).toString(16).padStart(6, '0'))
  return [surname, given, ...characters].join(' ')
}

/** Reading of the surname, corrected, and of the rest; a compound surname may be stored as one word or two. */
function splitReading(surname: string, syllables: readonly string[]): { surname: string; given: string } {
  const [first = '', ...rest] = syllables
  const compound = Object.hasOwn(compoundSurnames, surname) ? compoundSurnames[surname] : undefined
  if (compound) {
    const whole = compound.join('')
    return { surname: whole, given: (first === whole ? rest : rest.slice(1)).join('') }
  }
  const allowed = Object.hasOwn(surnameReadings, surname) ? surnameReadings[surname] : undefined
  const own = allowed && !allowed.includes(first) ? (allowed[0] ?? first) : first
  return { surname: own, given: rest.join('') }
}

/** Puts people in the order of a roll 按姓氏读音排序. */
export function compareNames(
  a: { readonly name: string; readonly reading: string },
  b: { readonly name: string; readonly reading: string },
): number {
  const [left, right] = [sortKey(a.name, a.reading), sortKey(b.name, b.reading)]
  return left < right ? -1 : left > right ? 1 : 0
}

export type NameSize = 'normal' | 'long' | 'very_long' | 'extreme'

/** How far a name must shrink on screen, counted in code points so that rare characters count once. Source: design guide. */
export function nameSize(name: string): NameSize {
  const length = [...name].length
  if (length <= 4) return 'normal'
  if (length <= 8) return 'long'
  return length <= 16 ? 'very_long' : 'extreme'
}
