import process from 'node:process'

/** The environment this script was started in. */
export function readEnv(): NodeJS.ProcessEnv {
  return process.env
}

/** Lets modules of the program that run inside this script see what the server's own process gets. */
export function fillEnv(values: Readonly<Record<string, string>>): void {
  Object.assign(process.env, values)
}
