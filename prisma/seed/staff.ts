import { plainReading } from '#app/domain/people/name.ts'
import type { IdentityKind } from '#app/domain/people/person.ts'
import type { UnitKey } from './hall.ts'
import { leftLines, moreLines } from './staff-more.ts'

/** early: the usual person; edge: arrives within minutes of nine; late: often late; leaver: often leaves early. */
export type Habit = 'early' | 'edge' | 'late' | 'leaver'

export type StaffLine = {
  readonly name: string
  /** Pinyin with the surname read as a surname: 曾 zeng, 单 shan, 查 zha, 仇 qiu. */
  readonly reading: string
  /** First letter of every syllable, what people type to find somebody: "zxr". */
  readonly initials: string
  readonly nameEn: string
  readonly unit: UnitKey
  readonly identity: IdentityKind
  readonly habit: Habit
  readonly gender: 'female' | 'male'
}

/** "name | reading | English | unit | identity | habit", one line a person; the order gives the staff number and the slot. */
const lines = `
宋雅琪 | song yaqi | Song Yaqi | market | civil_servant | edge
林书瑶 | lin shuyao | Lin Shuyao | market | civil_servant | early
张伟 | zhang wei | Zhang Wei | market | civil_servant | early
黄海涛 | huang haitao | Huang Haitao | market | civil_servant | early
曾祥瑞 | zeng xiangrui | Zeng Xiangrui | seals | enterprise | early
程锦 | cheng jin | Cheng Jin | market | institution_management | early
梁志强 | liang zhiqiang | Liang Zhiqiang | planning | civil_servant | edge
陆𬭎 | lu hong | Lu Hong | housing | institution_technical | early
韩旸 | han yang | Han Yang | housing | institution_technical | early
唐诗雨 | tang shiyu | Tang Shiyu | ecology | civil_servant | early
徐赟 | xu yun | Xu Yun | housing | institution_technical | edge
董浩然 | dong haoran | Dong Haoran | utilities | enterprise | early
赵䶮 | zhao yan | Zhao Yan | labour | reference_managed | early
曹怡 | cao yi | Cao Yi | labour | reference_managed | early
何婳 | he hua | He Hua | labour | institution_management | edge
潘悦 | pan yue | Pan Yue | labour | institution_management | early
王㛃 | wang jie | Wang Jie | medical | institution_technical | early
冯璐 | feng lu | Feng Lu | fund | institution_management | early
仇美玲 | qiu meiling | Qiu Meiling | planning | institution_management | late
萧翊 | xiao yi | Xiao Yi | planning | institution_management | early
孙可欣 | sun kexin | Sun Kexin | planning | contract | late
石俊杰 | shi junjie | Shi Junjie | planning | institution_management | early
马玉堃 | ma yukun | Ma Yukun | tax | civil_servant | early
罗晓芬 | luo xiaofen | Luo Xiaofen | tax | civil_servant | edge
阿依古丽·买买提 | ayiguli maimaiti | Ayguli Maimaiti | police | civil_servant | early
高翔宇 | gao xiangyu | Gao Xiangyu | police | civil_servant | edge
邓子昂 | deng zi'ang | Deng Ziang | police | labour_dispatch | early
蒋晓燕 | jiang xiaoyan | Jiang Xiaoyan | police | labour_dispatch | early
沈立群 | shen liqun | Shen Liqun | police | civil_servant | early
郝雪 | hao xue | Hao Xue | police | labour_dispatch | early
单宏志 | shan hongzhi | Shan Hongzhi | services | civil_servant | early
郑晓岚 | zheng xiaolan | Zheng Xiaolan | services | contract | early
查文静 | zha wenjing | Zha Wenjing | services | contract | edge
周雨桐 | zhou yutong | Zhou Yutong | services | contract | late
吴建国 | wu jianguo | Wu Jianguo | services | contract | early
刘洋 | liu yang | Liu Yang | services | civil_servant | early
李喆 | li zhe | Li Zhe | market | civil_servant | early
彭涛 | peng tao | Peng Tao | labour | institution_management | early
欧阳若楠 | ouyang ruonan | Ouyang Ruonan | planning | institution_management | early
段志远 | duan zhiyuan | Duan Zhiyuan | services | contract | leaver
钱卫东 | qian weidong | Qian Weidong | services | institution_management | late
仇春 | qiu chun | Qiu Chun | market | civil_servant | leaver
田堃 | tian kun | Tian Kun | labour | institution_technical | early
段欣怡 | duan xinyi | Duan Xinyi | market | civil_servant | early
韩东 | han dong | Han Dong | housing | contract | edge
魏琳 | wei lin | Wei Lin | services | civil_servant | early
秦岚 | qin lan | Qin Lan | services | civil_servant | early
龙天 | long tian | Long Tian | police | labour_dispatch | edge
唐慧 | tang hui | Tang Hui | services | civil_servant | early
郭立凡 | guo lifan | Guo Lifan | services | institution_technical | early
罗志远 | luo zhiyuan | Luo Zhiyuan | services | institution_technical | early
沈静 | shen jing | Shen Jing | services | civil_servant | early
贺敏之 | he minzhi | He Minzhi | services | civil_servant | early
王岱岳 | wang daiyue | Wang Daiyue | services | civil_servant | early
陶然 | tao ran | Tao Ran | services | civil_servant | early
方小满 | fang xiaoman | Fang Xiaoman | services | contract | early
叶知秋 | ye zhiqiu | Ye Zhiqiu | tax | civil_servant | edge
解明远 | xie mingyuan | Xie Mingyuan | ecology | civil_servant | early
任盈 | ren ying | Ren Ying | medical | institution_technical | early
区少坤 | ou shaokun | Ou Shaokun | utilities | enterprise | early
`

