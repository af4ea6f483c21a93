/** Where the agent says what happens; the process writes it as JSON lines, tests throw it away. */
export type Log = {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}
