import type { CommandBody } from '#devices/contract.ts'
import type { Outcome, Tell } from './commands.ts'
import type { Presses } from './presses.ts'
import type { ReaderWorker } from './worker.ts'

/** A visitor of the demo lays a finger on an emulated reader; what the reader sees of it is told as it happens. */
export async function pressFinger(
  worker: ReaderWorker,
  presses: Presses | undefined,
  { slot, finger, how }: Extract<CommandBody, { kind: 'press' }>,
  tell: Tell,
): Promise<Outcome> {
  if (!presses) return { state: 'failed', step: 'not_emulated' }
  if (how === 'unplug') {
    presses.unplug()
    return { state: 'done', step: 'unplugged' }
  }
  if (how === 'replug') {
    presses.replug()
    return { state: 'done', step: 'replugged' }
  }
  if (worker.status.state !== 'online') {
    return { state: 'failed', step: worker.status.detail ?? 'unplugged' }
  }
  const unsubscribe = worker.onSighting((sighting) => {
    if (sighting.kind === 'matched') {
      tell('matched', { slot: sighting.slot, score: sighting.score })
      // The reader tells of a match only when its punch is on disk.
      tell('spooled')
    } else if (sighting.kind === 'poor_image') tell('poor_image', { reason: sighting.reason })
    else tell(sighting.kind)
  })
  tell('finger_down')
  await presses.visitor(slot, how, finger).finally(unsubscribe)
  return { state: 'done', step: 'lifted' }
}
