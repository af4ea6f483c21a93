import { expect, test } from 'vitest'
import type { Step } from '#app/domain/devices/command.ts'
import { translator } from '#app/i18n/translator.ts'
import { pressText, stepText } from '#app/ui/devices/step-text.ts'

const failed = (step: string, facts: Step['facts'] = {}): Step => ({
  state: 'failed',
  step,
  facts,
  at: '2026-11-23T01:00:00.000Z',
})

test.each(['zh-CN', 'en'] as const)('a step that failed says why, in %s', (locale) => {
  const t = translator(locale)
  const copy = stepText(t, failed('copy_refused', { serial: '6231-0185', slot: 4, reason: 'dialect_differs' }))
  expect(copy).toContain('6231-0185')
  expect(copy).toContain(t('devices.readers.detail.dialect_differs'))
  const tested = stepText(t, failed('failed_at', { at: 'sensor', reason: 'sensor_error' }))
  expect(tested).toContain(t('readerPage.test.step.sensor'))
  expect(tested).toContain(t('readerCodes.sensor_error'))
})

test('only a press is told to put the plug back', () => {
  const t = translator('zh-CN')
  expect(stepText(t, failed('unplugged'))).toBe(t('readerCodes.unplugged'))
  expect(pressText(t, failed('unplugged'))).toBe(t('devices.demo.still_unplugged'))
})

test('a step nobody knows is shown as it came', () => {
  expect(stepText(translator('en'), failed('quite_new'))).toBe('quite_new')
})
