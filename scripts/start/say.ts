/** One short line about what is going on, with the seconds since the start. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Announces a piece of work and says how long it took. */
export async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  process.stdout.write(`  ${what} …`)
  try {
    const result = await work()
    process.stdout.write(` ${((performance.now() - began) / 1000).toFixed(1)} s\n`)
    return result
  } catch (cause) {
    process.stdout.write('\n')
    throw cause
  }
}
