import { access as accessEn } from '#app/i18n/en/access.ts'
import { attendance as attendanceEn } from '#app/i18n/en/attendance.ts'
import { common as commonEn } from '#app/i18n/en/common.ts'
import { devices as devicesEn } from '#app/i18n/en/devices.ts'
import type { Shape } from '#app/i18n/shape.ts'
import { access as accessZh } from '#app/i18n/zh-CN/access.ts'
import { attendance as attendanceZh } from '#app/i18n/zh-CN/attendance.ts'
import { common as commonZh } from '#app/i18n/zh-CN/common.ts'
import { devices as devicesZh } from '#app/i18n/zh-CN/devices.ts'

export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]

const zh = { common: commonZh, access: accessZh, devices: devicesZh, attendance: attendanceZh }
const en = { common: commonEn, access: accessEn, devices: devicesEn, attendance: attendanceEn } satisfies Shape<
  typeof zh
>

/** Chinese is the law: its keys are the type of every other language. */
export type Catalogue = typeof zh
export const catalogues: Record<Locale, Shape<Catalogue>> = { 'zh-CN': zh, en }

type Path<Node> = {
  [Key in keyof Node & string]: Node[Key] extends string ? Key : `${Key}.${Path<Node[Key]>}`
}[keyof Node & string]

/** Every sentence by its dotted path, for example 'common.nav.today'. */
export type Key = Path<Catalogue>