const women = new Set(
  `宋雅琪 林书瑶 程锦 唐诗雨 曹怡 何婳 潘悦 王㛃 冯璐 仇美玲 孙可欣 罗晓芬 阿依古丽·买买提 蒋晓燕 郝雪 郑晓岚 查文静 周雨桐
   欧阳若楠 段欣怡 魏琳 秦岚 唐慧 沈静 贺敏之 方小满 叶知秋 任盈`.split(/\s+/),
)

function staffOf(text: string): StaffLine[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', reading = '', nameEn = '', unit, identity, habit, gender] = line.split(' | ')
      return {
        name,
        reading: plainReading(reading.replaceAll("'", '')),
        initials: initialsOf(reading),
        nameEn,
        unit: unit as UnitKey,
        identity: identity as IdentityKind,
        habit: habit as Habit,
        gender: gender === 'f' || women.has(name) ? 'female' : 'male',
      }
    })
}

/** The people of the demo hall. All invented; some names need rare characters or a surname's own reading. */
export const staff: readonly StaffLine[] = staffOf(lines + moreLines.trimStart())

/** Who has served here and gone, with the window each held before the one who holds it now. */
export const leftStaff: readonly StaffLine[] = staffOf(leftLines)
export const leftWindows: readonly string[] = ['A04', 'B02', 'C02', 'D05', 'E04', 'F03']

/** A syllable is consonants, vowels, and n, ng or r when no vowel follows; an apostrophe parts what cannot be told. */
function initialsOf(reading: string): string {
  const syllables = reading.match(/[b-df-hj-np-tv-z]*[aeiouü]+(?:ng(?![aeiouü])|[nr](?![aeiouüg]))?/g) ?? []
  return syllables.map((syllable) => syllable.slice(0, 1)).join('')
}

/** Staff number 工号 of the n-th person: 30501 upwards, never reused. */
export function staffNumber(index: number): string {
  return String(30501 + index)
}

type Post = readonly [name: string, post: string, window: string | null]

