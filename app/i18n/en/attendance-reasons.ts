import type { Shape } from '#app/i18n/shape.ts'
import type { reason as zh } from '#app/i18n/zh-CN/attendance-reasons.ts'

export const reason = {} satisfies Shape<typeof zh>
