import type { Shape } from '#app/i18n/shape.ts'
import type { attendance as zh } from '#app/i18n/zh-CN/attendance.ts'

export const attendance = {} satisfies Shape<typeof zh>
