import type { Shape } from '#app/i18n/shape.ts'
import type { devices as zh } from '#app/i18n/zh-CN/devices.ts'

export const devices = {} satisfies Shape<typeof zh>
