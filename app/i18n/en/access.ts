import type { Shape } from '#app/i18n/shape.ts'
import type { access as zh } from '#app/i18n/zh-CN/access.ts'

export const access = {} satisfies Shape<typeof zh>
