import { cleanText } from '#app/domain/assessment/summary.ts'
import type { Words } from './autosave.ts'

export type Backup = Words & { readonly revision: number }

/** Of this tab only, and of one person: another who sits down here never finds it. */
function keyOf(personId: string, year: number): string {
  return `own-words/${personId}/${year}`
}

/** Keeps unsaved words through a reload or a crash of the page; a full or forbidden store changes nothing. */
export function keepBackup(personId: string, year: number, backup: Backup): void {
  try {
    sessionStorage.setItem(keyOf(personId, year), JSON.stringify(backup))
  } catch {
    // The page itself still holds the words.
  }
}

/** Forgets it: it has been saved, or given up for what is stored. */
export function dropBackup(personId: string, year: number): void {
  try {
    sessionStorage.removeItem(keyOf(personId, year))
  } catch {
    // Nothing was kept.
  }
}

/** What was left unsaved in this tab, when it says something else than what is stored. */
export function leftBackup(personId: string, year: number, stored: Words): Backup | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(keyOf(personId, year)) ?? 'null') as Backup | null
    if (!found || typeof found.summary !== 'string' || typeof found.training !== 'string') return null
    const same =
      cleanText(found.summary) === cleanText(stored.summary) && cleanText(found.training) === cleanText(stored.training)
    return same ? null : found
  } catch {
    return null
  }
}
