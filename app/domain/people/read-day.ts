import { ok, type Result, refuse } from '#app/domain/result.ts'
import { civilDay, isCivilDay } from '#app/domain/time/day.ts'
import { shown, tidy } from './read-fields.ts'

/** Days that a person's time at the centre can have: plausible, and within every calendar in use. */
const earliest = '1950-01-01'
const latest = '2199-12-31'

/** A day, however it is written (2026-11-20, 2026/11/20, 2026.11.20, 20261120, 2026年11月20日); null for nothing. */
export function readDay(text: string): Result<string | null, 'day'> {
  const plain = tidy(text.normalize('NFKC'))
  if (plain === '') return ok(null)
  const match =
    /^(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?$/u.exec(plain) ?? /^(\d{4})(\d{2})(\d{2})$/u.exec(plain)
  const [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])]
  const found = match ? civilDay(year, month, day) : ''
  return isCivilDay(found) && found >= earliest && found <= latest ? ok(found) : refuse('day', { value: shown(plain) })
}
