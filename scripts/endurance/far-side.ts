import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeLibrary } from '#devices/emulator/library.ts'
import { EmulatedModule } from '#devices/emulator/module.ts'
import { deviceLink } from '#devices/link/profile.ts'
import { confirmation } from '#devices/protocol/codes.ts'
import { code } from '#devices/protocol/command.ts'
import { dialects } from '#devices/protocol/dialects.ts'
import { type Packet, packetId, packetParser } from '#devices/protocol/packet.ts'
import { offerCable } from './sockets.ts'

/**
 * The far side of all cables: modules, and people who press. It is never killed, so what it writes down is the truth that
 * the ledger is held against: every match a module answered, and whether the person then saw the green light.
 */
export type FarSide = {
  readonly readers: readonly { readonly serial: string; readonly path: string }[]
  readonly slots: readonly number[]
  /** Green lights each reader has to show. */
  readonly presses: number
  readonly latency: number
  readonly truth: string
  readonly seed: number
}

export type Told = { readonly serial: string; readonly slot: number } | { readonly serial: string; readonly lit: true }

const dialect = dialects.grow
const green = dialect.led?.signals.success.join() ?? ''

export async function runFarSide(side: FarSide): Promise<void> {
  const tell = (told: Told) => appendFileSync(side.truth, `${JSON.stringify(told)}\n`)
  await Promise.all(side.readers.map((reader, index) => work(reader, side, random(side.seed + index), tell)))
}

async function work(
  { serial, path }: FarSide['readers'][number],
  side: FarSide,
  next: () => number,
  tell: (told: Told) => void,
): Promise<void> {
  const slots = Object.fromEntries(side.slots.map((slot) => [String(slot), `finger ${slot} of ${serial}`]))
  const library = makeLibrary({ serial, dialect: 'grow', capacity: 200, password: 0, slots })
  const module = new EmulatedModule(library, { latencyFactor: side.latency })
  const light = watchWire(module, path, serial, tell)
  for (let lit = 0; lit < side.presses; ) {
    const slot = side.slots[Math.floor(next() * side.slots.length)] ?? 1
    const before = light.greens
    module.press({ identity: `finger ${slot} of ${serial}`, quality: 'good' })
    await until(() => light.greens > before, 4000)
    if (light.greens > before) lit++
    module.lift()
    await until(() => module.noticed === 'empty', 2000)
  }
}

async function until(so: () => boolean, withinMs: number): Promise<void> {
  for (let waited = 0; waited < withinMs && !so(); waited += 3) await sleep(3)
}

/** Connects module and cable, and notes matches and green lights as they pass. */
function watchWire(module: EmulatedModule, path: string, serial: string, tell: (told: Told) => void) {
  const light = { greens: 0 }
  let asked = 0
  let searched = false
  const fromHost = packetParser({})
  const see = ({ id, payload }: Packet) => {
    if (id !== packetId.command) return
    asked = payload[0] ?? 0
    // A match is asked for twice of the same features: that is one match.
    if (asked === code.img2Tz) searched = false
    if (asked !== dialect.led?.code || [...payload.subarray(1)].join() !== green) return
    light.greens++
    tell({ serial, lit: true })
  }
  const answered = (packet: Uint8Array) => {
    const [id, confirmed] = [packet[6], packet[9]]
    if (id !== packetId.ack || confirmed !== confirmation.ok || asked !== code.search || searched) return
    searched = true
    tell({ serial, slot: ((packet[10] ?? 0) << 8) | (packet[11] ?? 0) })
    asked = 0
  }
  offerCable(
    path,
    (device) => {
      const link = deviceLink('raw64', device)
      module.powerOff()
      module.onSend((packet) => {
        answered(packet)
        link.write(packet)
      })
      link.onBytes((bytes) => {
        for (const packet of fromHost.push(bytes)) see(packet)
        module.receive(bytes)
      })
      module.powerOn()
    },
    () => module.powerOff(),
  )
  return light
}

/** Repeatable chance: the same seed presses the same fingers. */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
