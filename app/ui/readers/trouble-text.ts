import type { T } from '#app/i18n/translator.ts'

/** What went wrong in words: a module's own answer first, then what agents and servers say of it; an unknown code is shown as it came. */
export function troubleText(t: T, code: string): string {
  const keys = [`readerCodes.${code}`, `devices.readers.detail.${code}`, `devices.command.known.${code}`]
  const key = keys.find((one) => t.has(one))
  return key !== undefined && t.has(key) ? t(key) : code
}
