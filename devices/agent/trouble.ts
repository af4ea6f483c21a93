import { confirmation, ReaderError } from '#devices/protocol/codes.ts'
import { TransportError } from '#devices/transport/transport.ts'
import { SpoolError } from './spool-error.ts'

/** Why a reader does not work, as the pages know it. "offline": it is not there. "fault": it is there and does not work. */
export type Trouble = { state: 'offline' | 'fault'; detail: string }

export function troubleOf(error: unknown): Trouble {
  if (error instanceof TransportError) {
    const gone = error.kind === 'unplugged' || error.kind === 'not_found' || error.kind === 'closed'
    return gone ? { state: 'offline', detail: 'unplugged' } : { state: 'fault', detail: error.kind }
  }
  if (error instanceof ReaderError) return readerTrouble(error)
  if (error instanceof SpoolError) return { state: 'fault', detail: error.code }
  return { state: 'fault', detail: 'unexpected' }
}

function readerTrouble(error: ReaderError): Trouble {
  const locked = error.code === confirmation.wrongPassword || error.code === confirmation.passwordNeeded
  if (locked) return { state: 'fault', detail: 'wrong_password' }
  if (error.reason !== null) return { state: 'fault', detail: error.reason }
  switch (error.kind) {
    case 'unplugged':
      return { state: 'offline', detail: 'unplugged' }
    case 'timeout':
      return { state: 'fault', detail: 'no_answer' }
    default:
      return { state: 'fault', detail: error.kind }
  }
}
