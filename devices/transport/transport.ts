/**
 * The lowest floor: whole HID reports, in and out, and nothing about what they mean.
 *
 * Reports follow the habits of node-hid, so that the in-memory pair and the real device are interchangeable:
 * - a written report always begins with its report id (0 when the device has no numbered reports);
 * - a received report begins with the report id only when the device has numbered reports.
 */
export interface Transport {
  write(report: Uint8Array): Promise<void>
  /** A feature report, report id first: the bridge's own settings, not data for the module. */
  sendFeature(report: Uint8Array): Promise<void>
  /** Subscribes to received reports; the answer ends the subscription. */
  onData(listener: (report: Uint8Array) => void): () => void
  /** Subscribes to the end of the device: after one error nothing more arrives. */
  onError(listener: (error: TransportError) => void): () => void
  /** May be called any number of times, also after the device is gone. */
  close(): Promise<void>
}

/** The other end of the cable, as the device sees it. Emulators speak here. */
export interface DeviceTransport {
  /** An input report; begins with its id only when reports are numbered. */
  send(report: Uint8Array): void
  /** Output reports as they reach the device: the leading 0 of unnumbered reports never does. */
  onOutput(listener: (report: Uint8Array) => void): void
  onFeature(listener: (report: Uint8Array) => void): void
  /** Pulls the plug: the host sees an error, later writes on both ends go nowhere. */
  unplug(): void
}

export type TransportErrorKind =
  /** The device was there and is gone. */
  | 'unplugged'
  /** No device with this serial number is attached. */
  | 'not_found'
  /** Two attached devices have this serial number. */
  | 'duplicate_serial'
  /** Another process of this machine has the reader. */
  | 'in_use'
  /** The device is there but may not be opened. */
  | 'no_permission'
  /** node-hid or a system library it needs cannot be loaded. */
  | 'library_missing'
  /** This end was closed. */
  | 'closed'

export class TransportError extends Error {
  override readonly name = 'TransportError'
  readonly kind: TransportErrorKind

  constructor(kind: TransportErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.kind = kind
  }
}

/** A set of listeners; a listener added or removed during a call takes effect with the next one. */
export function listeners<Value>() {
  let current: readonly ((value: Value) => void)[] = []
  return {
    add(listener: (value: Value) => void): () => void {
      current = [...current, listener]
      return () => {
        current = current.filter((other) => other !== listener)
      }
    },
    call(value: Value): void {
      for (const listener of current) listener(value)
    },
  }
}
