import type { CoverageKind } from '#app/domain/attendance/marks.ts'

/** "HH:MM" or "HH:MM:SS" as seconds of the day. */
export function at(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number)
  return hours * 3600 + minutes * 60 + seconds
}

/** When people put their finger down on the morning the demo shows; who is not named comes as he usually does. */
export const arrivals: Readonly<Record<string, string>> = {
  刘洋: '08:02:14',
  郝雪: '08:14:20',
  赵䶮: '08:17:25',
  单宏志: '08:18:09',
  欧阳若楠: '08:18:44',
  李喆: '08:19:30',
  阿依古丽·买买提: '08:19:36',
  王㛃: '08:20:17',
  陆𬭎: '08:20:41',
  张伟: '08:21:02',
  吴建国: '08:25:31',
  彭涛: '08:26:40',
  韩旸: '08:27:12',
  马玉堃: '08:29:03',
  董浩然: '08:30:47',
  程锦: '08:33:18',
  曹怡: '08:36:05',
  萧翊: '08:39:52',
  郑晓岚: '08:40:11',
  林书瑶: '08:41:29',
  冯璐: '08:44:08',
  邓子昂: '08:45:33',
  唐诗雨: '08:47:16',
  曾祥瑞: '08:50:24',
  宋雅琪: '08:55:07',
  梁志强: '08:56:39',
  何婳: '08:57:02',
  罗晓芬: '08:57:28',
  高翔宇: '08:57:51',
  徐赟: '08:59:10',
  查文静: '08:59:36',
  周雨桐: '08:59:48',
  仇美玲: '09:06:11',
}

/** When those who are away into the afternoon are back. */
export const returns: Readonly<Record<string, string>> = { 潘悦: '14:24:40' }

type Away = {
  readonly name: string
  readonly kind: CoverageKind
  readonly from: string
  readonly to: string
  readonly note: string
  readonly standIn: string | null
}

/** Who is away on that day, until when, and who stands in 替岗. */
export const away: readonly Away[] = [
  { name: '黄海涛', kind: 'annual', from: '00:00', to: '24:00', note: '年休假', standIn: '李喆' },
  { name: '石俊杰', kind: 'training', from: '00:00', to: '24:00', note: '登记业务培训', standIn: '欧阳若楠' },
  { name: '潘悦', kind: 'prenatal', from: '00:00', to: '14:30', note: '产前检查', standIn: '彭涛' },
  { name: '段志远', kind: 'private', from: '00:00', to: '12:00', note: '事假', standIn: null },
  { name: '韩旸', kind: 'duty_out', from: '09:20', to: '11:20', note: '现场踏勘', standIn: null },
  { name: '欧阳若楠', kind: 'duty_out', from: '09:30', to: '10:30', note: '送件到局', standIn: null },
]

/** She does not come and nobody knows why: the board shows her window empty. */
export const noShow = '孙可欣'
