import { confirmation } from '#devices/protocol/codes.ts'
import { code } from '#devices/protocol/command.ts'
import type { DialectName } from '#devices/protocol/dialects.ts'
import { encodePacket, type Packet, packetId } from '#devices/protocol/packet.ts'
import { type Answer, type Handler, latency } from './answer.ts'
import { type AutoCommand, type AutoTable, synoAutoCommands } from './auto.ts'
import { growAutoCommands } from './auto-grow.ts'
import { dialectCommands } from './dialect-commands.ts'
import type { ModuleState } from './state.ts'
import type { Stopwatch } from './stopwatch.ts'

export type ExecutorOptions = {
  /** What happens to a command for another address: real modules do either. */
  otherAddress: 'refuse' | 'ignore'
  /** How long Auto commands wait for a finger. */
  fingerMs: number
}

const autoCommands: Readonly<Record<DialectName, AutoTable>> = {
  zfm: {},
  grow: growAutoCommands,
  syno: synoAutoCommands,
}

const uartBytesPerMs = 5.76

/** Runs one packet after the other: gates, the command itself, its ack and its data phase. */
export class Executor {
  readonly #state: ModuleState
  readonly #watch: Stopwatch
  readonly #wire: (packet: Uint8Array) => void
  readonly #options: ExecutorOptions
  #collecting: { parts: Uint8Array[]; done: (bytes: Uint8Array) => void } | null = null
  #auto: { cancelled: boolean } | null = null
  readonly #faults = new Map<number, number>()

  constructor(state: ModuleState, watch: Stopwatch, wire: (packet: Uint8Array) => void, options: ExecutorOptions) {
    this.#state = state
    this.#watch = watch
    this.#wire = wire
    this.#options = options
  }

  /** Answers one packet; resolves to "power cycle" when the module restarts itself after its answer. */
  async execute(packet: Packet): Promise<Answer['afterwards']> {
    if (packet.address !== this.#state.address) {
      const refuse = packet.id === packetId.command && this.#options.otherAddress === 'refuse'
      if (refuse) this.acknowledge(confirmation.wrongAddress)
    } else if (packet.id === packetId.command) {
      return this.#answer(packet.payload)
    } else {
      this.#collect(packet)
    }
    return undefined
  }

  acknowledge(...payload: number[]): void {
    this.#wire(encodePacket(packetId.ack, Uint8Array.from(payload), this.#state.address))
  }

  /** Ends a running Auto command; the Cancel packet itself is answered in its turn. */
  cancelAuto(): void {
    if (this.#auto) this.#auto.cancelled = true
  }

  fault(command: number, code: number | null): void {
    if (code === null) this.#faults.delete(command)
    else this.#faults.set(command, code)
  }

  forget(): void {
    this.#collecting = null
  }

  async #answer(payload: Uint8Array): Promise<Answer['afterwards']> {
    this.#collecting = null
    this.#state.asleep = false
    const [asked] = payload
    if (asked === undefined) return void this.acknowledge(confirmation.packetError)
    const parameters = new DataView(payload.buffer, payload.byteOffset + 1, payload.length - 1)
    const auto = autoCommands[this.#state.dialect.name][asked]
    const command = auto ?? dialectCommands[this.#state.dialect.name][asked]
    const refusal = this.#refusal(asked, command, parameters.byteLength)
    if (refusal !== null) this.acknowledge(refusal)
    else if (auto) await this.#runAuto(auto.run, parameters)
    else return this.#runPlain(asked, parameters)
    return undefined
  }

  /** What is wrong with the request before it is looked at: locked, unknown, too short. */
  #refusal(asked: number, command: { needs: number } | undefined, given: number): number | null {
    const fault = this.#faults.get(asked)
    if (fault !== undefined) return fault
    if (!this.#state.unlocked && asked !== code.vfyPwd) return confirmation.passwordNeeded
    if (!command) return this.#state.dialect.unknownCode
    return given < command.needs ? confirmation.packetError : null
  }

  async #runPlain(asked: number, parameters: DataView): Promise<Answer['afterwards']> {
    const command = dialectCommands[this.#state.dialect.name][asked]
    if (!command) return undefined
    const nothingThere = asked === code.genImg && !this.#state.finger
    await this.#watch.work(nothingThere ? latency.noFinger : command.latencyMs)
    const answer = this.#run(command, parameters)
    this.acknowledge(answer.code, ...(answer.returns ?? []))
    if (answer.receive) this.#collecting = { parts: [], done: answer.receive }
    if (answer.data) await this.#sendData(answer.data)
    return answer.afterwards
  }

  /** A library that cannot be saved is a flash that cannot be written. */
  #run(command: Handler, parameters: DataView): Answer {
    try {
      return command.run(this.#state, parameters)
    } catch {
      return { code: confirmation.flashError }
    }
  }

  async #sendData(bytes: Uint8Array): Promise<void> {
    const size = 32 << this.#state.packetSizeCode
    for (let at = 0; at < bytes.length; at += size) {
      const id = at + size < bytes.length ? packetId.data : packetId.end
      const packet = encodePacket(id, bytes.subarray(at, at + size), this.#state.address)
      await this.#watch.work(packet.length / uartBytesPerMs)
      this.#wire(packet)
    }
  }

  #collect(packet: Packet): void {
    const into = this.#collecting
    into?.parts.push(packet.payload)
    if (!into || packet.id !== packetId.end) return
    this.#collecting = null
    into.done(new Uint8Array(Buffer.concat(into.parts)))
  }

  async #runAuto(run: AutoCommand, parameters: DataView): Promise<void> {
    const auto = { cancelled: false }
    this.#auto = auto
    const there = () => this.#state.finger !== null
    const waitFor = (finger: 'there' | 'gone') =>
      this.#watch.until(() => auto.cancelled || there() === (finger === 'there'), this.#options.fingerMs)
    try {
      await this.#watch.work(latency.quick)
      const context = { state: this.#state, work: this.#watch.work, waitFor, cancelled: () => auto.cancelled }
      for await (const payload of run(context, parameters)) {
        if (auto.cancelled) return
        this.acknowledge(...payload)
      }
    } finally {
      this.#auto = null
    }
  }
}
