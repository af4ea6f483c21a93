import type { Step } from '#app/domain/devices/command.ts'
import type { T } from '#app/i18n/translator.ts'

/** A step of a command in words; one that the catalogues do not know is shown as the agent told it. */
export function stepText(t: T, step: Step): string {
  if (step.step === 'failed_at') return t('devices.command.known.failed_at', { at: testStep(t, step.facts.at) })
  const failed = `devices.command.known.${step.step}_failed`
  if (step.state === 'failed' && t.has(failed)) return t(failed, step.facts)
  const key = `devices.command.known.${step.step}`
  return t.has(key) ? t(key, step.facts) : step.step
}

/** A self-test's steps have names of their own. */
function testStep(t: T, at: string | number | undefined): string {
  const key = `readerPage.test.step.${at}`
  return t.has(key) ? t(key) : String(at ?? '')
}
