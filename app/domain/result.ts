/** A refusal is a value: something the rules do not allow, with the facts that a message needs. Faults are thrown. */
export type Refusal<Code extends string = string> = {
  readonly ok: false
  readonly code: Code
  readonly facts: Readonly<Record<string, string | number>>
}

export type Ok<T> = { readonly ok: true; readonly value: T }

export type Result<T, Code extends string = string> = Ok<T> | Refusal<Code>

/** Wraps a value that the rules allow. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value }
}

/** Says no, with the code that the catalogues translate and the facts they print. */
export function refuse<Code extends string>(
  code: Code,
  facts: Readonly<Record<string, string | number>> = {},
): Refusal<Code> {
  return { ok: false, code, facts }
}

/** Fails when a union has grown and a switch has not. */
export function exhaustive(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`)
}