/** Who stands where besides the A post of the window in the same order. */
export const extraPosts: readonly Post[] = [
  ['李喆', 'b', 'A03'],
  ['李喆', 'b', 'A04'],
  ['宋雅琪', 'b', 'A02'],
  ['林书瑶', 'b', 'A01'],
  ['仇春', 'reserve', 'A06'],
  ['段欣怡', 'reserve', 'A04'],
  ['韩东', 'b', 'B02'],
  ['陆𬭎', 'b', 'B03'],
  ['解明远', 'b', 'B04'],
  ['区少坤', 'b', 'B06'],
  ['曹怡', 'b', 'C01'],
  ['田堃', 'b', 'C03'],
  ['彭涛', 'b', 'C04'],
  ['冯璐', 'b', 'C05'],
  ['王㛃', 'b', 'C06'],
  ['任盈', 'reserve', 'C05'],
  ['欧阳若楠', 'b', 'D04'],
  ['萧翊', 'b', 'D03'],
  ['叶知秋', 'b', 'D05'],
  ['高翔宇', 'b', 'E01'],
  ['龙天', 'b', 'E04'],
  ['段志远', 'b', 'F04'],
  ['郑晓岚', 'b', 'F01'],
  ['钱卫东', 'back_office', null],
  ['魏琳', 'back_office', null],
  ['秦岚', 'back_office', null],
  ['唐慧', 'back_office', null],
  ['郭立凡', 'back_office', null],
  ['罗志远', 'back_office', null],
  ['沈静', 'back_office', null],
  ['贺敏之', 'back_office', null],
  ['王岱岳', 'back_office', null],
  ['陶然', 'duty_officer', null],
  ['方小满', 'guide', null],
  ['苏玥', 'b', 'A05'],
  ['贾祎宁', 'b', 'A06'],
  ['文静怡', 'b', 'B01'],
  ['樊星', 'b', 'B05'],
  ['余璟', 'b', 'C02'],
  ['江一鸣', 'b', 'D06'],
  ['汪洁', 'b', 'E02'],
  ['戴翀', 'b', 'E03'],
  ['夏炘', 'b', 'E05'],
  ['锺山', 'b', 'E06'],
  ['田雨禾', 'b', 'F02'],
  ['姜昉', 'b', 'F03'],
  ['丁珺', 'reserve', 'A02'],
  ['任海洋', 'reserve', 'B01'],
  ['沙依兰·努尔', 'reserve', 'B03'],
  ['兰馨', 'reserve', 'B02'],
  ['杜若', 'reserve', 'D05'],
  ['顾盼', 'reserve', 'D06'],
  ['方旭', 'reserve', 'C05'],
  ['武思齐', 'reserve', 'C06'],
  ['殷实', 'reserve', 'F01'],
  ['施诗', 'guide', null],
  ['陶李', 'guide', null],
  ['温馨', 'guide', null],
  ['安琪', 'guide', null],
  ['颜如玉', 'guide', null],
  ['洛桑扎西', 'guide', null],
  ['吕文昊', 'back_office', null],
  ['范晓彤', 'back_office', null],
  ['石垚', 'back_office', null],
  ['姚远', 'back_office', null],
  ['谭思源', 'back_office', null],
  ['廖静姝', 'back_office', null],
  ['邹平', 'back_office', null],
  ['熊彧', 'back_office', null],
  ['金美兰', 'back_office', null],
  ['陈頔', 'back_office', null],
  ['白朗', 'back_office', null],
  ['孔令仪', 'back_office', null],
  ['盖志鹏', 'back_office', null],
  ['崔岩', 'back_office', null],
  ['万俟雪', 'back_office', null],
  ['尉迟川', 'back_office', null],
  ['康婷', 'back_office', null],
  ['毛建华', 'back_office', null],
  ['史可心', 'back_office', null],
  ['侯晨曦', 'back_office', null],
  ['古丽娜尔·阿不都热合曼', 'back_office', null],
  ['秦朗', 'back_office', null],
  ['洪斌', 'back_office', null],
  ['常乐', 'back_office', null],
  ['乔安', 'back_office', null],
  ['贺新民', 'back_office', null],
  ['龚雪琴', 'back_office', null],
  ['庞大海', 'back_office', null],
  ['翟文涛', 'back_office', null],
  ['倪虹', 'back_office', null],
  ['严格', 'back_office', null],
  ['牛犇', 'back_office', null],
  ['鲁班固', 'back_office', null],
]

/** The windows whose holder is not an A post. */
export const otherHolders: Readonly<Record<string, string>> = { F05: 'guide', F06: 'duty_officer' }

/** Chief representatives 首席代表 and the windows they are named over. */
export const chiefs: readonly (readonly [string, readonly string[]])[] = [
  ['张伟', ['A01', 'A02', 'A03', 'A04', 'A06']],
  ['梁志强', ['B01']],
  ['陆𬭎', ['B02', 'B03', 'B05']],
  ['赵䶮', ['C01', 'C02', 'C03', 'C04']],
  ['萧翊', ['D01', 'D02', 'D03', 'D04']],
  ['马玉堃', ['D05', 'D06']],
  ['阿依古丽·买买提', ['E01', 'E02', 'E03', 'E04', 'E05', 'E06']],
  ['单宏志', ['F01', 'F02', 'F03', 'F04']],
]
