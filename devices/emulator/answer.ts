import { confirmation } from '#devices/protocol/codes.ts'
import type { ModuleState } from './state.ts'

/** What a command makes of the state and what goes back. */
export type Answer = {
  code: number
  returns?: Uint8Array
  /** Data packets that follow the ack. */
  data?: Uint8Array
  /** Data packets that are expected after the ack, and what to do with them. */
  receive?: (bytes: Uint8Array) => void
  /** Takes effect when the ack is out. */
  afterwards?: 'power cycle'
}

export type Handler = {
  /** Parameter bytes without which the command is no command. */
  needs: number
  latencyMs: number
  run(state: ModuleState, parameters: DataView): Answer
}

export type CommandTable = Readonly<Record<number, Handler>>

export const ok: Answer = { code: confirmation.ok }
export const okWith = (returns: Uint8Array): Answer => ({ code: confirmation.ok, returns })
export const no = (code: number): Answer => ({ code })

/** Measured on real modules where a capture exists; the others take as long as their like. */
export const latency = { quick: 12, image: 188, noFinger: 60, features: 298, match: 28, search: 47, flash: 60 } as const

export function handler(latencyMs: number, needs: number, run: Handler['run']): Handler {
  return { latencyMs, needs, run }
}

export const bytesOf = (parameters: DataView, from: number, count: number) =>
  new Uint8Array(parameters.buffer, parameters.byteOffset + from, count).slice()

export function words(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(2 * values.length)
  const view = new DataView(bytes.buffer)
  values.forEach((value, at) => {
    view.setUint16(2 * at, value)
  })
  return bytes
}

/** Text in a field of fixed size, filled with zeros. */
export function field(text: string, size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  bytes.set(new TextEncoder().encode(text).subarray(0, size))
  return bytes
}
