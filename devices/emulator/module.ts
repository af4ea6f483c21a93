import { confirmation } from '#devices/protocol/codes.ts'
import { code } from '#devices/protocol/command.ts'
import { type Packet, packetId, packetParser } from '#devices/protocol/packet.ts'
import { Executor, type ExecutorOptions } from './executor.ts'
import type { Finger } from './finger.ts'
import type { Library } from './library.ts'
import { losePower, type ModuleState, makeState } from './state.ts'
import { makeStopwatch, PowerLost, type Stopwatch } from './stopwatch.ts'

export type ModuleOptions = Partial<ExecutorOptions> & {
  /** Multiplies the latencies of real modules: 1 is as slow as they are. */
  latencyFactor?: number
  /** Some SYNO modules report a finger that wakes them without being asked. */
  wakeNotice?: boolean
}

type Incoming = Packet | 'damaged'

/** A frame that stays unfinished for this long is given up. */
const interByteMs = 300

/**
 * An EF01 module at the other end of a stream of bytes: what hangs behind a UART. It has no power until `powerOn`.
 * Commands are taken one after the other, as a module does; only Cancel reaches into a running Auto command.
 */
export class EmulatedModule {
  readonly library: Library
  readonly #state: ModuleState
  readonly #watch: Stopwatch
  readonly #executor: Executor
  readonly #wakeNotice: boolean
  readonly #parser = packetParser({
    onFault: (fault, before) => {
      if (fault === 'checksum') this.#damaged.add(before)
    },
  })
  #wire: (packet: Uint8Array) => void = () => undefined
  #queue: Incoming[] = []
  #serving = false
  /** Where among the packets of one call damaged ones stood; each is answered in its turn. */
  readonly #damaged = new Set<number>()
  #unfinished: NodeJS.Timeout | undefined

  constructor(library: Library, options: ModuleOptions = {}) {
    const { latencyFactor = 1, otherAddress = 'refuse', fingerMs = 8000, wakeNotice = false } = options
    this.library = library
    this.#state = makeState(library)
    this.#watch = makeStopwatch(latencyFactor)
    this.#wakeNotice = wakeNotice
    this.#executor = new Executor(this.#state, this.#watch, (packet) => this.#wire(packet), { otherAddress, fingerMs })
  }

  /** Each packet to the host, whole. There is one listener: the wire. */
  onSend(wire: (packet: Uint8Array) => void): void {
    this.#wire = wire
  }

  /** Bytes from the host. */
  receive(bytes: Uint8Array): void {
    if (!this.#watch.powered) return
    clearTimeout(this.#unfinished)
    this.#damaged.clear()
    const packets: Incoming[] = this.#parser.push(bytes)
    for (const at of [...this.#damaged].reverse()) packets.splice(at, 0, 'damaged')
    this.#accept(packets)
    if (this.#parser.waiting) this.#unfinished = setTimeout(() => this.#accept(this.#parser.flush()), interByteMs)
  }

  powerOn(): void {
    this.#watch.powerOn()
    if (this.#state.dialect.greetsAtPowerOn) this.#wire(Uint8Array.of(0x55))
  }

  powerOff(): void {
    this.#watch.powerOff()
    losePower(this.#state)
    this.#executor.forget()
    this.#parser.reset()
    clearTimeout(this.#unfinished)
    this.#queue = []
  }

  press(finger: Finger): void {
    this.library.learn(finger.identity)
    this.#state.finger = finger
    this.#state.noticed = null
    if (this.#wakeNotice && this.#state.asleep) this.#executor.acknowledge(confirmation.wakeUp)
  }

  lift(): void {
    this.#state.finger = null
    this.#state.noticed = null
  }

  /** Whether the host has read the finger since it came, or seen the sensor empty since it went. */
  get noticed(): 'finger' | 'empty' | null {
    return this.#state.noticed
  }

  /** Leaves a trace on the glass: the next search answers 17. */
  smudge(): void {
    this.#state.residue = true
  }

  /** Breaks the module: from now on it answers this command with this code; null repairs it. */
  fault(command: number, code: number | null): void {
    this.#executor.fault(command, code)
  }

  #accept(packets: Incoming[]): void {
    for (const packet of packets) {
      if (isCancel(packet)) this.#executor.cancelAuto()
      this.#queue.push(packet)
    }
    void this.#serve()
  }

  async #serve(): Promise<void> {
    if (this.#serving) return
    this.#serving = true
    try {
      for (let next = this.#queue.shift(); next; next = this.#queue.shift()) await this.#handle(next)
    } catch (error) {
      // Whatever it was doing when the plug was pulled is lost, as in a real module.
      if (!(error instanceof PowerLost)) throw error
    } finally {
      this.#serving = false
    }
    if (this.#queue.length > 0) void this.#serve()
  }

  async #handle(packet: Incoming): Promise<void> {
    if (packet === 'damaged') return this.#executor.acknowledge(confirmation.packetError)
    const afterwards = await this.#executor.execute(packet)
    if (afterwards !== 'power cycle') return
    this.powerOff()
    this.powerOn()
  }
}

function isCancel(packet: Incoming): boolean {
  return packet !== 'damaged' && packet.id === packetId.command && packet.payload[0] === code.cancel
}
