import { randomInt } from 'node:crypto'
import { v7 } from 'uuid'
import { now } from '#app/clock.server.ts'

let last = 0
let sequence = 0

/** A UUIDv7 by the program's clock; ids of one process ascend, also within a millisecond. */
export function newId(): string {
  const millisecond = Math.max(now(), last)
  sequence = millisecond === last ? sequence + 1 : randomInt(0x3fff_ffff)
  last = millisecond
  return v7({ msecs: millisecond, seq: sequence })
}
