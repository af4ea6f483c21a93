import type { Step } from '#app/domain/devices/command.ts'
import type { T } from '#app/i18n/translator.ts'
import { troubleText } from '#app/ui/readers/trouble-text.ts'

/** A step of a command in words, with the reason where it failed; one the catalogues do not know is shown as the agent told it. */
export function stepText(t: T, step: Step): string {
  const failed = step.state === 'failed'
  // To a press, pulling the plug is a thing one does; to every other command it is what went wrong.
  if (failed && step.step === 'unplugged') return troubleText(t, step.step)
  const at = step.step === 'failed_at' ? { at: testStep(t, step) } : {}
  const key = `devices.command.known.${step.step}`
  const what = t.has(key) ? t(key, { ...step.facts, ...at }) : troubleText(t, step.step)
  const { reason } = step.facts
  if (!failed || reason === undefined) return what
  return t('devices.command.because', { what, reason: troubleText(t, String(reason)) })
}

/** What a press at the emulated reader came to. */
export function pressText(t: T, step: Step): string {
  if (step.state === 'failed' && step.step === 'unplugged') return t('devices.demo.still_unplugged')
  return stepText(t, step)
}

/** A self-test's steps have names of their own. */
function testStep(t: T, { facts: { at } }: Step): string {
  const key = `readerPage.test.step.${at}`
  return t.has(key) ? t(key) : String(at ?? '')
}
