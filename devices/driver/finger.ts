import { codeMeaning, confirmation } from '#devices/protocol/codes.ts'
import { type Found, genImg, search } from '#devices/protocol/command.ts'
import { pause } from './pause.ts'
import type { Reader } from './reader.ts'

/** How long somebody at the reader is waited for, and how often it is looked. */
export type Patience = {
  now(): number
  signal?: AbortSignal
  pollMs?: number
  /** How long to wait for a finger, and for it to go. */
  fingerMs?: number
}

/** Looks until the sensor is as wanted, until nobody can be expected any more, or until it is told to stop. */
export async function waitForFinger(
  reader: Reader,
  { now, signal, pollMs = 40, fingerMs = 20_000 }: Patience,
  wanted: 'there' | 'gone',
): Promise<'so' | 'late' | 'stopped'> {
  const deadline = now() + fingerMs
  while (now() < deadline) {
    if (signal?.aborted) return 'stopped'
    if ((await look(reader)) === wanted) return 'so'
    await pause(pollMs, signal)
  }
  return signal?.aborted ? 'stopped' : 'late'
}

async function look(reader: Reader): Promise<'there' | 'gone' | 'unclear'> {
  const { code } = await reader.ask(genImg())
  switch (codeMeaning(code, reader.dialect.name).next) {
    case 'ok':
      return 'there'
    case 'wait_finger':
      return 'gone'
    case 'press_again':
    case 'send_again':
    case 'ignore':
      return 'unclear'
    default:
      throw reader.refused('GenImg', code)
  }
}

/** Where the library has the finger in this buffer; null when it does not. */
export async function findInLibrary(reader: Reader, buffer: number): Promise<Found | null> {
  const found = await reader.ask(search(buffer, 0, reader.parameters.capacity))
  if (found.value) return found.value.returns
  if (found.code === confirmation.notFound || found.code === confirmation.libraryEmpty) return null
  throw reader.refused('Search', found.code)
}

/** Features were wanted and the answer is the person's to change: a poor image, or a finger that has just gone. */
export function asksForAnotherPress(reader: Reader, code: number): boolean {
  const { next } = codeMeaning(code, reader.dialect.name)
  return next === 'press_again' || next === 'wait_finger'
}
