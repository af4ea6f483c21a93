import { confirmation, ReaderError } from '#devices/protocol/codes.ts'
import { deletChar, readIndexTable } from '#devices/protocol/command.ts'
import type { Reader } from './reader.ts'

const slotsPerPage = 256

/** Whether the module's own index table shows a template in this slot. */
export async function isTaken(reader: Reader, slot: number): Promise<boolean> {
  return (await reader.demand(readIndexTable(Math.floor(slot / slotsPerPage)))).includes(slot)
}

/** Every slot that holds a template. */
export async function takenSlots(reader: Reader): Promise<number[]> {
  const pages = Math.ceil(reader.parameters.capacity / slotsPerPage)
  const slots: number[] = []
  for (let page = 0; page < pages; page++) slots.push(...(await reader.demand(readIndexTable(page))))
  return slots
}

/** Deletes a template and proves it by the index table: an ack alone is no proof that biometric data is gone. */
export async function removeSlot(reader: Reader, slot: number): Promise<{ wasTaken: boolean }> {
  assertInRange(reader, slot)
  const wasTaken = await isTaken(reader, slot)
  await reader.demand(deletChar(slot))
  if (await isTaken(reader, slot)) {
    throw new ReaderError('refused', `Slot ${slot} is still taken after it was deleted`, {
      code: confirmation.deleteFailed,
    })
  }
  return { wasTaken }
}

/** The index table in few words: "0-3,7,9-12", ascending; empty when nothing is stored. */
export function rangesOf(slots: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const slot of slots) {
    const last = ranges.at(-1)
    if (last && last[1] === slot - 1) last[1] = slot
    else ranges.push([slot, slot])
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',')
}

export function assertInRange(reader: Reader, slot: number): void {
  if (slot < reader.parameters.capacity) return
  const message = `Slot ${slot} is outside this reader's ${reader.parameters.capacity} slots`
  throw new ReaderError('refused', message, { code: confirmation.outOfRange })
}
