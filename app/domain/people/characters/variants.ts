/** Forms that a part takes inside a character, by the character one types for it: 金 also finds 钅. */
const forms: Readonly<Record<string, string>> = {
  金: '钅釒',
  水: '氵氺',
  人: '亻',
  心: '忄㣺',
  手: '扌',
  言: '讠訁',
  草: '艹艸',
  玉: '王𤣩',
  火: '灬',
  犬: '犭',
  示: '礻',
  衣: '衤',
  丝: '纟糸糹',
  食: '饣飠',
  车: '車',
  马: '馬',
  鸟: '鳥',
  鱼: '魚',
  贝: '貝',
  见: '見',
  页: '頁',
  门: '門',
  风: '風',
  韦: '韋',
  龙: '龍',
  齿: '齒',
  齐: '齊',
  长: '長镸',
  竹: '⺮',
  足: '𧾷⻊',
  刀: '刂',
  阜: '阝',
  邑: '阝',
  辶: '⻌',
  走: '辶',
  爪: '爫',
  牛: '牜',
  羊: '⺶𦍌',
  肉: '⺼',
  网: '罒⺲',
  雨: '⻗',
  虎: '虍',
  卢: '盧',
  仑: '侖',
  单: '單',
  东: '東',
  齊: '齐',
}

const shapes = new Map<string, ReadonlySet<string>>()
for (const [typed, others] of Object.entries(forms)) {
  const all = new Set([typed, ...others])
  for (const one of all) shapes.set(one, new Set([...(shapes.get(one) ?? []), ...all]))
}

/** Every shape in which a typed part may stand inside a character, itself first. */
export function shapesOf(part: string): readonly string[] {
  return [part, ...[...(shapes.get(part) ?? [])].filter((one) => one !== part)]
}
