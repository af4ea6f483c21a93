import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Locale } from '#app/i18n/catalogue.ts'
import { axeViolations, overflow } from '#test/browser/support.ts'

export type Fit = {
  readonly lang: Locale
  /** Said when something is wrong. */
  readonly name: string
  /** False where no script runs: the same document stands there, and the search for faults is a script itself. */
  readonly script?: boolean
}

/** What every page must be: in its language, with one heading, as wide as the window, whole sentences, and no fault that a machine finds. */
export async function expectFit(page: Page, { lang, name, script = true }: Fit): Promise<void> {
  expect(await page.getAttribute('html', 'lang'), name).toBe(lang)
  expect(await page.locator('h1').count(), name).toBe(1)
  expect(await overflow(page), name).toBeLessThanOrEqual(0)
  expect(await page.evaluate(() => document.querySelector('main')?.textContent), name).not.toMatch(
    /\{\{|\bundefined\b|\bNaN\b|\.\. /,
  )
  expect(await idsTwice(page), name).toEqual([])
  if (script) expect(await axeViolations(page), name).toEqual([])
}

/** Names of elements that are there twice: a label would lead to the wrong one. */
function idsTwice(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    return ids.filter((id, index) => ids.indexOf(id) !== index)
  })
}
