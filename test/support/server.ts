/** The migrated database that every test file's own is copied from. */
export const template = 'window_staff_test_template'

/** The same server and user, another database. */
export function withDatabaseName(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

/** What the test run's global set-up wrote down. */
export function fromRun(name: 'TEST_OWNER_URL' | 'TEST_APP_URL'): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run the tests through vitest, which starts the database`)
  return value
}
