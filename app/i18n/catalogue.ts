import { access as accessEn } from '#app/i18n/en/access.ts'
import { accounts as accountsEn } from '#app/i18n/en/accounts.ts'
import { alarms as alarmsEn } from '#app/i18n/en/alarms.ts'
import { alternates as alternatesEn } from '#app/i18n/en/alternates.ts'
import { assessment as assessmentEn } from '#app/i18n/en/assessment.ts'
import { attendance as attendanceEn } from '#app/i18n/en/attendance.ts'
import { common as commonEn } from '#app/i18n/en/common.ts'
import { devices as devicesEn } from '#app/i18n/en/devices.ts'
import { doubtful as doubtfulEn } from '#app/i18n/en/doubtful.ts'
import { enrolment as enrolmentEn } from '#app/i18n/en/enrolment.ts'
import { hall as hallEn } from '#app/i18n/en/hall.ts'
import { leave as leaveEn } from '#app/i18n/en/leave.ts'
import { people as peopleEn } from '#app/i18n/en/people.ts'
import { readerCodes as readerCodesEn } from '#app/i18n/en/reader-codes.ts'
import { readerPage as readerPageEn } from '#app/i18n/en/reader-page.ts'
import { terminals as terminalsEn } from '#app/i18n/en/terminals.ts'
import type { Shape } from '#app/i18n/shape.ts'
import { access as accessZh } from '#app/i18n/zh-CN/access.ts'
import { accounts as accountsZh } from '#app/i18n/zh-CN/accounts.ts'
import { alarms as alarmsZh } from '#app/i18n/zh-CN/alarms.ts'
import { alternates as alternatesZh } from '#app/i18n/zh-CN/alternates.ts'
import { assessment as assessmentZh } from '#app/i18n/zh-CN/assessment.ts'
import { attendance as attendanceZh } from '#app/i18n/zh-CN/attendance.ts'
import { common as commonZh } from '#app/i18n/zh-CN/common.ts'
import { devices as devicesZh } from '#app/i18n/zh-CN/devices.ts'
import { doubtful as doubtfulZh } from '#app/i18n/zh-CN/doubtful.ts'
import { enrolment as enrolmentZh } from '#app/i18n/zh-CN/enrolment.ts'
import { hall as hallZh } from '#app/i18n/zh-CN/hall.ts'
import { leave as leaveZh } from '#app/i18n/zh-CN/leave.ts'
import { people as peopleZh } from '#app/i18n/zh-CN/people.ts'
import { readerCodes as readerCodesZh } from '#app/i18n/zh-CN/reader-codes.ts'
import { readerPage as readerPageZh } from '#app/i18n/zh-CN/reader-page.ts'
import { terminals as terminalsZh } from '#app/i18n/zh-CN/terminals.ts'

export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]

const zh = {
  common: commonZh,
  access: accessZh,
  devices: devicesZh,
  attendance: attendanceZh,
  leave: leaveZh,
  people: peopleZh,
  hall: hallZh,
  assessment: assessmentZh,
  accounts: accountsZh,
  enrolment: enrolmentZh,
  readerCodes: readerCodesZh,
  readerPage: readerPageZh,
  alternates: alternatesZh,
  terminals: terminalsZh,
  doubtful: doubtfulZh,
  alarms: alarmsZh,
}
const en = {
  common: commonEn,
  access: accessEn,
  devices: devicesEn,
  attendance: attendanceEn,
  leave: leaveEn,
  people: peopleEn,
  hall: hallEn,
  assessment: assessmentEn,
  accounts: accountsEn,
  enrolment: enrolmentEn,
  readerCodes: readerCodesEn,
  readerPage: readerPageEn,
  alternates: alternatesEn,
  terminals: terminalsEn,
  doubtful: doubtfulEn,
  alarms: alarmsEn,
} satisfies Shape<typeof zh>

/** Chinese is the law: its keys are the type of every other language. */
export type Catalogue = typeof zh
export const catalogues: Record<Locale, Shape<Catalogue>> = { 'zh-CN': zh, en }

type Path<Node> = {
  [Key in keyof Node & string]: Node[Key] extends string ? Key : `${Key}.${Path<Node[Key]>}`
}[keyof Node & string]

/** Every sentence by its dotted path, for example 'common.nav.today'. */
export type Key = Path<Catalogue>
