import type { Step } from '#app/domain/devices/command.ts'
import type { Named } from '#app/domain/devices/readers-view.ts'
import type { Params, T } from '#app/i18n/translator.ts'

/** The Chinese or the English name of a pair, by language. */
export function nameOf(t: T, { name, nameEn }: Named): string {
  return t.locale === 'en' && nameEn !== '' ? nameEn : name
}

export function fingerName(t: T, finger: number | null): string {
  const key = `enrolment.finger.f${finger}`
  return t.has(key) ? t(key) : t('enrolment.finger.unknown')
}

/** Why a press must be repeated, in words; a code the catalogues do not know has a sentence for all of its kind. */
export function retryText(t: T, reason: string): string {
  const key = `enrolment.retry.${reason}`
  return t.has(key) ? t(key) : t('enrolment.retry.other')
}

export type Told = { readonly title: string; readonly means: string; readonly todo: string }

/** What happened, what it means, what to do: of an enrolment that ended or of something that was refused. */
export function toldOf(t: T, group: 'ended' | 'refused', code: string, facts: Params = {}): Told | null {
  const known = t.has(`enrolment.${group}.${code}.title`)
  if (!known && group === 'refused') return null
  const path = `enrolment.${group}.${known ? code : 'other'}`
  const say = (part: string) => {
    const key = `${path}.${part}`
    return t.has(key) ? t(key, { code, ...facts }) : ''
  }
  return { title: say('title'), means: say('means'), todo: say('todo') }
}

/** One line of what the reader says. */
export function logText(t: T, step: Step, trial: boolean): string {
  const facts = { ...step.facts, why: retryText(t, String(step.facts.reason ?? '')) }
  if (step.step === 'retry') return t(trial ? 'enrolment.log.retry_trial' : 'enrolment.log.retry', facts)
  if (trial && step.step === 'press') return t('enrolment.log.trial')
  const key = `enrolment.log.${step.step}`
  if (t.has(key)) return t(key, facts)
  const known = `devices.command.known.${step.step}`
  return t('enrolment.log.failed', { why: t.has(known) ? t(known, step.facts) : step.step })
}
